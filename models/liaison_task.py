"""联络员任务."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.liaison import Liaison
from models.message import Message
from models.report import Report
from models.staff import Staff


class LiaisonTask(Model):
    """联络员任务: what a handler told or asked a liaison in words of their own, never those of the report.

    The answer is a message of its report that only staff see.
    """

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="liaison_tasks", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    liaison: fields.ForeignKeyRelation[Liaison] = fields.ForeignKeyField(
        "models.Liaison", related_name="tasks", on_delete=fields.OnDelete.RESTRICT
    )
    liaison_id: int
    asked_by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="liaison_tasks", on_delete=fields.OnDelete.RESTRICT
    )
    asked_by_id: int
    sealed_text = fields.BinaryField()
    asked_at = InstantField()
    answer: fields.ForeignKeyNullableRelation[Message] = fields.ForeignKeyField(
        "models.Message", related_name="answering_task", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    answer_id: str | None
    answered_at = InstantField(null=True)

    class Meta:
        table = "liaison_task"
        indexes = (("liaison_id", "asked_at"), ("report_id",))
