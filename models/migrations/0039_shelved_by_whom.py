from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0038_sayings')]

    initial = False

    operations = [
        ops.AddField(
            model_name='ShelvedPush',
            name='person_index',
            field=fields.CharField(null=True, max_length=64),
        ),
    ]
