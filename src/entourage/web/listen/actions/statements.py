"""The SQL of taking in. Every statement works on a whole batch, and doing it twice changes nothing.

The batch stands in temporary tables of the connection: they belong to nobody else and vanish with a killed process.
"""

from __future__ import annotations

#: A row of activities as ``preparing`` writes it; the same for the table and for its stage.
COLUMNS = (
    "id, brand_id, account_id, network, network_id, act, at, toward_id, addressed, reply_to, context, text, url, "
    "language, tags, origin, rating, timing, edited_at, deleted_at, source_id"
)
TABLES = """
CREATE TEMP TABLE IF NOT EXISTS intake_account (
    id uuid, network text, network_id text, handle text, name text, url text, kind text, role text, told_at float8
) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS intake_activity (LIKE listen_activity) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS intake_rows (id uuid, rows int) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS intake_tie (kind text, source_id uuid, target_id uuid, weight float8)
    ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS intake_gone (id uuid, network text, network_id text, at float8)
    ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS intake_known (id uuid) ON COMMIT DELETE ROWS;
-- Analysed in the middle of a first batch, the big tables look empty, and are read whole for each row here: with these
-- two indexes that order, too, takes its time only once.
CREATE INDEX IF NOT EXISTS intake_account_id ON intake_account (id);
CREATE INDEX IF NOT EXISTS intake_known_id ON intake_known (id);
TRUNCATE intake_account, intake_activity, intake_rows, intake_tie, intake_gone, intake_known
"""

#: A batch of an import does not wait for the disk. Its rows and the import's own row are of one transaction: a crash
#: loses both or neither, and the import's last word, which does wait, makes all before it lasting too.
UNHURRIED = "SET LOCAL synchronous_commit = off"

#: What one run has named so far, to count each account and act of a file once without holding them in memory.
COUNTING = """
DROP TABLE IF EXISTS pg_temp.intake_named, pg_temp.intake_told;
CREATE TEMP TABLE intake_named (id uuid PRIMARY KEY);
CREATE TEMP TABLE intake_told (id uuid PRIMARY KEY)
"""
COUNT_NAMED = "INSERT INTO intake_named SELECT id FROM intake_account ON CONFLICT DO NOTHING"
#: Acts that were there before this run took in anything: %(again)s counts them all, for a run that was interrupted.
COUNT_TOLD = """
INSERT INTO intake_told SELECT s.id FROM intake_activity s JOIN listen_activity a USING (id)
WHERE s.act <> '' AND (%(again)s OR (a.source_id IS DISTINCT FROM %(source)s AND EXISTS (
    SELECT FROM intake_known k WHERE k.id = s.id)))
ON CONFLICT DO NOTHING
"""

#: What a file tells of erased people: needed to take their names out of what others wrote to them.
ERASED_TOLD = "SELECT id, network_id, handle, name, url FROM intake_account WHERE id = ANY(%(erased)s)"
_ANSWERS_ERASED = "reply_to IN (SELECT id FROM intake_activity WHERE account_id = ANY(%(erased)s))"
CLEAN_ERASED = f"""
UPDATE intake_activity SET text = regexp_replace(text, %(named)s, %(blank)s, 'gi')
WHERE toward_id = ANY(%(erased)s) OR addressed && %(erased)s OR {_ANSWERS_ERASED}
"""
#: Who answers the erased is turned to nobody: turned to no one in particular, it would count as turned to us.
DROP_ERASED = (
    "DELETE FROM intake_account WHERE id = ANY(%(erased)s)",
    "DELETE FROM intake_tie WHERE source_id = ANY(%(erased)s) OR target_id = ANY(%(erased)s)",
    f"UPDATE intake_activity SET toward_id = %(nobody)s WHERE toward_id IS NULL AND {_ANSWERS_ERASED}",
    """UPDATE intake_activity SET
        toward_id = CASE WHEN toward_id = ANY(%(erased)s) THEN %(nobody)s ELSE toward_id END,
        addressed = (SELECT array_agg(who) FROM unnest(addressed) who WHERE who <> ALL(%(erased)s))
    WHERE toward_id = ANY(%(erased)s) OR addressed && %(erased)s""",
)
DROP_ERASED_ACTS = """
WITH gone AS (DELETE FROM intake_activity WHERE account_id = ANY(%(erased)s) RETURNING id)
SELECT coalesce(sum(coalesce(r.rows, 1)), 0) FROM gone LEFT JOIN intake_rows r USING (id)
"""
ACCOUNTS_NAMED = """
SELECT id FROM intake_account UNION SELECT account_id FROM intake_activity UNION SELECT toward_id FROM intake_activity
WHERE toward_id IS NOT NULL UNION SELECT unnest(addressed) FROM intake_activity
UNION SELECT source_id FROM intake_tie UNION SELECT target_id FROM intake_tie
"""

