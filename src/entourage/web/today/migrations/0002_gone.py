"""Nothing of a conversation stays here when it goes: the database itself keeps that."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION today_conversation_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM today_pledge known USING gone WHERE known.conversation_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER today_conversation_gone AFTER DELETE ON inbox_conversation
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION today_conversation_gone();
"""
BACKWARD = """
DROP TRIGGER today_conversation_gone ON inbox_conversation;
DROP FUNCTION today_conversation_gone();
"""


class Migration(migrations.Migration):
    dependencies = [("today", "0001_initial"), ("inbox", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
