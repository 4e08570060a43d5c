"""Nothing of a conversation stays here when it goes: the database itself keeps that."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION service_conversation_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM service_handling known USING gone WHERE known.conversation_id = gone.id;
    DELETE FROM service_promise known USING gone WHERE known.conversation_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER service_conversation_gone AFTER DELETE ON inbox_conversation
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION service_conversation_gone();
"""
BACKWARD = """
DROP TRIGGER service_conversation_gone ON inbox_conversation;
DROP FUNCTION service_conversation_gone();
"""


class Migration(migrations.Migration):
    dependencies = [("service", "0001_initial"), ("inbox", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
