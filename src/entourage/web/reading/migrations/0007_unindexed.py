"""What waits to be indexed stands in a table of its own: to look for it among all readings costs as much as they are."""

import django.db.models.deletion
from django.db import migrations, models


COME = """
CREATE FUNCTION reading_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reading_unindexed (id, brand_id, at) SELECT id, brand_id, at FROM come ON CONFLICT (id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_come AFTER INSERT ON reading_reading
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION reading_come();

-- The stems of its words are those of another language now.
CREATE FUNCTION reading_other_language() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reading_unindexed (id, brand_id, at) VALUES (NEW.id, NEW.brand_id, NEW.at) ON CONFLICT (id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_other_language AFTER UPDATE OF language ON reading_reading
    FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language) EXECUTE FUNCTION reading_other_language();

-- A vector that goes with its reading goes after it: then nothing waits.
CREATE FUNCTION reading_vector_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reading_unindexed (id, brand_id, at)
    SELECT done.id, done.brand_id, done.at FROM gone JOIN reading_reading done ON done.id = gone.id
    ON CONFLICT (id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_vector_gone AFTER DELETE ON reading_vector
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION reading_vector_gone();
"""
COME_BACK = """
DROP TRIGGER reading_vector_gone ON reading_vector;
DROP FUNCTION reading_vector_gone();
DROP TRIGGER reading_other_language ON reading_reading;
DROP FUNCTION reading_other_language();
DROP TRIGGER reading_come ON reading_reading;
DROP FUNCTION reading_come();
"""


def _gone(also: str) -> str:
    """Whatever was made of a reading goes with it (migration 0005)."""
    return f"""
CREATE OR REPLACE FUNCTION reading_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM reading_vector USING gone WHERE reading_vector.id = gone.id;
    DELETE FROM reading_words USING gone WHERE reading_words.id = gone.id;
    DELETE FROM reading_topicmessage USING gone WHERE reading_topicmessage.activity_id = gone.id;
    DELETE FROM reading_findingmessage USING gone WHERE reading_findingmessage.activity_id = gone.id;
    {also}
    RETURN NULL;
END $$;
"""


GONE = _gone("DELETE FROM reading_unindexed USING gone WHERE reading_unindexed.id = gone.id;")
WAITING = """
INSERT INTO reading_unindexed (id, brand_id, at)
SELECT done.id, done.brand_id, done.at FROM reading_reading done
WHERE NOT EXISTS (SELECT FROM reading_vector known WHERE known.id = done.id)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_languages'),
        ('listen', '0002_taking_in'),
        ('reading', '0006_words_recent'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='findingmessage',
            name='at',
        ),
        migrations.RemoveField(
            model_name='teaching',
            name='reader',
        ),
        migrations.RemoveField(
            model_name='territory',
            name='usual',
        ),
        migrations.RemoveField(
            model_name='topic',
            name='before',
        ),
        migrations.RemoveField(
            model_name='topicmessage',
            name='at',
        ),
        migrations.AddField(
            model_name='finding',
            name='weeks_before',
            field=models.FloatField(default=0),
        ),
        migrations.AddField(
            model_name='indexing',
            name='encoder',
            field=models.CharField(default='', max_length=40),
        ),
        migrations.AddField(
            model_name='territory',
            name='unmeasured',
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='Unindexed',
            fields=[
                ('activity', models.OneToOneField(db_column='id', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='listen.activity')),
                ('at', models.DateTimeField()),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='core.brand')),
            ],
            options={
                'indexes': [models.Index(fields=['brand', '-at', 'activity'], name='unindexed_recent')],
            },
        ),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
        migrations.RunSQL(COME, COME_BACK),
        migrations.RunSQL(GONE, _gone("")),
    ]