#: Found once a statement: for each row, as long as the row itself takes.
_NEXT_PERSON = "nextval((SELECT pg_get_serial_sequence('people_person', 'id')::regclass))"
_RANK = "array_position(ARRAY['', 'bot', 'organisation', 'own', 'marked'], {}.{})"

INSERT_ACCOUNTS = f"""
INSERT INTO listen_account (id, brand_id, network, network_id, handle, name, url, role, told_kind, told_at, person_id)
SELECT s.id, %(brand)s, s.network, s.network_id, s.handle, s.name, s.url, s.role, s.kind, to_timestamp(s.told_at),
    CASE WHEN s.role = 'public' THEN {_NEXT_PERSON} END
FROM intake_account s
WHERE NOT EXISTS (SELECT FROM listen_account a WHERE a.id = s.id)
ORDER BY s.id
ON CONFLICT (id) DO NOTHING
"""
#: The newest telling of a name wins, an empty one never; the surest telling of a role wins.
UPDATE_ACCOUNTS = f"""
WITH told AS (
    SELECT a.id, a.role AS role_before, s.kind, s.role,
        {_RANK.format("s", "kind")} > {_RANK.format("a", "told_kind")} OR s.kind = 'marked' AS surer,
        CASE WHEN s.handle <> '' AND (newer OR a.handle = '') THEN s.handle ELSE a.handle END AS handle,
        CASE WHEN s.name <> '' AND (newer OR a.name = '') THEN s.name ELSE a.name END AS name,
        CASE WHEN s.url <> '' AND (newer OR a.url = '') THEN s.url ELSE a.url END AS url,
        greatest(a.told_at, to_timestamp(s.told_at)) AS told_at
    FROM intake_account s JOIN listen_account a USING (id),
        LATERAL (SELECT coalesce(to_timestamp(s.told_at) >= a.told_at, true) AS newer) moments
), changed AS (
    UPDATE listen_account a SET handle = t.handle, name = t.name, url = t.url, told_at = t.told_at,
        told_kind = CASE WHEN t.surer THEN t.kind ELSE a.told_kind END,
        role = CASE WHEN t.surer THEN t.role ELSE a.role END,
        person_id = CASE WHEN CASE WHEN t.surer THEN t.role ELSE a.role END = 'public'
            THEN coalesce(a.person_id, {_NEXT_PERSON}) END
    FROM told t
    WHERE a.id = t.id AND (t.surer AND (t.kind, t.role) <> (a.told_kind, a.role)
        OR a.role = 'public' AND a.person_id IS NULL
        OR (t.handle, t.name, t.url) IS DISTINCT FROM (a.handle, a.name, a.url))
    RETURNING a.id, t.role_before, a.role
)
SELECT id FROM changed WHERE role <> role_before
"""

#: Of several addressees: ours first, then a competitor's, then the first one named.
CHOOSE_TOWARD = """
UPDATE intake_activity s SET toward_id = coalesce((
    SELECT a.id FROM unnest(s.addressed) WITH ORDINALITY AS named(id, place) JOIN listen_account a USING (id)
    WHERE a.role <> 'public' ORDER BY a.role = 'own' DESC, place LIMIT 1), s.addressed[1])
WHERE s.addressed IS NOT NULL
"""
#: What a withdrawn account wrote until then is dead on arrival.
BURY_GONE = """
UPDATE intake_activity s SET deleted_at = least(s.deleted_at, a.gone_at), text = '', url = '', tags = NULL
FROM listen_account a
WHERE a.brand_id = %(brand)s AND a.gone_at IS NOT NULL AND a.id = s.account_id AND s.at <= a.gone_at
"""

