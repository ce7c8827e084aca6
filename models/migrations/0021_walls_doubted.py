from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0020_hours_of_bodies')]

    initial = False

    operations = [
        ops.AddField(
            model_name='PosterDoubt',
            name='township',
            field=fields.CharField(default='', max_length=15),
        ),
        ops.AddIndex(
            model_name='PosterDoubt',
            index=Index(fields=['township', 'day']),
        ),
        ops.AddField(
            model_name='PosterJob',
            name='entry',
            field=fields.ForeignKeyField('models.EntryCode', source_field='entry_id', null=True, db_constraint=True, to_field='code', related_name='poster_jobs', on_delete=OnDelete.RESTRICT),
        ),
    ]
