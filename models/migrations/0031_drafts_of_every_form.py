from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField, RandomIdField, new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0030_saved_filters')]

    initial = False

    operations = [
        ops.CreateModel(
            name='StaffDraft',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('staff', fields.ForeignKeyField('models.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name='drafts', on_delete=OnDelete.CASCADE)),
                ('report', fields.ForeignKeyField('models.Report', source_field='report_id', null=True, db_constraint=True, to_field='id', related_name='staff_drafts', on_delete=OnDelete.CASCADE)),
                ('form', fields.CharField(max_length=96)),
                ('data_key', fields.BinaryField(null=True)),
                ('sealed_fields', fields.BinaryField()),
                ('saved_at', InstantField()),
            ],
            options={'table': 'staff_draft', 'app': 'models', 'indexes': [Index(fields=['staff_id', 'saved_at']), Index(fields=['report_id']), Index(fields=['saved_at'])], 'pk_attr': 'id', 'table_description': '草稿: what somebody has begun to write on a form of the console and not sent, one for each person and form.'},
            bases=['Model'],
        ),
        # their words stay sealed as they are: `dossier.drafts` opens them where they were bound
        ops.RunSQL("""INSERT INTO staff_draft (id, staff_id, report_id, form, sealed_fields, saved_at)
          SELECT id, staff_id, report_id, 'reply', sealed_text, saved_at FROM reply_draft"""),
        ops.DeleteModel(name='ReplyDraft'),
    ]
