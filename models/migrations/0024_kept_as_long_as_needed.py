from tortoise import migrations
from tortoise.migrations import operations as ops
from models.choices import Channel, Disposition, Kind, Level, Purpose, RecordKind, Status
from models.fields import InstantField, RandomIdField, new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0023_voices_typed')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PastReport',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('owner', fields.ForeignKeyField('models.Body', source_field='owner_id', db_constraint=True, to_field='code', related_name='past_reports', on_delete=OnDelete.RESTRICT)),
                ('region', fields.ForeignKeyField('models.Region', source_field='region_id', db_constraint=True, to_field='code', related_name='past_reports', on_delete=OnDelete.RESTRICT)),
                ('area', fields.ForeignKeyField('models.Area', source_field='area_id', db_constraint=True, to_field='code', related_name='past_reports', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(null=True, description='CLUE: clue\nAPPEAL: appeal\nSUGGESTION: suggestion\nLIVELIHOOD: livelihood\nCONSULT: consult', enum_type=Kind, max_length=16)),
                ('status', fields.CharEnumField(description='RECEIVED: received\nACCEPTED: accepted\nDECLINED: declined\nHANDLING: handling\nCONCLUDED: concluded\nFED_BACK: fed_back\nCLOSED: closed', enum_type=Status, max_length=16)),
                ('disposition', fields.CharEnumField(null=True, description='TALK: talk\nVERIFY: verify\nHOLD: hold\nDISMISS: dismiss\nANSWER: answer\nREFER: refer', enum_type=Disposition, max_length=16)),
                ('level', fields.CharEnumField(description='VILLAGE: village\nTOWNSHIP: township\nDEPARTMENT: department\nCOUNTY: county\nDISCIPLINE: discipline\nNONE: none\nUNKNOWN: unknown', enum_type=Level, max_length=16)),
                ('purpose', fields.CharEnumField(description='REPORT: report\nSUGGEST: suggest\nSURVEY: survey\nRATE: rate\nCONDUCT: conduct', enum_type=Purpose, max_length=16)),
                ('channel', fields.CharEnumField(description='CHAT: chat\nMINI: mini\nWEB: web\nLETTER: letter\nVISIT: visit\nCALL: call\nREFERRED: referred', enum_type=Channel, max_length=16)),
                ('is_named', fields.BooleanField()),
                ('rating', fields.CharField(null=True, max_length=16)),
                ('submitted_at', InstantField()),
                ('accepted_at', InstantField(null=True)),
                ('concluded_at', InstantField(null=True)),
                ('fed_back_at', InstantField(null=True)),
                ('closed_at', InstantField(null=True)),
                ('destroyed_at', InstantField()),
            ],
            options={'table': 'past_report', 'app': 'models', 'indexes': [Index(fields=['owner_id', 'submitted_at']), Index(fields=['region_id', 'submitted_at'])], 'pk_attr': 'id', 'table_description': '已销毁反映的底数: what figures need of a report that was destroyed, and nothing else of it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PastBar',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('past', fields.ForeignKeyField('models.PastReport', source_field='past_id', db_constraint=True, to_field='id', related_name='bars', on_delete=OnDelete.CASCADE)),
                ('who_index', fields.CharField(max_length=64)),
            ],
            options={'table': 'past_bar', 'app': 'models', 'indexes': [Index(fields=['past_id', 'who_index'])], 'pk_attr': 'id', 'table_description': '已销毁反映的回避: a member of staff or a body in whose figures a destroyed report is not counted.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RetentionPlan',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('body', fields.ForeignKeyField('models.Body', source_field='body_id', db_constraint=True, to_field='code', related_name='retention_plans', on_delete=OnDelete.RESTRICT)),
                ('proposed_by', fields.ForeignKeyField('models.Staff', source_field='proposed_by_id', db_constraint=True, to_field='id', related_name='retention_proposed', on_delete=OnDelete.RESTRICT)),
                ('proposed_at', InstantField()),
                ('confirmed_by', fields.ForeignKeyField('models.Staff', source_field='confirmed_by_id', null=True, db_constraint=True, to_field='id', related_name='retention_confirmed', on_delete=OnDelete.RESTRICT)),
                ('confirmed_at', InstantField(null=True)),
                ('withdrawn_at', InstantField(null=True)),
                ('finished_at', InstantField(null=True)),
                ('total', fields.IntField(default=0)),
                ('done', fields.IntField(default=0)),
                ('kept', fields.IntField(default=0)),
            ],
            options={'table': 'retention_plan', 'app': 'models', 'indexes': [Index(fields=['body_id', 'proposed_at'])], 'pk_attr': 'id', 'table_description': '销毁计划: reports of one body whose time is over, proposed by one person and confirmed by another.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RetentionItem',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('plan', fields.ForeignKeyField('models.RetentionPlan', source_field='plan_id', db_constraint=True, to_field='id', related_name='items', on_delete=OnDelete.CASCADE)),
                ('report', fields.ForeignKeyField('models.Report', source_field='report_id', db_constraint=True, to_field='id', related_name='retention_items', on_delete=OnDelete.CASCADE)),
                ('is_confirmed', fields.BooleanField(default=False)),
            ],
            options={'table': 'retention_item', 'app': 'models', 'unique_together': (('plan', 'report'),), 'indexes': [Index(fields=['report_id']), Index(fields=['is_confirmed', 'id'])], 'pk_attr': 'id', 'table_description': '销毁计划的一件: a report of a plan.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('what', fields.CharField(max_length=32)),
                ('kind', fields.CharField(default='', max_length=16)),
                ('status', fields.CharField(default='', max_length=16)),
                ('keep', fields.CharField(max_length=8)),
                ('set_at', InstantField()),
            ],
            options={'table': 'retention_rule', 'app': 'models', 'unique_together': (('what', 'kind', 'status'),), 'pk_attr': 'id', 'table_description': '保管期限: how long something is kept after it ended, where that differs from the default set.'},
            bases=['Model'],
        ),
        ops.AlterField(
            model_name='CaseRecord',
            name='kind',
            field=fields.CharEnumField(description='PROPOSAL: proposal\nCONCLUSION: conclusion\nRATING: rating\nLOOK_BACK: look-back\nEXTENSION: extension\nPAUSE: pause\nURGE: urge\nQUESTION: question\nAUTHORISATION: authorisation\nBRIEFING: briefing\nANALYSIS: analysis\nRETENTION: retention', enum_type=RecordKind, max_length=16),
        ),
        ops.AddField(
            model_name='Report',
            name='kept_from',
            field=InstantField(null=True),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['owner_id', 'kept_from']),
        ),
        # what ended before: from its end, or from what was said last
        ops.RunSQL("UPDATE report SET kept_from = COALESCE(closed_at, owned_at) WHERE status IN ('closed', 'declined')"),
        ops.RunSQL("""UPDATE report SET kept_from = (SELECT MAX(m.said_at) FROM message m WHERE m.report_id = report.id)
          WHERE kept_from < (SELECT MAX(m.said_at) FROM message m WHERE m.report_id = report.id)"""),
    ]
