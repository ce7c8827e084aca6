from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0002_versions_of_conversations')]

    initial = False

    operations = [
        ops.CreateModel(
            name='OrganisationChange',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version', fields.BigIntField()),
                ('kind', fields.CharField(max_length=32)),
                ('key', fields.CharField(max_length=255)),
                ('before', fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ('after', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('actor', fields.CharField(max_length=48)),
                ('at', InstantField()),
                ('undoes', fields.BigIntField(null=True)),
            ],
            options={'table': 'organisation_change', 'app': 'models', 'indexes': [Index(fields=['version']), Index(fields=['kind', 'key'])], 'pk_attr': 'id', 'table_description': '组织变更: one row of the organisation before and after, in the transaction that changed it.'},
            bases=['Model'],
        ),
    ]
