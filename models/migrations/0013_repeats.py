from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0012_drafts_of_the_api')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Report',
            name='repeat_of',
            field=fields.CharField(null=True, max_length=22),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['repeat_of']),
        ),
    ]
