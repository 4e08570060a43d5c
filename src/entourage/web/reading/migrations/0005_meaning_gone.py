"""Vectors, words and places in topics never outlive the reading; words are indexed as stems without accents."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

STEMMERS = {"de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "pt": "portuguese"}

GONE = """
CREATE FUNCTION reading_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM reading_vector USING gone WHERE reading_vector.id = gone.id;
    DELETE FROM reading_words USING gone WHERE reading_words.id = gone.id;
    DELETE FROM reading_topicmessage USING gone WHERE reading_topicmessage.activity_id = gone.id;
    DELETE FROM reading_findingmessage USING gone WHERE reading_findingmessage.activity_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_gone AFTER DELETE ON reading_reading
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION reading_gone();

CREATE FUNCTION reading_searches_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Somebody may have been looked for by name.
    DELETE FROM reading_search USING gone WHERE reading_search.brand_id = gone.brand_id;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_searches_gone AFTER DELETE ON listen_account
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION reading_searches_gone();
"""
GONE_BACK = """
DROP TRIGGER reading_searches_gone ON listen_account;
DROP FUNCTION reading_searches_gone();
DROP TRIGGER reading_gone ON reading_reading;
DROP FUNCTION reading_gone();
"""
# A vector is read whole or not at all, and hardly shrinks: it stays in the row.
NUMBERS = """
CREATE SEQUENCE reading_vector_number OWNED BY reading_vector.number;
ALTER TABLE reading_vector ALTER number SET DEFAULT nextval('reading_vector_number'),
    ALTER vector SET STORAGE PLAIN;
"""
NUMBERS_BACK = """
ALTER TABLE reading_vector ALTER number DROP DEFAULT;
DROP SEQUENCE reading_vector_number;
"""


def _configuration(name: str, source: str, dictionary: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TEXT SEARCH CONFIGURATION reading_{name} (COPY = pg_catalog.{source});"
        f"ALTER TEXT SEARCH CONFIGURATION reading_{name}"
        f" ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {dictionary};",
        f"DROP TEXT SEARCH CONFIGURATION reading_{name};",
    )


class Migration(migrations.Migration):
    dependencies = [("reading", "0004_meaning")]
    operations = [
        UnaccentExtension(),
        *(_configuration(language, name, f"{name}_stem") for language, name in STEMMERS.items()),
        _configuration("plain", "simple", "simple"),
        migrations.RunSQL(NUMBERS, NUMBERS_BACK),
        migrations.RunSQL(GONE, GONE_BACK),
    ]
