"""已销毁反映的底数."""

from tortoise import fields
from tortoise.models import Model

from models.area import Area
from models.body import Body
from models.choices import Channel, Disposition, Kind, Level, Purpose, Status
from models.fields import InstantField, RandomIdField
from models.region import Region


class PastReport(Model):
    """已销毁反映的底数: what figures need of a report that was destroyed, and nothing else of it.

    The id is a new one: neither the log nor a number, a receipt or a person leads here. `region` is the township (or
    what the report was about above townships), every date the beginning of its local day.
    """

    id = RandomIdField()
    owner: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="past_reports", on_delete=fields.OnDelete.RESTRICT
    )
    owner_id: str
    region: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="past_reports", on_delete=fields.OnDelete.RESTRICT
    )
    region_id: str
    area: fields.ForeignKeyRelation[Area] = fields.ForeignKeyField(
        "models.Area", related_name="past_reports", on_delete=fields.OnDelete.RESTRICT
    )
    area_id: str
    kind = fields.CharEnumField(Kind, max_length=16, null=True)
    status = fields.CharEnumField(Status, max_length=16)
    disposition = fields.CharEnumField(Disposition, max_length=16, null=True)
    level = fields.CharEnumField(Level, max_length=16)
    purpose = fields.CharEnumField(Purpose, max_length=16)
    channel = fields.CharEnumField(Channel, max_length=16)
    is_named = fields.BooleanField()
    rating = fields.CharField(max_length=16, null=True)
    submitted_at = InstantField()
    accepted_at = InstantField(null=True)
    concluded_at = InstantField(null=True)
    fed_back_at = InstantField(null=True)
    closed_at = InstantField(null=True)
    destroyed_at = InstantField()

    class Meta:
        table = "past_report"
        indexes = (("owner_id", "submitted_at"), ("region_id", "submitted_at"))


class PastBar(Model):
    """已销毁反映的回避: a member of staff or a body in whose figures a destroyed report is not counted.

    The blind index of `report_bar`, without a reason: what somebody may know must not grow by a destruction.
    """

    id = RandomIdField()
    past: fields.ForeignKeyRelation[PastReport] = fields.ForeignKeyField(
        "models.PastReport", related_name="bars", on_delete=fields.OnDelete.CASCADE
    )
    past_id: str
    who_index = fields.CharField(max_length=64)

    class Meta:
        table = "past_bar"
        indexes = (("past_id", "who_index"),)
