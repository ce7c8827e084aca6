"""移送."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField, RandomIdField
from models.report import Report
from models.staff import Staff
from models.terms import Partner, ReferralWay


class Referral(Model):
    """移送: a matter that another authority sent here, or that was sent to one, with its receipt and its result.

    `due_at` ends the clock that runs: for the receipt, then for the result (`result_due_at`); it is empty once the
    result is there. Of one that came in, the receipt is given at once and the result is ours to tell. Offices,
    reference numbers and words are sealed; each of the three sealed values is JSON.
    """

    id = RandomIdField()
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="referrals", on_delete=fields.OnDelete.CASCADE
    )
    report_id: str
    way = fields.CharEnumField(ReferralWay, max_length=8)
    partner = fields.CharEnumField(Partner, max_length=16)
    by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="referrals", on_delete=fields.OnDelete.RESTRICT
    )
    by_id: int
    body_id = fields.CharField(max_length=32)
    sealed_sent = fields.BinaryField()
    sent_at = InstantField()
    made_at = InstantField()
    due_at = InstantField(null=True)
    result_due_at = InstantField()
    receipt_at = InstantField(null=True)
    sealed_receipt = fields.BinaryField(null=True)
    result_at = InstantField(null=True)
    sealed_result = fields.BinaryField(null=True)

    class Meta:
        table = "referral"
        indexes = (("report_id", "made_at"), ("due_at",))
