import django.db.models.deletion
from django.db import migrations, models


# A subject never outlives the words that it stands over.
FORWARD = """
CREATE FUNCTION listen_subject_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM listen_subject WHERE activity = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER listen_subject_withdrawn AFTER UPDATE OF deleted_at ON listen_activity
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL)
    EXECUTE FUNCTION listen_subject_gone();
CREATE FUNCTION listen_subjects_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM listen_subject USING gone WHERE listen_subject.activity = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER listen_subjects_gone AFTER DELETE ON listen_activity
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION listen_subjects_gone();
"""
BACKWARD = """
DROP TRIGGER listen_subjects_gone ON listen_activity;
DROP FUNCTION listen_subjects_gone();
DROP TRIGGER listen_subject_withdrawn ON listen_activity;
DROP FUNCTION listen_subject_gone();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_alarms'),
        ('listen', '0007_allow_url'),
    ]

    operations = [
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('activity', models.UUIDField(primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='core.brand')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
