from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0021_walls_doubted'), ('models', '0023_voices_typed')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Liaison',
            name='is_away',
            field=fields.BooleanField(default=False),
        ),
    ]
