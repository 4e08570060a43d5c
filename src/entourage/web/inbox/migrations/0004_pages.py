"""Indexes for the lists of all and of nobody's; a page that stays open hears what becomes of an answer."""

from django.db import migrations, models

SENT = """
CREATE OR REPLACE FUNCTION inbox_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- They still wait after a failure, whatever was said when it was sent.
    UPDATE inbox_conversation
    SET changed_at = now(), state_said = state_said AND (NEW.state <> 'failed' OR state = 'snoozed')
    WHERE id = NEW.conversation_id;
    INSERT INTO inbox_unthreaded (brand_id, conversation) VALUES (NEW.brand_id, NEW.conversation_id);
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_told")]
    operations = [
        migrations.AddIndex("conversation", models.Index(fields=["brand", "-last_in_at", "id"], name="conversation_recent")),
        migrations.AddIndex(
            "conversation",
            models.Index(condition=models.Q(("assignee__isnull", True), ("state", "open")), fields=["brand", "-last_in_at", "id"], name="conversation_nobodys"),
        ),
        migrations.RunSQL(SENT, migrations.RunSQL.noop),
    ]
