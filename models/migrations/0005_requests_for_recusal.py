from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField, RandomIdField, new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0004_recusals_removed_by_two')]

    initial = False

    operations = [
        ops.CreateModel(
            name='RecusalRequest',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('report', fields.ForeignKeyField('models.Report', source_field='report_id', db_constraint=True, to_field='id', related_name='recusal_requests', on_delete=OnDelete.CASCADE)),
                ('message', fields.ForeignKeyField('models.Message', source_field='message_id', db_constraint=True, to_field='id', related_name='asking_recusal', on_delete=OnDelete.CASCADE)),
                ('answer', fields.ForeignKeyField('models.Message', source_field='answer_id', null=True, db_constraint=True, to_field='id', related_name='answering_recusal', on_delete=OnDelete.RESTRICT)),
                ('asked_at', InstantField()),
                ('settled_at', InstantField(null=True)),
                ('settled_by', fields.ForeignKeyField('models.Staff', source_field='settled_by_id', null=True, db_constraint=True, to_field='id', related_name='settled_recusal_requests', on_delete=OnDelete.RESTRICT)),
                ('is_granted', fields.BooleanField(default=False)),
            ],
            options={'table': 'recusal_request', 'app': 'models', 'indexes': [Index(fields=['report_id', 'settled_at'])], 'pk_attr': 'id', 'table_description': '回避请求: a reporter asks that somebody, or a whole body, keeps away from their report.'},
            bases=['Model'],
        ),
    ]
