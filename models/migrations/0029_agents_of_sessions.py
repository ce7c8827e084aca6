from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0028_recovery_codes')]

    initial = False

    operations = [
        ops.AddField(
            model_name='StaffSession',
            name='agent',
            field=fields.CharField(default='', max_length=32),
        ),
    ]
