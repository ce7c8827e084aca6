from tortoise import migrations
from tortoise.migrations import operations as ops
from models.choices import SightingKind
from models.fields import InstantField, RandomIdField, new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0015_tasks_of_liaisons')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PosterRound',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('liaison', fields.ForeignKeyField('models.Liaison', source_field='liaison_id', db_constraint=True, to_field='id', related_name='poster_rounds', on_delete=OnDelete.RESTRICT)),
                ('token_index', fields.CharField(unique=True, max_length=64)),
                ('begun_at', InstantField()),
                ('expires_at', InstantField()),
            ],
            options={'table': 'poster_round', 'app': 'models', 'pk_attr': 'id', 'table_description': '海报巡查: a liaison walks along the posters, whoever holds the token of the link they were given.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PosterSighting',
            fields=[
                ('id', RandomIdField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('round', fields.ForeignKeyField('models.PosterRound', source_field='round_id', db_constraint=True, to_field='id', related_name='sightings', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharEnumField(description='GOOD: good\nOLD: old\nFOREIGN: foreign', enum_type=SightingKind, max_length=16)),
                ('village', fields.ForeignKeyField('models.Region', source_field='village_id', db_constraint=True, to_field='code', related_name='poster_sightings', on_delete=OnDelete.RESTRICT)),
                ('entry', fields.ForeignKeyField('models.EntryCode', source_field='entry_id', null=True, db_constraint=True, to_field='code', related_name='sightings', on_delete=OnDelete.RESTRICT)),
                ('text', fields.CharField(default='', max_length=255)),
                ('seen_at', InstantField()),
            ],
            options={'table': 'poster_sighting', 'app': 'models', 'indexes': [Index(fields=['entry_id', 'seen_at']), Index(fields=['village_id', 'seen_at'])], 'pk_attr': 'id', 'table_description': '海报巡查记录: a poster that a liaison photographed, read from the photo, which is not kept.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='EntryCode',
            name='account_url',
            field=fields.CharField(null=True, max_length=255),
        ),
    ]
