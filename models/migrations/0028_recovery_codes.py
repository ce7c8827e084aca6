from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField, RandomIdField, new_id
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0027_holidays_and_figures'), ('models', '0027_pushes_shelved')]

    initial = False

    operations = [
        ops.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('staff', fields.ForeignKeyField('models.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name='recovery_codes', on_delete=OnDelete.CASCADE)),
                ('factor_index', fields.CharField(max_length=64)),
                ('code_index', fields.CharField(max_length=64)),
                ('used_at', InstantField(null=True)),
            ],
            options={'table': 'recovery_code', 'app': 'models', 'unique_together': (('staff', 'code_index'),), 'pk_attr': 'id', 'table_description': '恢复码: opens once in place of a one-time code, and only a keyed hash of it is kept.'},
            bases=['Model'],
        ),
    ]
