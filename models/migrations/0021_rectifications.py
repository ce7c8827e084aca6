from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0020_hours_of_bodies')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Survey',
            name='area',
            field=fields.ForeignKeyField('models.Area', source_field='area_id', null=True, db_constraint=True, to_field='code', related_name='surveys', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Survey',
            name='is_rectification',
            field=fields.BooleanField(default=False),
        ),
    ]
