from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0007_protection_asked_for')]

    initial = False

    operations = [
        ops.CreateModel(
            name='LogAnchor',
            fields=[
                ('day', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=10)),
                ('place', fields.BigIntField()),
                ('link', fields.CharField(max_length=64)),
                ('seal', fields.CharField(max_length=64)),
                ('made_at', InstantField()),
            ],
            options={'table': 'log_anchor', 'app': 'models', 'pk_attr': 'day', 'table_description': "留痕锚点: where the log's chain stood when a day began. Once printed, nothing before can change unseen."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LogCheck',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('checked_at', InstantField()),
                ('found', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={'table': 'log_check', 'app': 'models', 'pk_attr': 'id', 'table_description': '留痕核对: what a look through the whole log found: harm, place, event and day of each.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Event',
            name='chain_place',
            field=fields.BigIntField(null=True, unique=True),
        ),
    ]
