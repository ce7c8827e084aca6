from tortoise import migrations
from tortoise.migrations import operations as ops
from models.choices import Channel, Speaker
from models.fields import InstantField, RandomIdField, new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0014_posters_asked_for')]

    initial = False

    operations = [
        ops.CreateModel(
            name='LiaisonTask',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('report', fields.ForeignKeyField('models.Report', source_field='report_id', db_constraint=True, to_field='id', related_name='liaison_tasks', on_delete=OnDelete.CASCADE)),
                ('liaison', fields.ForeignKeyField('models.Liaison', source_field='liaison_id', db_constraint=True, to_field='id', related_name='tasks', on_delete=OnDelete.RESTRICT)),
                ('asked_by', fields.ForeignKeyField('models.Staff', source_field='asked_by_id', db_constraint=True, to_field='id', related_name='liaison_tasks', on_delete=OnDelete.RESTRICT)),
                ('sealed_text', fields.BinaryField()),
                ('asked_at', InstantField()),
                ('answer', fields.ForeignKeyField('models.Message', source_field='answer_id', null=True, db_constraint=True, to_field='id', related_name='answering_task', on_delete=OnDelete.RESTRICT)),
                ('answered_at', InstantField(null=True)),
            ],
            options={'table': 'liaison_task', 'app': 'models', 'indexes': [Index(fields=['liaison_id', 'asked_at']), Index(fields=['report_id'])], 'pk_attr': 'id', 'table_description': '联络员任务: what a handler told or asked a liaison in words of their own, never those of the report.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Liaison',
            name='mini_index',
            field=fields.CharField(null=True, max_length=64),
        ),
        ops.AddIndex(
            model_name='Liaison',
            index=Index(fields=['mini_index']),
        ),
        ops.AlterField(
            model_name='Message',
            name='speaker',
            field=fields.CharEnumField(description='ME: me\nSTAFF: staff\nSYSTEM: system\nLIAISON: liaison', enum_type=Speaker, max_length=16),
        ),
        ops.AlterField(
            model_name='Report',
            name='channel',
            field=fields.CharEnumField(description='CHAT: chat\nMINI: mini\nWEB: web\nLETTER: letter\nVISIT: visit\nCALL: call', enum_type=Channel, max_length=16),
        ),
        ops.AddField(
            model_name='Report',
            name='protected_at',
            field=InstantField(null=True),
        ),
    ]
