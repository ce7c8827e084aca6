from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField, RandomIdField, new_id
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0007_area_words'), ('models', '0009_scans_and_doubts_of_codes'), ('models', '0010_known_keys')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ApiDraft',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('person_index', fields.CharField(unique=True, max_length=64)),
                ('data_key', fields.BinaryField()),
                ('sealed_body', fields.BinaryField()),
                ('changed_at', InstantField()),
            ],
            options={'table': 'api_draft', 'app': 'models', 'indexes': [Index(fields=['changed_at'])], 'pk_attr': 'id', 'table_description': '小程序草稿: what one person has written in the mini-program or on the web page and not sent yet.'},
            bases=['Model'],
        ),
    ]
