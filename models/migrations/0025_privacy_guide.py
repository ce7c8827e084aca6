from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0024_kept_as_long_as_needed')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PrivacyGuide',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('county', fields.OneToOneField('models.Region', source_field='county_id', db_constraint=True, to_field='code', related_name='privacy_guide', on_delete=OnDelete.RESTRICT)),
                ('operator', fields.CharField(max_length=128)),
                ('contact', fields.CharField(max_length=200)),
                ('more', fields.TextField(default='', unique=False)),
                ('changed_at', InstantField()),
            ],
            options={'table': 'privacy_guide', 'app': 'models', 'pk_attr': 'id', 'table_description': '隐私指引: what a county adds to what the product itself tells: who operates it, how to reach them.'},
            bases=['Model'],
        ),
    ]
