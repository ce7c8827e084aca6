from tortoise import migrations
from tortoise.migrations import operations as ops
from models.choices import Channel
from models.fields import InstantField, RandomIdField, new_id
from models.terms import Partner, ReferralWay
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0018_photos_marked')]

    initial = False

    operations = [
        ops.CreateModel(
            name='QuarterlyFeedback',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('county', fields.ForeignKeyField('models.Region', source_field='county_id', db_constraint=True, to_field='code', related_name='quarterly_feedbacks', on_delete=OnDelete.RESTRICT)),
                ('quarter', fields.CharField(max_length=8)),
                ('by', fields.ForeignKeyField('models.Staff', source_field='by_id', db_constraint=True, to_field='id', related_name='quarterly_feedbacks', on_delete=OnDelete.RESTRICT)),
                ('given_at', InstantField()),
            ],
            options={'table': 'quarterly_feedback', 'app': 'models', 'unique_together': (('county_id', 'quarter'),), 'pk_attr': 'id', 'table_description': '季度反馈: the cases room of a county has told its letters room what was concluded in a quarter (`2026-4`).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Referral',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('report', fields.ForeignKeyField('models.Report', source_field='report_id', db_constraint=True, to_field='id', related_name='referrals', on_delete=OnDelete.CASCADE)),
                ('way', fields.CharEnumField(description='IN: in\nOUT: out', enum_type=ReferralWay, max_length=8)),
                ('partner', fields.CharEnumField(description='ORGANISATION: organisation\nINSPECTION: inspection\nPOLICE: police\nPETITIONS: petitions\nAUDIT: audit\nCONGRESS: congress\nCONSULTATIVE: consultative\nADMINISTRATIVE: administrative\nJUDICIAL: judicial\nFINANCIAL: financial\nSTATISTICAL: statistical\nMASSES: masses\nMEDIA: media\nDEPARTMENT: department', enum_type=Partner, max_length=16)),
                ('by', fields.ForeignKeyField('models.Staff', source_field='by_id', db_constraint=True, to_field='id', related_name='referrals', on_delete=OnDelete.RESTRICT)),
                ('body_id', fields.CharField(max_length=32)),
                ('sealed_sent', fields.BinaryField()),
                ('sent_at', InstantField()),
                ('made_at', InstantField()),
                ('due_at', InstantField(null=True)),
                ('result_due_at', InstantField()),
                ('receipt_at', InstantField(null=True)),
                ('sealed_receipt', fields.BinaryField(null=True)),
                ('result_at', InstantField(null=True)),
                ('sealed_result', fields.BinaryField(null=True)),
            ],
            options={'table': 'referral', 'app': 'models', 'indexes': [Index(fields=['report_id', 'made_at']), Index(fields=['due_at'])], 'pk_attr': 'id', 'table_description': '移送: a matter that another authority sent here, or that was sent to one, with its receipt and its result.'},
            bases=['Model'],
        ),
        ops.AlterField(
            model_name='Report',
            name='channel',
            field=fields.CharEnumField(description='CHAT: chat\nMINI: mini\nWEB: web\nLETTER: letter\nVISIT: visit\nCALL: call\nREFERRED: referred', enum_type=Channel, max_length=16),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['concluded_at', 'number']),
        ),
    ]