#: Whether rows may go straight into the table: nobody was erased, no account withdrawn.
PLAIN = """
SELECT NOT EXISTS (SELECT FROM listen_erased WHERE brand_id = %(brand)s)
    AND NOT EXISTS (SELECT FROM listen_account WHERE brand_id = %(brand)s AND gone_at IS NOT NULL)
"""
#: In the file's order, which is that of time: two of the three indexes then grow at their end (sorted by key: +30 %).
INSERT_ACTIVITIES = f"""
WITH fresh AS (
    INSERT INTO listen_activity ({COLUMNS}) SELECT {COLUMNS} FROM intake_activity
    ON CONFLICT (id) DO NOTHING
    RETURNING id
)
INSERT INTO intake_known SELECT id FROM intake_activity s WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.id = s.id)
"""
COUNT_FRESH_ACTS = """
SELECT count(*) FROM intake_activity s WHERE act <> '' AND NOT EXISTS (SELECT FROM intake_known k WHERE k.id = s.id)
"""
#: A newer edition replaces an older one; a deletion takes the words and stays; a bare tombstone learns whose it was.
_CHANGES = """(
    s.act <> '' AND a.act = ''
    OR s.deleted_at IS NOT NULL AND (a.deleted_at IS NULL OR s.deleted_at < a.deleted_at)
    OR s.act <> '' AND s.edited_at > coalesce(a.edited_at, '-infinity')
)"""
CHANGE_ACTIVITIES = f"""
WITH told AS (
    SELECT s.*, s.act <> '' AND (
        a.act = '' OR s.edited_at > coalesce(a.edited_at, '-infinity')) AS newer,
        s.deleted_at IS NOT NULL OR a.deleted_at IS NOT NULL AS dead
    FROM intake_known k JOIN intake_activity s USING (id) JOIN listen_activity a USING (id)
    WHERE {_CHANGES}
), changed AS (
    UPDATE listen_activity a SET
        account_id = CASE WHEN t.newer THEN t.account_id ELSE a.account_id END,
        act = CASE WHEN t.newer THEN t.act ELSE a.act END,
        at = CASE WHEN t.newer THEN t.at ELSE a.at END,
        toward_id = CASE WHEN t.newer THEN t.toward_id ELSE a.toward_id END,
        addressed = CASE WHEN t.newer THEN t.addressed ELSE a.addressed END,
        reply_to = CASE WHEN t.newer THEN t.reply_to ELSE a.reply_to END,
        context = CASE WHEN t.newer THEN t.context ELSE a.context END,
        language = CASE WHEN t.newer THEN t.language ELSE a.language END,
        origin = CASE WHEN t.newer THEN t.origin ELSE a.origin END,
        rating = CASE WHEN t.newer THEN t.rating ELSE a.rating END,
        timing = CASE WHEN t.newer THEN t.timing ELSE a.timing END,
        edited_at = CASE WHEN t.newer THEN t.edited_at ELSE a.edited_at END,
        text = CASE WHEN t.dead THEN '' WHEN t.newer THEN t.text ELSE a.text END,
        url = CASE WHEN t.dead THEN '' WHEN t.newer THEN t.url ELSE a.url END,
        tags = CASE WHEN t.dead THEN NULL WHEN t.newer THEN t.tags ELSE a.tags END,
        deleted_at = least(a.deleted_at, t.deleted_at)
    FROM told t WHERE a.id = t.id
    RETURNING a.id
), forgotten AS (
    DELETE FROM intake_known k USING changed c WHERE k.id = c.id
)
SELECT count(*) FROM changed
"""
#: What is left of the known ones was repeated word for word, or told otherwise without being newer.
REPEATED_ROWS = "SELECT coalesce(sum(coalesce(r.rows, 1)), 0) FROM intake_known LEFT JOIN intake_rows r USING (id)"
CONFLICTS = """
SELECT s.network_id, count(*) OVER ()
FROM intake_known k JOIN intake_activity s USING (id) JOIN listen_activity a USING (id)
WHERE s.act <> '' AND a.deleted_at IS NULL AND s.edited_at IS NOT DISTINCT FROM a.edited_at
    AND (s.act, s.account_id, s.text) IS DISTINCT FROM (a.act, a.account_id, a.text)
ORDER BY s.network_id LIMIT %(limit)s
"""

