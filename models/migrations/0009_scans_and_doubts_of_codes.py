from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0006_indexes_for_long_pasts'), ('models', '0008_log_chained')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PosterDoubt',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('entry', fields.ForeignKeyField('models.EntryCode', source_field='entry_id', db_constraint=True, to_field='code', related_name='doubts', on_delete=OnDelete.RESTRICT)),
                ('day', fields.CharField(max_length=10)),
                ('times', fields.IntField()),
            ],
            options={'table': 'poster_doubt', 'app': 'models', 'unique_together': (('entry_id', 'day'),), 'pk_attr': 'id', 'table_description': '海报存疑: how often people said of a code on one day that its poster looks wrong, nothing of who they are.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ScanCount',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('entry', fields.ForeignKeyField('models.EntryCode', source_field='entry_id', db_constraint=True, to_field='code', related_name='scan_counts', on_delete=OnDelete.RESTRICT)),
                ('week', fields.CharField(max_length=10)),
                ('scans', fields.IntField()),
            ],
            options={'table': 'scan_count', 'app': 'models', 'unique_together': (('entry_id', 'week'),), 'indexes': [Index(fields=['week'])], 'pk_attr': 'id', 'table_description': '扫码次数: how often a code was opened in one week, and nothing else.'},
            bases=['Model'],
        ),
    ]
