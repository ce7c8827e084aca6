"""印制任务."""

from tortoise import fields
from tortoise.models import Model

from models.area import Area
from models.choices import JobState, Paper, Purpose
from models.entry_code import EntryCode
from models.fields import InstantField
from models.region import Region


class PosterJob(Model):
    """印制任务: posters that somebody asked for in the console, drawn by a worker into a folder named by the id.

    With `entry` it is that code's alone. A running one is somebody's until `taken_until`; `problem` says in words why
    it failed.
    """

    id = fields.IntField(primary_key=True)
    region: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="poster_jobs", on_delete=fields.OnDelete.RESTRICT
    )
    region_id: str
    area: fields.ForeignKeyNullableRelation[Area] = fields.ForeignKeyField(
        "models.Area", related_name="poster_jobs", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    area_id: str | None
    entry: fields.ForeignKeyNullableRelation[EntryCode] = fields.ForeignKeyField(
        "models.EntryCode", related_name="poster_jobs", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    entry_id: str | None
    purpose = fields.CharEnumField(Purpose, max_length=16)
    paper = fields.CharEnumField(Paper, max_length=16)
    groups = fields.BooleanField(default=False)
    state = fields.CharEnumField(JobState, max_length=16, default=JobState.WAITING)
    done = fields.IntField(default=0)
    total = fields.IntField(default=0)
    problem = fields.CharField(max_length=255, default="")
    asked_by = fields.CharField(max_length=64)
    asked_at = InstantField()
    taken_until = InstantField(null=True)

    class Meta:
        table = "poster_job"
        indexes = (("state",),)
