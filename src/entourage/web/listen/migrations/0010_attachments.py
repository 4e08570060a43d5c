import django.db.models.deletion
from django.db import migrations, models


# A file never outlives the words that it came with: taken back, written anew (the next edition tells its own files), or
# turned to somebody who was erased, which is told as turned to nobody.
FORWARD = """
-- Pictures and papers are packed already.
ALTER TABLE listen_attachment ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE FUNCTION listen_attachment_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM listen_attachment WHERE activity = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER listen_attachment_withdrawn AFTER UPDATE OF deleted_at, edited_at, toward_id ON listen_activity
    FOR EACH ROW WHEN (
        OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL
        OR OLD.edited_at IS DISTINCT FROM NEW.edited_at
        OR OLD.toward_id IS DISTINCT FROM NEW.toward_id AND NEW.toward_id = '00000000-0000-0000-0000-000000000000')
    EXECUTE FUNCTION listen_attachment_gone();
CREATE FUNCTION listen_attachments_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM listen_attachment USING gone WHERE listen_attachment.activity = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER listen_attachments_gone AFTER DELETE ON listen_activity
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION listen_attachments_gone();
"""
BACKWARD = """
DROP TRIGGER listen_attachments_gone ON listen_activity;
DROP FUNCTION listen_attachments_gone();
DROP TRIGGER listen_attachment_withdrawn ON listen_activity;
DROP FUNCTION listen_attachment_gone();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_alarms'),
        ('listen', '0009_deeds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.UUIDField()),
                ('place', models.SmallIntegerField()),
                ('name', models.TextField(default='')),
                ('kind', models.CharField(default='', max_length=100)),
                ('alt', models.TextField(default='')),
                ('url', models.TextField(default='')),
                ('size', models.BigIntegerField(default=0)),
                ('width', models.IntegerField(default=0)),
                ('height', models.IntegerField(default=0)),
                ('content', models.BinaryField(null=True)),
                ('brand', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, to='core.brand')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'place'), name='attachment_once')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
