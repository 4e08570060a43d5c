"""A message leaves its group with its reading; a group that few people are left of has no words: the database keeps it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION crisis_reading_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH left_out AS (
        DELETE FROM crisis_groupmessage known USING gone WHERE known.activity_id = gone.id
        RETURNING known.group_id, known.activity_id
    )
    UPDATE crisis_group told SET words = '{}' WHERE told.words <> '{}' AND told.id IN (SELECT group_id FROM left_out)
      AND 3 > (SELECT count(DISTINCT account_id) FROM crisis_groupmessage still WHERE still.group_id = told.id
               AND still.activity_id NOT IN (SELECT activity_id FROM left_out));
    RETURN NULL;
END $$;
CREATE TRIGGER crisis_reading_gone AFTER DELETE ON reading_reading
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION crisis_reading_gone();
"""
BACKWARD = """
DROP TRIGGER crisis_reading_gone ON reading_reading;
DROP FUNCTION crisis_reading_gone();
"""


class Migration(migrations.Migration):
    dependencies = [("crisis", "0001_initial"), ("reading", "0005_meaning_gone")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
