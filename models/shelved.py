"""搁置的来信."""

from tortoise import fields
from tortoise.models import Model


class ShelvedPush(Model):
    """搁置的来信: a push that was acknowledged while too many came at once, until it is worked off.

    `id` is the blind index of the push's identity, as in the inbox, `person_index` that of whoever sent it; `place`
    says in which order they were sent and goes with the row, seconds later. `sealed_body` is sealed under the key
    ring itself: there may be no conversation yet.
    """

    id = fields.CharField(max_length=64, primary_key=True)
    person_index = fields.CharField(max_length=64, null=True)
    place = fields.BigIntField()
    sealed_body = fields.BinaryField()

    class Meta:
        table = "shelved_push"
        indexes = (("place",),)
