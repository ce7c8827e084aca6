from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0006_case_records'), ('models', '0006_indexes_for_long_pasts')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Area',
            name='words',
            field=fields.CharField(default='', max_length=2000),
        ),
    ]
