from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0025_privacy_guide')]

    initial = False

    operations = [
        ops.CreateModel(
            name='QuotaSpent',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('api', fields.CharField(max_length=16)),
                ('ends_at', InstantField()),
                ('spent', fields.IntField()),
                ('most', fields.IntField()),
            ],
            options={'table': 'quota_spent', 'app': 'models', 'unique_together': (('api', 'ends_at'),), 'pk_attr': 'id', 'table_description': '当天已用次数: how many messages of one kind went to WeChat in one of its days, which ends at `ends_at`.'},
            bases=['Model'],
        ),
    ]
