from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0021_rectifications')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Report',
            name='quarantined_until',
            field=InstantField(null=True),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['entry_id', 'submitted_at']),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['owner_id', 'quarantined_until']),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['quarantined_until']),
        ),
    ]
