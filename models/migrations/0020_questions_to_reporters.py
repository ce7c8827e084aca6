from tortoise import migrations
from tortoise.migrations import operations as ops
from models.choices import RecordKind
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0019_referrals_and_quarters')]

    initial = False

    operations = [
        ops.AlterField(
            model_name='CaseRecord',
            name='kind',
            field=fields.CharEnumField(description='PROPOSAL: proposal\nCONCLUSION: conclusion\nRATING: rating\nLOOK_BACK: look-back\nEXTENSION: extension\nPAUSE: pause\nURGE: urge\nQUESTION: question\nAUTHORISATION: authorisation\nBRIEFING: briefing\nANALYSIS: analysis', enum_type=RecordKind, max_length=16),
        ),
        ops.AddField(
            model_name='Report',
            name='question_id',
            field=fields.CharField(null=True, max_length=22),
        ),
    ]
