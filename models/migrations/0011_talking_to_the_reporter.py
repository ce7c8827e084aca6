from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField, RandomIdField, new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0007_area_words'), ('models', '0009_scans_and_doubts_of_codes'), ('models', '0010_known_keys')]

    initial = False

    operations = [
        ops.CreateModel(
            name='IdentityLook',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('report', fields.ForeignKeyField('models.Report', source_field='report_id', db_constraint=True, to_field='id', related_name='identity_looks', on_delete=OnDelete.CASCADE)),
                ('staff', fields.ForeignKeyField('models.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name='identity_looks', on_delete=OnDelete.RESTRICT)),
                ('sealed_reason', fields.BinaryField()),
                ('looked_at', InstantField()),
            ],
            options={'table': 'identity_look', 'app': 'models', 'indexes': [Index(fields=['report_id', 'looked_at'])], 'pk_attr': 'id', 'table_description': '查看身份: somebody of the owning body asked who reported, and why they had to know.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ReplyDraft',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('report', fields.ForeignKeyField('models.Report', source_field='report_id', db_constraint=True, to_field='id', related_name='reply_drafts', on_delete=OnDelete.CASCADE)),
                ('staff', fields.ForeignKeyField('models.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name='reply_drafts', on_delete=OnDelete.CASCADE)),
                ('sealed_text', fields.BinaryField()),
                ('saved_at', InstantField()),
            ],
            options={'table': 'reply_draft', 'app': 'models', 'unique_together': (('report', 'staff'),), 'pk_attr': 'id', 'table_description': '回复草稿: words to the reporter that somebody has begun and not sent, one for each person and report.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ReplyTemplate',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('body', fields.ForeignKeyField('models.Body', source_field='body_id', db_constraint=True, to_field='code', related_name='reply_templates', on_delete=OnDelete.CASCADE)),
                ('area', fields.ForeignKeyField('models.Area', source_field='area_id', null=True, db_constraint=True, to_field='code', related_name='reply_templates', on_delete=OnDelete.RESTRICT)),
                ('title', fields.CharField(max_length=32)),
                ('text', fields.TextField(unique=False)),
                ('is_active', fields.BooleanField(default=True)),
                ('changed_at', InstantField()),
            ],
            options={'table': 'reply_template', 'app': 'models', 'indexes': [Index(fields=['body_id'])], 'pk_attr': 'id', 'table_description': "答复模板: words with fill-ins, of a body for itself or of a county's body for all of the county."},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Message',
            name='is_read',
            field=fields.BooleanField(default=False),
        ),
        ops.AddField(
            model_name='Message',
            name='leaves_at',
            field=InstantField(null=True),
        ),
        ops.AddField(
            model_name='Message',
            name='withdrawn_at',
            field=InstantField(null=True),
        ),
    ]