#: An undated tie is set, never added up: the same file twice tells the same.
TIES = """
WITH told AS (
    INSERT INTO listen_tie (brand_id, kind, source_id, target_id, weight)
    SELECT %(brand)s, kind, source_id, target_id, max(weight) FROM intake_tie
    GROUP BY kind, source_id, target_id ORDER BY kind, source_id, target_id
    ON CONFLICT (brand_id, kind, source_id, target_id) DO UPDATE SET weight = excluded.weight
    WHERE listen_tie.weight <> excluded.weight
    RETURNING 1
)
SELECT count(*) FROM told
"""
#: A withdrawn account that was never seen is remembered without a person: its acts may still arrive.
UNSEEN_GONE = """
INSERT INTO listen_account (id, brand_id, network, network_id, handle, name, url, role, told_kind, gone_at)
SELECT id, %(brand)s, network, network_id, '', '', '', 'public', '', to_timestamp(max(at)) FROM intake_gone g
WHERE NOT EXISTS (SELECT FROM listen_account a WHERE a.id = g.id)
GROUP BY id, network, network_id ORDER BY id
ON CONFLICT (id) DO NOTHING
"""
GONE_ACCOUNTS = """
UPDATE listen_account a SET gone_at = greatest(a.gone_at, to_timestamp(g.at)) FROM intake_gone g
WHERE a.id = g.id AND (a.gone_at IS NULL OR a.gone_at < to_timestamp(g.at))
"""
GONE_ACTIVITIES = """
UPDATE listen_activity a SET deleted_at = to_timestamp(g.at), text = '', url = '', tags = NULL FROM intake_gone g
WHERE a.account_id = g.id AND a.brand_id = %(brand)s AND a.at <= to_timestamp(g.at) AND a.deleted_at IS NULL
"""

#: Who answers is turned to whom they answer; who goes on in their own thread stays turned to whom it was.
ADOPT = """
UPDATE listen_activity a SET toward_id = CASE WHEN p.account_id = a.account_id THEN p.toward_id ELSE p.account_id END
FROM listen_activity p
WHERE a.brand_id = %(brand)s AND a.toward_id IS NULL AND a.reply_to IS NOT NULL AND a.deleted_at IS NULL
    AND p.id = a.reply_to AND p.act <> '' AND (p.account_id <> a.account_id OR p.toward_id IS NOT NULL)
"""
#: Only of these acts and of those that answer them.
ADOPT_NEAR = f"{ADOPT} AND (a.id = ANY(%(near)s) OR a.reply_to = ANY(%(near)s)) RETURNING a.id"
#: The same for what is turned to several, once accounts have changed sides.
TURN = """
WITH told AS (
    SELECT s.id, coalesce((
        SELECT a.id FROM unnest(s.addressed) WITH ORDINALITY AS named(id, place) JOIN listen_account a USING (id)
        WHERE a.role <> 'public' ORDER BY a.role = 'own' DESC, place LIMIT 1), s.addressed[1]) AS toward_id
    FROM listen_activity s WHERE s.brand_id = %(brand)s AND s.addressed IS NOT NULL
)
UPDATE listen_activity a SET toward_id = t.toward_id FROM told t
WHERE a.id = t.id AND a.toward_id IS DISTINCT FROM t.toward_id
"""

#: None of what is turned to somebody who was erased: an answer's subject repeats their own words.
SUBJECTS = """
INSERT INTO listen_subject (activity, brand_id, text)
SELECT a.id, %(brand)s, told.subject
FROM unnest(%(keys)s::uuid[], %(subjects)s::text[]) told(id, subject)
JOIN listen_activity a ON a.id = told.id AND a.deleted_at IS NULL AND a.toward_id IS DISTINCT FROM %(nobody)s::uuid
ON CONFLICT (activity) DO UPDATE SET text = excluded.text WHERE listen_subject.text <> excluded.text
"""
