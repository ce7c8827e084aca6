from tortoise import migrations
from tortoise.migrations import operations as ops
from models.choices import Kind
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0019_referrals_and_quarters')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Body',
            name='hours',
            field=fields.CharField(default='', max_length=64),
        ),
        ops.AlterField(
            model_name='Report',
            name='kind',
            field=fields.CharEnumField(null=True, description='CLUE: clue\nAPPEAL: appeal\nSUGGESTION: suggestion\nLIVELIHOOD: livelihood\nCONSULT: consult', enum_type=Kind, max_length=16),
        ),
    ]
