from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0006_indexes_for_long_pasts'), ('models', '0008_log_chained')]

    initial = False

    operations = [
        ops.CreateModel(
            name='SealingKey',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=8)),
                ('sealed_check', fields.BinaryField()),
                ('index_check', fields.CharField(max_length=64)),
                ('first_used_at', InstantField()),
            ],
            options={'table': 'sealing_key', 'app': 'models', 'pk_attr': 'id', 'table_description': '密封密钥: a key of the ring under which something lies sealed, by the short id of itself.'},
            bases=['Model'],
        ),
    ]
