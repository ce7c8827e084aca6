from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0024_liaisons_away'), ('models', '0026_quotas_spent')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ShelvedPush',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('place', fields.BigIntField()),
                ('sealed_body', fields.BinaryField()),
            ],
            options={'table': 'shelved_push', 'app': 'models', 'indexes': [Index(fields=['place'])], 'pk_attr': 'id', 'table_description': '搁置的来信: a push that was acknowledged while too many came at once, until it is worked off.'},
            bases=['Model'],
        ),
    ]
