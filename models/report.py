"""反映."""

from datetime import datetime

from tortoise import fields
from tortoise.models import Model

from models.area import Area
from models.body import Body
from models.choices import Channel, Disposition, Kind, Level, Purpose, Status
from models.entry_code import EntryCode
from models.fields import InstantField, RandomIdField
from models.region import Region
from models.staff import Staff

CLOCK = ("due_at", "overdue_level")


class Report(Model):
    """反映: what a villager said, and who answers for it.

    `data_key` (wrapped by the key ring) seals every `sealed_*` column here and in the rows that hang on the
    report. `*_index` columns are blind indexes. `reporter_index` is empty once the link to the person was cut.
    `matched_version` is the organisation version the report was last matched against. `approver` is the body whose
    leader has a proposed disposition to approve, and empty while none waits. `due_at` ends the clock that runs, for
    what was fed back the time until it closes by itself. `overdue_level` is how far up an overdue matter has climbed.
    `repeat_of` is the id of the first report of one matter, `question_id` that of the record of what the
    reporter was asked and has not answered. `quarantined_until` is set while it stands aside because it came in a
    flood; nobody has worked on it then, and `status` is received. `kept_from` is when it ended, or when something was
    last said about it after that: from then on runs the time for which it is kept.
    """

    id = RandomIdField()
    number = fields.CharField(max_length=16, unique=True)
    receipt_index = fields.CharField(max_length=64, unique=True)
    data_key = fields.BinaryField()
    owner: fields.ForeignKeyRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="reports", on_delete=fields.OnDelete.RESTRICT
    )
    owner_id: str
    handler: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="handled_reports", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    handler_id: int | None
    status = fields.CharEnumField(Status, max_length=16)
    kind = fields.CharEnumField(Kind, max_length=16, null=True)
    disposition = fields.CharEnumField(Disposition, max_length=16, null=True)
    approver: fields.ForeignKeyNullableRelation[Body] = fields.ForeignKeyField(
        "models.Body", related_name="reports_to_approve", null=True, on_delete=fields.OnDelete.RESTRICT
    )
    approver_id: str | None
    level = fields.CharEnumField(Level, max_length=16)
    purpose = fields.CharEnumField(Purpose, max_length=16)
    channel = fields.CharEnumField(Channel, max_length=16)
    entry: fields.ForeignKeyRelation[EntryCode] = fields.ForeignKeyField(
        "models.EntryCode", related_name="reports", on_delete=fields.OnDelete.RESTRICT
    )
    entry_id: str
    area: fields.ForeignKeyRelation[Area] = fields.ForeignKeyField(
        "models.Area", related_name="reports", on_delete=fields.OnDelete.RESTRICT
    )
    area_id: str
    region: fields.ForeignKeyRelation[Region] = fields.ForeignKeyField(
        "models.Region", related_name="reports", on_delete=fields.OnDelete.RESTRICT
    )
    region_id: str
    is_named = fields.BooleanField(default=False)
    is_withdrawn = fields.BooleanField(default=False)
    protection_asked_at = InstantField(null=True)
    protected_at = InstantField(null=True)
    reporter_index = fields.CharField(max_length=64, null=True)
    sealed_reporter = fields.BinaryField(null=True)
    sealed_identity = fields.BinaryField(null=True)
    name_index = fields.CharField(max_length=64, null=True)
    phone_index = fields.CharField(max_length=64, null=True)
    sealed_subject = fields.BinaryField(null=True)
    subject_name_index = fields.CharField(max_length=64, null=True)
    subject_post_index = fields.CharField(max_length=64, null=True)
    sealed_details = fields.BinaryField()
    matched_version = fields.BigIntField()
    rating = fields.CharField(max_length=16, null=True)
    return_count = fields.IntField(default=0)
    unsolved_count = fields.IntField(default=0)
    repeat_of = fields.CharField(max_length=22, null=True)
    question_id = fields.CharField(max_length=22, null=True)
    submitted_at = InstantField()
    owned_at = InstantField()
    accepted_at = InstantField(null=True)
    concluded_at = InstantField(null=True)
    fed_back_at = InstantField(null=True)
    closed_at = InstantField(null=True)
    due_at = InstantField(null=True)
    rated_at = InstantField(null=True)
    extended_at = InstantField(null=True)
    paused_at = InstantField(null=True)
    urge_due_at = InstantField(null=True)
    kept_from = InstantField(null=True)
    overdue_level = fields.IntField(default=0)
    quarantined_until = InstantField(null=True)

    def run_until(self, due_at: datetime | None) -> None:
        """Another clock: nothing has climbed for it yet. Save `CLOCK`."""
        self.due_at, self.overdue_level = due_at, 0

    @property
    def has_moved(self) -> bool:
        """Whether it has gone from one body to another since it was filed."""
        return bool(self.owned_at > self.submitted_at)

    class Meta:
        table = "report"
        indexes = (
            ("owner_id", "status", "submitted_at"),
            # counts of a body's inbox and what is due read no row, or they would grow with its past
            ("owner_id", "status", "matched_version", "id", "quarantined_until"),
            ("owner_id", "due_at", "status", "matched_version", "id"),
            # the few that climbed by being overdue, wherever they are
            ("overdue_level", "due_at"),
            # the ledger goes back from the newest of all until a page is full
            ("submitted_at", "number"),
            ("owner_id", "submitted_at"),
            ("reporter_index",),
            ("name_index",),
            ("phone_index",),
            ("subject_name_index",),
            ("subject_post_index",),
            ("matched_version",),
            ("region_id", "submitted_at"),
            ("approver_id",),
            ("repeat_of",),
            ("status", "due_at"),
            # what was concluded in a quarter
            ("concluded_at", "number"),
            # how many came through one code of late
            ("entry_id", "submitted_at"),
            ("owner_id", "quarantined_until"),
            ("quarantined_until",),
            # what is over lies at the beginning, however long the past
            ("owner_id", "kept_from"),
        )
