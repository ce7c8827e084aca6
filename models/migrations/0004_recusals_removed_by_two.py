from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0003_organisation_changes')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Recusal',
            name='removal_asked_by',
            field=fields.CharField(default='', max_length=48),
        ),
    ]
