from tortoise import migrations
from tortoise.migrations import operations as ops
from models.fields import InstantField, RandomIdField, new_id
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0011_talking_to_the_reporter')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ApiDraft',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('person_index', fields.CharField(unique=True, max_length=64)),
                ('data_key', fields.BinaryField()),
                ('sealed_body', fields.BinaryField()),
                ('changed_at', InstantField()),
            ],
            options={'table': 'api_draft', 'app': 'models', 'indexes': [Index(fields=['changed_at'])], 'pk_attr': 'id', 'table_description': '小程序草稿: what one person has written in the mini-program or on the web page and not sent yet.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SubscriptionConsent',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('person_index', fields.CharField(max_length=64)),
                ('template', fields.CharField(max_length=32)),
                ('left', fields.IntField(default=0)),
                ('changed_at', InstantField()),
            ],
            options={'table': 'subscription_consent', 'app': 'models', 'unique_together': (('person_index', 'template'),), 'pk_attr': 'id', 'table_description': '订阅消息授权: how many messages of a kind somebody still wants in the mini-program, one for each consent.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Survey',
            fields=[
                ('code', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ('region', fields.ForeignKeyField('models.Region', source_field='region_id', db_constraint=True, to_field='code', related_name='surveys', on_delete=OnDelete.RESTRICT)),
                ('title', fields.CharField(max_length=128)),
                ('text', fields.TextField(default='', unique=False)),
                ('questions', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ('is_once', fields.BooleanField(default=True)),
                ('is_active', fields.BooleanField(default=True)),
                ('made_at', InstantField()),
            ],
            options={'table': 'survey', 'app': 'models', 'indexes': [Index(fields=['region_id', 'is_active'])], 'pk_attr': 'code', 'table_description': '问卷: questions as data, asked in a region and below it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('survey', fields.ForeignKeyField('models.Survey', source_field='survey_id', db_constraint=True, to_field='code', related_name='answers', on_delete=OnDelete.CASCADE)),
                ('once_index', fields.CharField(null=True, unique=True, max_length=64)),
                ('data_key', fields.BinaryField()),
                ('sealed_answers', fields.BinaryField()),
            ],
            options={'table': 'survey_answer', 'app': 'models', 'indexes': [Index(fields=['survey_id'])], 'pk_attr': 'id', 'table_description': "答卷: one person's answers, sealed under a key of their own."},
            bases=['Model'],
        ),
    ]
