from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0005_requests_for_recusal')]

    initial = False

    operations = [
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['owner_id', 'status', 'matched_version', 'id']),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['owner_id', 'due_at']),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['submitted_at', 'number']),
        ),
        ops.AddIndex(
            model_name='ReportBar',
            index=Index(fields=['who_index', 'report_id']),
        ),
    ]
