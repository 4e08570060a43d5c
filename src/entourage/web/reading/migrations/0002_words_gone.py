"""A reading never outlives the words it was read in: the database itself keeps that, whoever changes them."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reading_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM reading_reading WHERE id = OLD.id;
    -- Where somebody else wrote the very same words, what a member said of them holds on.
    UPDATE reading_label label SET activity_id = same.id FROM reading_reading same
    WHERE label.activity_id = OLD.id AND same.brand_id = label.brand_id AND same.text_key = label.text_key;
    DELETE FROM reading_label WHERE activity_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_words_changed AFTER UPDATE OF text, deleted_at, account_id ON listen_activity
    FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.account_id IS DISTINCT FROM NEW.account_id
                       OR (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL))
    EXECUTE FUNCTION reading_words_changed();

CREATE FUNCTION reading_words_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM reading_reading USING gone WHERE reading_reading.id = gone.id;
    UPDATE reading_label label SET activity_id = same.id FROM gone, reading_reading same
    WHERE label.activity_id = gone.id AND same.brand_id = label.brand_id AND same.text_key = label.text_key;
    DELETE FROM reading_label USING gone WHERE reading_label.activity_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_words_gone AFTER DELETE ON listen_activity
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION reading_words_gone();

CREATE FUNCTION reading_side_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM reading_reading WHERE account_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_side_changed AFTER UPDATE OF role ON listen_account
    FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION reading_side_changed();
"""
BACKWARD = """
DROP TRIGGER reading_side_changed ON listen_account;
DROP FUNCTION reading_side_changed();
DROP TRIGGER reading_words_gone ON listen_activity;
DROP FUNCTION reading_words_gone();
DROP TRIGGER reading_words_changed ON listen_activity;
DROP FUNCTION reading_words_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("reading", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
