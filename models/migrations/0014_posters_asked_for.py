from tortoise import migrations
from tortoise.migrations import operations as ops
from models.choices import JobState, Paper, Purpose
from models.fields import InstantField
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0013_repeats')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PosterJob',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('region', fields.ForeignKeyField('models.Region', source_field='region_id', db_constraint=True, to_field='code', related_name='poster_jobs', on_delete=OnDelete.RESTRICT)),
                ('area', fields.ForeignKeyField('models.Area', source_field='area_id', null=True, db_constraint=True, to_field='code', related_name='poster_jobs', on_delete=OnDelete.RESTRICT)),
                ('purpose', fields.CharEnumField(description='REPORT: report\nSUGGEST: suggest\nSURVEY: survey\nRATE: rate\nCONDUCT: conduct', enum_type=Purpose, max_length=16)),
                ('paper', fields.CharEnumField(description='A3: A3\nA4: A4\nA5: A5\nA6: A6\nAREAS: areas\nSTICKERS: stickers', enum_type=Paper, max_length=16)),
                ('groups', fields.BooleanField(default=False)),
                ('state', fields.CharEnumField(default=JobState.WAITING, description='WAITING: waiting\nRUNNING: running\nSTOPPED: stopped\nDONE: done\nFAILED: failed', enum_type=JobState, max_length=16)),
                ('done', fields.IntField(default=0)),
                ('total', fields.IntField(default=0)),
                ('problem', fields.CharField(default='', max_length=255)),
                ('asked_by', fields.CharField(max_length=64)),
                ('asked_at', InstantField()),
                ('taken_until', InstantField(null=True)),
            ],
            options={'table': 'poster_job', 'app': 'models', 'indexes': [Index(fields=['state'])], 'pk_attr': 'id', 'table_description': '印制任务: posters that somebody asked for in the console, drawn by a worker into a folder named by the id.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PosterStyle',
            fields=[
                ('county', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=15)),
                ('header', fields.CharField(default='', max_length=40)),
                ('colour', fields.CharField(max_length=7)),
            ],
            options={'table': 'poster_style', 'app': 'models', 'pk_attr': 'county', 'table_description': '海报样式: what a county (by its region code) puts above its posters, and the colour of their band, `#b22222`.'},
            bases=['Model'],
        ),
    ]
