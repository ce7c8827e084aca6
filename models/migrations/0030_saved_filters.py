from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField, RandomIdField, new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0029_agents_of_sessions')]

    initial = False

    operations = [
        ops.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('staff', fields.ForeignKeyField('models.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name='saved_filters', on_delete=OnDelete.CASCADE)),
                ('of_list', fields.CharField(max_length=16)),
                ('sealed_body', fields.BinaryField()),
                ('used_at', InstantField()),
            ],
            options={'table': 'saved_filter', 'app': 'models', 'indexes': [Index(fields=['staff_id'])], 'pk_attr': 'id', 'table_description': '存下的筛选: how somebody narrows a list again and again, sealed with its name.'},
            bases=['Model'],
        ),
    ]
