"""The rows behind the figures of first answers; gone with their conversation, as all of this room is."""

import django.db.models.deletion
from django.db import migrations, models

_GONE = """
CREATE OR REPLACE FUNCTION service_conversation_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM service_handling known USING gone WHERE known.conversation_id = gone.id;
    DELETE FROM service_promise known USING gone WHERE known.conversation_id = gone.id;{also}
    RETURN NULL;
END $$;
"""
FORWARD = _GONE.format(
    also="""
    DELETE FROM service_firstresponse known USING gone WHERE known.conversation_id = gone.id;"""
)
BACKWARD = _GONE.format(also="")


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_alarms'),
        ('inbox', '0005_hold'),
        ('service', '0006_approve'),
    ]

    operations = [
        migrations.CreateModel(
            name='FirstResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('known', models.BooleanField(default=True)),
                ('due', models.BooleanField(default=True)),
                ('department', models.CharField(blank=True, default='', max_length=16)),
                ('network', models.CharField(max_length=20)),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='core.brand')),
                ('conversation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='first_responses', to='inbox.conversation')),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='service.report')),
            ],
            options={
                'indexes': [models.Index(fields=['report', '-asked_at', '-id'], name='response_recent'), models.Index(condition=models.Q(('answered_at__isnull', True), ('due', True)), fields=['report', '-asked_at', '-id'], name='response_unanswered'), models.Index(fields=['report', 'department', '-asked_at', '-id'], name='response_by_dept'), models.Index(fields=['report', 'network', '-asked_at', '-id'], name='response_by_network')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
