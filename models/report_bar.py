"""回避名单."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.report import Report
from models.staff import Staff


class ReportBar(Model):
    """回避名单: somebody (staff, liaison or a whole body) for whom a report does not exist.

    Who it is may be who is reported, so it is kept as a blind index (`access.bars.bar_index`) and sealed with
    cause and reason. Made by routing when the report is decided, read by `access` in every query. A bar is
    never removed: `lifted_at` says when and `lifted_by` who found it unfounded.
    """

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="bars", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    who_index = fields.CharField(max_length=64)
    sealed_why = fields.BinaryField()
    since_at = InstantField()
    lifted_at = InstantField(null=True)
    lifted_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="lifted_bars", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    lifted_by_id: int | None

    class Meta:
        table = "report_bar"
        # every query of staff leaves out the few reports that are barred to whoever asks
        indexes = (("report_id", "who_index"), ("who_index", "report_id"))
