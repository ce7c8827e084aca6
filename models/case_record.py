"""办理记录."""

from tortoise import fields
from tortoise.models import Model

from models.choices import RecordKind, RecordOutcome
from models.fields import InstantField, RandomIdField
from models.report import Report
from models.staff import Staff


class CaseRecord(Model):
    """办理记录: what was written down of a case, for those who handle it and not for the reporter.

    Open until `settled_at`: a proposal until it is approved or sent back, an urge until it is answered.
    `body_id` is the body whose person wrote it, `sealed_answer` what settled it; both sealed values are JSON.
    """

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="records", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    kind = fields.CharEnumField(RecordKind, max_length=16)
    by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="records", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    by_id: int | None
    body_id = fields.CharField(max_length=32, default="")
    sealed_content = fields.BinaryField()
    made_at = InstantField()
    due_at = InstantField(null=True)
    settled_at = InstantField(null=True)
    settled_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="settled_records", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    settled_by_id: int | None
    outcome = fields.CharEnumField(RecordOutcome, max_length=16, default=RecordOutcome.OPEN)
    sealed_answer = fields.BinaryField(null=True)

    class Meta:
        table = "case_record"
        indexes = (("report_id", "made_at"), ("outcome", "kind", "due_at"))
