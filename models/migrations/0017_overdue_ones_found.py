from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0016_walls_watched')]

    initial = False

    operations = [
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['overdue_level', 'due_at']),
        ),
    ]
