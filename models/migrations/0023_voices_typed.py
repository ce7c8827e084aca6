from tortoise import migrations
from tortoise.migrations import operations as ops
from models.choices import Speaker
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0020_questions_to_reporters'), ('models', '0022_quarantine_of_floods')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Attachment',
            name='words',
            field=fields.ForeignKeyField('models.Message', source_field='words_id', null=True, db_constraint=True, to_field='id', related_name='heard_in', on_delete=OnDelete.SET_NULL),
        ),
        ops.AlterField(
            model_name='Message',
            name='speaker',
            field=fields.CharEnumField(description='ME: me\nSTAFF: staff\nSYSTEM: system\nLIAISON: liaison\nVOICE: voice', enum_type=Speaker, max_length=16),
        ),
    ]
