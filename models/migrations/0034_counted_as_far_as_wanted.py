from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0031_drafts_of_every_form')]

    initial = False

    operations = [
        ops.RemoveIndex(
            model_name='Report',
            name=None,
            fields=['owner_id', 'status', 'matched_version', 'id'],
        ),
        ops.RemoveIndex(
            model_name='Report',
            name=None,
            fields=['owner_id', 'due_at'],
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['owner_id', 'status', 'matched_version', 'id', 'quarantined_until']),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['owner_id', 'due_at', 'status', 'matched_version', 'id']),
        ),
    ]
