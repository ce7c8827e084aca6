from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0017_overdue_ones_found')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PhotoMark',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('attachment', fields.ForeignKeyField('models.Attachment', source_field='attachment_id', db_constraint=True, to_field='id', related_name='marks', on_delete=OnDelete.CASCADE)),
                ('mark', fields.CharField(max_length=64)),
            ],
            options={'table': 'photo_mark', 'app': 'models', 'indexes': [Index(fields=['mark']), Index(fields=['attachment_id'])], 'pk_attr': 'id', 'table_description': '照片标记: a keyed hash of one band of what a photo looks like, by which another copy of it is found.'},
            bases=['Model'],
        ),
    ]
