"""问卷."""

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.area import Area
from models.fields import InstantField, RandomIdField
from models.region import Region


class Survey(Model):
    """问卷: questions as data, asked in a region and below it.

    `questions` is a list of `{key, kind, label, options, is_required}`. With `is_once` a person answers once.
    `is_rectification`: 整改公开, what was put right and whether it was.
    """

    code = fields.CharField(max_length=32, primary_key=True)
    region: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="surveys", on_delete=fields.OnDelete.RESTRICT
    )
    region_id: str
    area: fields.ForeignKeyNullableRelation[Area] = fields.ForeignKeyField(
        "models.Area", related_name="surveys", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    area_id: str | None
    is_rectification = fields.BooleanField(default=False)
    title = fields.CharField(max_length=128)
    text = fields.TextField(default="")
    questions: list[dict[str, Any]] = fields.JSONField(default=list)
    is_once = fields.BooleanField(default=True)
    is_active = fields.BooleanField(default=True)
    made_at = InstantField()

    class Meta:
        table = "survey"
        indexes = (("region_id", "is_active"),)


class SurveyAnswer(Model):
    """答卷: one person's answers, sealed under a key of their own.

    `once_index` is there only where a person answers once, and leads to nothing else of that person.
    """

    id = RandomIdField()
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField(
        "models.Survey", related_name="answers", on_delete=fields.OnDelete.CASCADE
    )
    survey_id: str
    once_index = fields.CharField(max_length=64, null=True, unique=True)
    data_key = fields.BinaryField()
    sealed_answers = fields.BinaryField()

    class Meta:
        table = "survey_answer"
        indexes = (("survey_id",),)
