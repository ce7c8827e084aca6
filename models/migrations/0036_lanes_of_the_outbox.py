from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0034_counted_as_far_as_wanted')]

    initial = False

    operations = [
        ops.RemoveIndex(
            model_name='OutboxNotice',
            name=None,
            fields=['status', 'next_at'],
        ),
        ops.AddField(
            model_name='OutboxNotice',
            name='lane',
            field=fields.CharField(default='', max_length=24),
        ),
        # as `delivery.claiming.lane_of` says
        ops.RunSQL("""UPDATE outbox_notice SET lane = CASE WHEN staff_id IS NOT NULL THEN 'staff:' || staff_id
          WHEN liaison_id IS NOT NULL THEN 'liaison:' || liaison_id
          WHEN notice = 'report_reply' THEN 'reply' ELSE 'reporter' END"""),
        ops.AddIndex(
            model_name='OutboxNotice',
            index=Index(fields=['status', 'lane', 'created_at', 'id', 'next_at']),
        ),
        ops.AddIndex(
            model_name='OutboxNotice',
            index=Index(fields=['lease_until']),
        ),
    ]
