"""The database itself notes what changes conversations, and lets nothing of an erased person stay in them."""

from django.db import migrations

# Acts that are words, or that words answer: a like opens and closes nothing.
WORDS = "'{reply,comment,mention,message,review,idea,help}'"
PARENTS = "'{post,share}'"

ACTIVITIES = f"""
CREATE FUNCTION inbox_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO inbox_unthreaded (brand_id, activity)
    SELECT brand_id, id FROM come
    WHERE act = ANY({WORDS}) AND (toward_id IS NOT NULL OR reply_to IS NOT NULL OR context IS NOT NULL)
       OR act = ANY({PARENTS}) AND (reply_to IS NOT NULL OR context <> id);
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_come AFTER INSERT ON listen_activity
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION inbox_come();

CREATE FUNCTION inbox_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH told AS MATERIALIZED (
        SELECT fresh.id, fresh.brand_id, fresh.text <> was.text AS reworded,
               fresh.deleted_at IS NOT NULL OR fresh.account_id <> was.account_id AS gone
        FROM latter fresh JOIN former was ON was.id = fresh.id
        WHERE (fresh.act, fresh.at, fresh.account_id, fresh.toward_id, fresh.reply_to, fresh.context, fresh.deleted_at, fresh.text)
            IS DISTINCT FROM
              (was.act, was.at, was.account_id, was.toward_id, was.reply_to, was.context, was.deleted_at, was.text)
    ), cut AS (
        DELETE FROM inbox_message line USING told WHERE told.gone AND line.activity_id = told.id
        RETURNING line.brand_id, line.conversation_id
    ), blank AS (
        UPDATE inbox_message line SET words = NULL FROM told
        WHERE told.reworded AND NOT told.gone AND line.activity_id = told.id
    )
    INSERT INTO inbox_unthreaded (brand_id, activity, conversation)
    SELECT brand_id, id, NULL FROM told UNION ALL SELECT brand_id, NULL, conversation_id FROM cut;
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_changed AFTER UPDATE ON listen_activity
    REFERENCING OLD TABLE AS former NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION inbox_changed();

CREATE FUNCTION inbox_activity_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH cut AS (
        DELETE FROM inbox_message line USING gone WHERE line.activity_id = gone.id
        RETURNING line.brand_id, line.conversation_id
    )
    INSERT INTO inbox_unthreaded (brand_id, conversation) SELECT DISTINCT brand_id, conversation_id FROM cut;
    DELETE FROM inbox_spoken spoken USING gone WHERE spoken.id = gone.id;
    DELETE FROM inbox_unthreaded waiting USING gone WHERE waiting.activity = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_activity_gone AFTER DELETE ON listen_activity
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION inbox_activity_gone();
"""
ACTIVITIES_BACK = """
DROP TRIGGER inbox_activity_gone ON listen_activity;
DROP FUNCTION inbox_activity_gone();
DROP TRIGGER inbox_changed ON listen_activity;
DROP FUNCTION inbox_changed();
DROP TRIGGER inbox_come ON listen_activity;
DROP FUNCTION inbox_come();
"""
SIDES = """
CREATE FUNCTION inbox_account_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO inbox_unthreaded (brand_id, account, turned)
    VALUES (NEW.brand_id, NEW.id, OLD.role <> NEW.role AND 'own' IN (OLD.role, NEW.role));
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_account_changed AFTER UPDATE OF role, told_kind, person_id ON listen_account
    FOR EACH ROW WHEN ((OLD.role, OLD.told_kind, OLD.person_id) IS DISTINCT FROM (NEW.role, NEW.told_kind, NEW.person_id))
    EXECUTE FUNCTION inbox_account_changed();

CREATE FUNCTION inbox_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO inbox_unthreaded (brand_id, account)
    SELECT brand_id, id FROM listen_account WHERE person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_person_changed AFTER UPDATE OF kind ON people_person
    FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION inbox_person_changed();
"""
SIDES_BACK = """
DROP TRIGGER inbox_person_changed ON people_person;
DROP FUNCTION inbox_person_changed();
DROP TRIGGER inbox_account_changed ON listen_account;
DROP FUNCTION inbox_account_changed();
"""
# What was read, and what became of an answer, change whose turn it is.
FACTS = """
CREATE FUNCTION inbox_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO inbox_unthreaded (brand_id, conversation)
    SELECT DISTINCT line.brand_id, line.conversation_id FROM come JOIN inbox_message line ON line.activity_id = come.id;
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_read AFTER INSERT ON reading_reading
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION inbox_read();
CREATE TRIGGER inbox_read_again AFTER UPDATE ON reading_reading
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION inbox_read();

CREATE FUNCTION inbox_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'failed' THEN
        -- They still wait, whatever was said when it was sent.
        UPDATE inbox_conversation SET state_said = false WHERE id = NEW.conversation_id AND state <> 'snoozed';
    END IF;
    INSERT INTO inbox_unthreaded (brand_id, conversation) VALUES (NEW.brand_id, NEW.conversation_id);
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_sent AFTER UPDATE OF state ON outbox_outgoing
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.conversation_id IS NOT NULL)
    EXECUTE FUNCTION inbox_sent();
"""
FACTS_BACK = """
DROP TRIGGER inbox_sent ON outbox_outgoing;
DROP FUNCTION inbox_sent();
DROP TRIGGER inbox_read_again ON reading_reading;
DROP TRIGGER inbox_read ON reading_reading;
DROP FUNCTION inbox_read();
"""
# Members' words about an erased person go with their conversations; elsewhere their handle and full name go.
ERASED = r"""
CREATE FUNCTION inbox_conversation_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM inbox_note known USING gone WHERE known.conversation_id = gone.id;
    DELETE FROM inbox_draft known USING gone WHERE known.conversation_id = gone.id;
    DELETE FROM inbox_step known USING gone WHERE known.conversation_id = gone.id;
    DELETE FROM inbox_presence known USING gone WHERE known.conversation_id = gone.id;
    DELETE FROM inbox_message known USING gone WHERE known.conversation_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_conversation_gone AFTER DELETE ON inbox_conversation
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION inbox_conversation_gone();

CREATE FUNCTION inbox_named(network_id text, handle text, name text, url text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT '(?:' || string_agg(regexp_replace(word, '([^[:alnum:]_])', '\\\1', 'g'), '|' ORDER BY length(word) DESC)
           || ')(?![[:alnum:]_])'
    FROM unnest(ARRAY['@' || nullif(ltrim(handle, '@'), ''), '@' || nullif(network_id, ''),
                      CASE WHEN name ~ '\S\s+\S' THEN name END, nullif(url, '')]) word
$$;
CREATE FUNCTION inbox_account_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM inbox_conversation known USING gone WHERE known.account_id = gone.id;
    UPDATE inbox_note known SET text = regexp_replace(known.text, named.words, '[…]', 'gi')
    FROM (SELECT brand_id, string_agg(inbox_named(network_id, handle, name, url), '|') AS words FROM gone GROUP BY 1) named
    WHERE known.brand_id = named.brand_id AND known.text ~* named.words;
    UPDATE inbox_draft known SET text = regexp_replace(known.text, named.words, '[…]', 'gi')
    FROM (SELECT brand_id, string_agg(inbox_named(network_id, handle, name, url), '|') AS words FROM gone GROUP BY 1) named
    WHERE known.brand_id = named.brand_id AND known.text ~* named.words;
    -- Searches for exactly this person: by number, by handle or name (four letters and more).
    DELETE FROM inbox_view known USING gone
    WHERE known.brand_id = gone.brand_id AND (
        known.query ~ ('(^|&)person=' || gone.person_id || '(&|$)')
        OR known.query LIKE '%q=%' AND EXISTS (
            SELECT FROM unnest(ARRAY[ltrim(gone.handle, '@'), replace(gone.name, ' ', '+')]) word
            WHERE length(word) >= 4 AND position(lower(word) IN lower(known.query)) > 0));
    UPDATE inbox_spoken known SET toward = NULL FROM gone WHERE known.toward = gone.id;
    DELETE FROM inbox_unthreaded waiting USING gone WHERE waiting.account = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER inbox_account_gone AFTER DELETE ON listen_account
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION inbox_account_gone();
"""
ERASED_BACK = """
DROP TRIGGER inbox_account_gone ON listen_account;
DROP FUNCTION inbox_account_gone();
DROP FUNCTION inbox_named(text, text, text, text);
DROP TRIGGER inbox_conversation_gone ON inbox_conversation;
DROP FUNCTION inbox_conversation_gone();
"""
# What was taken in before: each brand is told from its first act on.
ALL = "INSERT INTO inbox_unthreaded (brand_id) SELECT id FROM core_brand"


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0002_lines"),
        ("outbox", "0001_initial"),
        ("people", "0005_warmth"),
        ("reading", "0007_unindexed"),
    ]
    operations = [
        migrations.RunSQL(ACTIVITIES, ACTIVITIES_BACK),
        migrations.RunSQL(SIDES, SIDES_BACK),
        migrations.RunSQL(FACTS, FACTS_BACK),
        migrations.RunSQL(ERASED, ERASED_BACK),
        migrations.RunSQL(ALL, migrations.RunSQL.noop),
    ]
