"""Who is erased leaves nothing in the outbox: the database itself keeps that, whoever removes the account."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION outbox_account_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM outbox_enclosure USING gone, outbox_outgoing
    WHERE outbox_outgoing.account = gone.id AND outbox_enclosure.outgoing_id = outbox_outgoing.id;
    -- What has not left the house stays in it; what is on its way is not called back by us.
    UPDATE outbox_outgoing SET
        text = '', subject = '', reason = '', url = '', network_id = '', account = NULL, person_id = NULL, "to" = NULL,
        context = NULL, activity = NULL, conversation_id = NULL,
        state = CASE WHEN state IN ('held', 'queued', 'by_hand', 'failed') THEN 'withdrawn' ELSE state END
    FROM gone WHERE outbox_outgoing.account = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER outbox_account_gone AFTER DELETE ON listen_account
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION outbox_account_gone();
"""
BACKWARD = """
DROP TRIGGER outbox_account_gone ON listen_account;
DROP FUNCTION outbox_account_gone();
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("listen", "0005_connection_limits")]
    operations = [
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                fields=["account"], condition=models.Q(("account__isnull", False)), name="outgoing_to_account"
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
