from tortoise import migrations
from tortoise.migrations import operations as ops
from models.choices import Disposition, RecordKind, RecordOutcome
from models.fields import InstantField, RandomIdField, new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0005_requests_for_recusal')]

    initial = False

    operations = [
        ops.CreateModel(
            name='CaseRecord',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('report', fields.ForeignKeyField('models.Report', source_field='report_id', db_constraint=True, to_field='id', related_name='records', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharEnumField(description='PROPOSAL: proposal\nCONCLUSION: conclusion\nRATING: rating\nLOOK_BACK: look-back\nEXTENSION: extension\nPAUSE: pause\nURGE: urge\nAUTHORISATION: authorisation\nBRIEFING: briefing\nANALYSIS: analysis', enum_type=RecordKind, max_length=16)),
                ('by', fields.ForeignKeyField('models.Staff', source_field='by_id', null=True, db_constraint=True, to_field='id', related_name='records', on_delete=OnDelete.RESTRICT)),
                ('body_id', fields.CharField(default='', max_length=32)),
                ('sealed_content', fields.BinaryField()),
                ('made_at', InstantField()),
                ('due_at', InstantField(null=True)),
                ('settled_at', InstantField(null=True)),
                ('settled_by', fields.ForeignKeyField('models.Staff', source_field='settled_by_id', null=True, db_constraint=True, to_field='id', related_name='settled_records', on_delete=OnDelete.RESTRICT)),
                ('outcome', fields.CharEnumField(default=RecordOutcome.OPEN, description='OPEN: open\nKEPT: kept\nAPPROVED: approved\nSENT_BACK: sent-back\nANSWERED: answered\nENDED: ended\nVOID: void', enum_type=RecordOutcome, max_length=16)),
                ('sealed_answer', fields.BinaryField(null=True)),
            ],
            options={'table': 'case_record', 'app': 'models', 'indexes': [Index(fields=['report_id', 'made_at']), Index(fields=['outcome', 'kind', 'due_at'])], 'pk_attr': 'id', 'table_description': '办理记录: what was written down of a case, for those who handle it and not for the reporter.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Report',
            name='approver',
            field=fields.ForeignKeyField('models.Body', source_field='approver_id', null=True, db_constraint=True, to_field='code', related_name='reports_to_approve', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Report',
            name='disposition',
            field=fields.CharEnumField(null=True, description='TALK: talk\nVERIFY: verify\nHOLD: hold\nDISMISS: dismiss\nANSWER: answer\nREFER: refer', enum_type=Disposition, max_length=16),
        ),
        ops.AddField(
            model_name='Report',
            name='extended_at',
            field=InstantField(null=True),
        ),
        ops.AddField(
            model_name='Report',
            name='overdue_level',
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name='Report',
            name='paused_at',
            field=InstantField(null=True),
        ),
        ops.AddField(
            model_name='Report',
            name='rated_at',
            field=InstantField(null=True),
        ),
        ops.AddField(
            model_name='Report',
            name='urge_due_at',
            field=InstantField(null=True),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['approver_id']),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['status', 'due_at']),
        ),
    ]
