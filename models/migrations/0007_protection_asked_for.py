from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField

class Migration(migrations.Migration):
    dependencies = [('models', '0006_case_records')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Report',
            name='protection_asked_at',
            field=InstantField(null=True),
        ),
    ]
