from tortoise import migrations
from tortoise.migrations import operations as ops
from models.terms import DayKind
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0026_quotas_spent')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CountyFigures',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('county', fields.ForeignKeyField('models.Region', source_field='county_id', db_constraint=True, to_field='code', related_name='figures', on_delete=OnDelete.RESTRICT)),
                ('days_to_accept', fields.IntField(null=True)),
                ('days_to_propose', fields.IntField(null=True)),
                ('months_to_conclude', fields.IntField(null=True)),
                ('days_to_feed_back', fields.IntField(null=True)),
                ('days_open_after_rating', fields.IntField(null=True)),
                ('days_open_unrated', fields.IntField(null=True)),
                ('months_to_look_back', fields.IntField(null=True)),
                ('days_to_answer', fields.IntField(null=True)),
                ('days_to_receipt', fields.IntField(null=True)),
                ('is_active', fields.BooleanField(default=True)),
            ],
            options={'table': 'county_figures', 'app': 'models', 'unique_together': (('county',),), 'pk_attr': 'id', 'table_description': '办理时限: how long each step may take in a county, and as the rules have it where it is empty.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Holiday',
            fields=[
                ('day', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=10)),
                ('kind', fields.CharEnumField(description='OFF: off\nWORKING: working', enum_type=DayKind, max_length=16)),
                ('name', fields.CharField(default='', max_length=64)),
                ('is_active', fields.BooleanField(default=True)),
            ],
            options={'table': 'holiday', 'app': 'models', 'pk_attr': 'day', 'table_description': '节假日、调休: a day that the State Council has made free, or made a working day (an ISO date).'},
            bases=['Model'],
        ),
    ]
