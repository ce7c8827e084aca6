from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0036_lanes_of_the_outbox')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Saying',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('meaning', fields.CharField(max_length=16)),
                ('word', fields.CharField(max_length=14)),
                ('is_active', fields.BooleanField(default=True)),
            ],
            options={'table': 'saying', 'app': 'models', 'unique_together': (('meaning', 'word'),), 'pk_attr': 'id', 'table_description': "说法: what people here say for something, or, out of use, a word of the house's own that is not to count."},
            bases=['Model'],
        ),
    ]
