"""定时任务."""

from tortoise import fields
from tortoise.models import Model

from models.fields import InstantField


class PeriodicTask(Model):
    """定时任务: whoever moves `next_at` on by a conditional update runs the tick."""

    name = fields.CharField(max_length=64, primary_key=True)
    next_at = InstantField()

    class Meta:
        table = "periodic_task"
