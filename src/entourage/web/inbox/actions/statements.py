"""The SQL of threading: set-based, on what changed only. Doing it twice changes nothing.

Which messages ask, what answers them and what a thread is stand as in the audit (``results.bridge.conversations``).
Its temporary tables belong to one transaction of one connection.
"""

from __future__ import annotations

from entourage.web.reading.queries.search import STEMMED

#: Characters of a message that the search sees: as many as are read.
READ_CHARS = 4_000

TAKE = """
CREATE TEMP TABLE inbox_taken (activity uuid, account uuid, turned boolean, conversation bigint) ON COMMIT DROP;
WITH taken AS (
    DELETE FROM inbox_unthreaded WHERE number IN (
        SELECT number FROM inbox_unthreaded WHERE brand_id = %(brand)s ORDER BY number LIMIT %(most)s)
    RETURNING activity, account, turned, conversation
)
INSERT INTO inbox_taken SELECT * FROM taken
"""
#: How many rows were taken; whether the whole brand, some account, or what is turned to some account must be told.
TAKEN = """
SELECT count(*), coalesce(bool_or(activity IS NULL AND account IS NULL AND conversation IS NULL), false),
       coalesce(bool_or(account IS NOT NULL), false), coalesce(bool_or(turned), false)
FROM inbox_taken
"""
#: The brand's first telling, and telling it anew: every act that may matter waits again, the oldest first.
ALL = """
INSERT INTO inbox_unthreaded (brand_id, activity)
SELECT brand_id, id FROM listen_activity WHERE brand_id = %(brand)s AND act = ANY(%(answering)s) ORDER BY at
"""
OF_ACCOUNTS = """
INSERT INTO inbox_taken (activity)
SELECT told.id FROM inbox_taken waiting JOIN listen_activity told ON told.account_id = waiting.account
"""
TO_ACCOUNTS = """
INSERT INTO inbox_taken (activity)
SELECT told.id FROM listen_activity told
WHERE told.brand_id = %(brand)s AND told.toward_id IN (SELECT account FROM inbox_taken WHERE turned)
"""
# What stands below a message, where no network told the thread, moves with it. UNION ends loops of bad data.
TOUCHED = """
CREATE TEMP TABLE inbox_touched ON COMMIT DROP AS
WITH RECURSIVE below AS (
    SELECT activity AS id FROM inbox_taken WHERE activity IS NOT NULL
    UNION
    SELECT told.id FROM below JOIN listen_activity told ON told.reply_to = below.id AND told.context IS NULL
)
SELECT id FROM below;
CREATE UNIQUE INDEX ON inbox_touched (id);
ANALYZE inbox_touched
"""
# What people say to us; who is staff, or a bot, asks nothing.
ASKED = """
CREATE TEMP TABLE inbox_asked ON COMMIT DROP AS
SELECT told.id, told.account_id AS account, told.toward_id AS page, told.reply_to, told.context
FROM inbox_touched touched
JOIN listen_activity told ON told.id = touched.id
JOIN listen_account page ON page.id = told.toward_id AND page.role = 'own'
JOIN listen_account who ON who.id = told.account_id AND who.role = 'public' AND who.told_kind <> 'bot'
LEFT JOIN people_person person ON person.id = who.person_id
WHERE told.brand_id = %(brand)s AND told.deleted_at IS NULL AND told.act = ANY(%(asking)s)
  AND coalesce(person.kind, 'public') = 'public';
ANALYZE inbox_asked
"""
# What we say; what a bot of ours says is no answer.
SAID = """
CREATE TEMP TABLE inbox_said ON COMMIT DROP AS
SELECT told.id, told.toward_id AS toward, told.reply_to, told.context
FROM inbox_touched touched
JOIN listen_activity told ON told.id = touched.id
JOIN listen_account page ON page.id = told.account_id AND page.role = 'own' AND page.told_kind <> 'bot'
WHERE told.brand_id = %(brand)s AND told.deleted_at IS NULL AND told.act = ANY(%(answering)s);
ANALYZE inbox_said
"""
# The thread of each: what the network tells, else the top of its chain of replies, else itself.
THREADS = """
CREATE TEMP TABLE inbox_thread ON COMMIT DROP AS
WITH RECURSIVE told AS (
    SELECT id, reply_to, context FROM inbox_asked UNION ALL SELECT id, reply_to, context FROM inbox_said
), climb AS (
    SELECT id, reply_to AS top, reply_to AS next, 1 AS depth FROM told WHERE context IS NULL AND reply_to IS NOT NULL
    UNION ALL
    SELECT climb.id, coalesce(above.context, above.reply_to, climb.top),
           CASE WHEN above.context IS NULL THEN above.reply_to END, climb.depth + 1
    FROM climb JOIN listen_activity above ON above.id = climb.next
    WHERE climb.next IS NOT NULL AND climb.depth < %(deepest)s
), topmost AS (SELECT DISTINCT ON (id) id, top FROM climb ORDER BY id, depth DESC)
SELECT told.id, coalesce(told.context, topmost.top, told.id) AS thread
FROM told LEFT JOIN topmost ON topmost.id = told.id;
CREATE UNIQUE INDEX ON inbox_thread (id);
ANALYZE inbox_thread
"""
SPOKEN = """
DELETE FROM inbox_spoken known USING inbox_touched touched
WHERE known.id = touched.id AND NOT EXISTS (SELECT FROM inbox_said said WHERE said.id = touched.id);
INSERT INTO inbox_spoken (id, brand_id, thread, toward)
SELECT said.id, %(brand)s, thread.thread, said.toward
FROM inbox_said said JOIN inbox_thread thread ON thread.id = said.id
ON CONFLICT (id) DO UPDATE SET thread = excluded.thread, toward = excluded.toward
    WHERE (inbox_spoken.thread, inbox_spoken.toward) IS DISTINCT FROM (excluded.thread, excluded.toward)
"""
_ASKED_KEY = "md5(thread.thread::text || asked.account::text)::uuid"
_SPOKEN_KEY = "md5(spoken.thread::text || spoken.toward::text)::uuid"
# One row for each thread and account; its facts are told at the end of the turn.
BEGUN = f"""
CREATE TEMP TABLE inbox_begun (id bigint) ON COMMIT DROP;
WITH begun AS (
    INSERT INTO inbox_conversation (brand_id, key, network, place, page_id, account_id, thread, subject, state,
        department, department_said, labels, asked_at, last_in_at, messages, intent, language, due_what, state_said,
        changed_at)
    SELECT DISTINCT ON (thread.thread, asked.account) %(brand)s, {_ASKED_KEY},
           told.network, 'public', asked.page, asked.account, thread.thread, '', 'open', '', false, '{{}}', told.at,
           told.at, 0, '', '', '', false, %(now)s
    FROM inbox_asked asked
    JOIN inbox_thread thread ON thread.id = asked.id
    JOIN listen_activity told ON told.id = asked.id
    ORDER BY thread.thread, asked.account, told.at, told.id
    ON CONFLICT (brand_id, key) DO NOTHING
    RETURNING id
)
INSERT INTO inbox_begun SELECT id FROM begun
"""
# Whose facts must be told: what was asked for, where these messages stood, and where they stand now.
MOVED = f"""
CREATE TEMP TABLE inbox_moved (id bigint PRIMARY KEY) ON COMMIT DROP;
CREATE TEMP TABLE inbox_line (activity uuid, conversation bigint) ON COMMIT DROP;
INSERT INTO inbox_line
SELECT asked.id, conversation.id
FROM inbox_asked asked JOIN inbox_thread thread ON thread.id = asked.id
JOIN inbox_conversation conversation ON conversation.brand_id = %(brand)s
    AND conversation.key = {_ASKED_KEY};
ANALYZE inbox_line;
INSERT INTO inbox_moved
SELECT conversation FROM inbox_taken WHERE conversation IS NOT NULL
UNION SELECT line.conversation_id FROM inbox_touched touched JOIN inbox_message line ON line.activity_id = touched.id
UNION SELECT conversation FROM inbox_line
ON CONFLICT DO NOTHING;
ANALYZE inbox_moved
"""
_CASES = " ".join(f"WHEN '{one}' THEN to_tsvector('reading_{one}', left(told.text, {READ_CHARS}))" for one in STEMMED)
# Where the network does not tell the language, those of English and of French.
_WORDS = f"""
to_tsvector('reading_plain', left(told.text, {READ_CHARS})) || CASE left(told.language, 2) {_CASES}
ELSE to_tsvector('reading_en', left(told.text, {READ_CHARS}))
     || to_tsvector('reading_fr', left(told.text, {READ_CHARS})) END
"""
# What stands there as it should is left alone: to see its words anew would cost as much as to write them.
_PUT = f"""
    INSERT INTO inbox_message (activity_id, conversation_id, brand_id, at, inward, words)
    SELECT wanted.activity, wanted.conversation, %(brand)s, told.at, {{inward}}, {_WORDS}
    FROM {{wanted}} wanted JOIN listen_activity told ON told.id = wanted.activity
    LEFT JOIN inbox_message known ON known.activity_id = wanted.activity AND known.conversation_id = wanted.conversation
    WHERE known.words IS NULL OR (known.at, known.inward) <> (told.at, {{inward}})
    ON CONFLICT (activity_id, conversation_id) DO UPDATE
    SET at = excluded.at, inward = excluded.inward, words = excluded.words
"""
ASKED_LINES = f"""
DELETE FROM inbox_message line USING inbox_touched touched
WHERE line.activity_id = touched.id AND line.inward AND NOT EXISTS (
    SELECT FROM inbox_line wanted WHERE wanted.activity = touched.id AND wanted.conversation = line.conversation_id);
CREATE TEMP TABLE inbox_fresh (conversation bigint, at timestamptz) ON COMMIT DROP;
WITH put AS (
    {_PUT.format(inward="true", wanted="inbox_line")}
    RETURNING conversation_id, at, xmax = 0 AS fresh
)
INSERT INTO inbox_fresh SELECT conversation_id, max(at) FROM put WHERE fresh GROUP BY 1;
DELETE FROM inbox_conversation conversation USING inbox_moved moved
WHERE conversation.id = moved.id AND conversation.brand_id = %(brand)s AND NOT EXISTS (
    SELECT FROM inbox_message line WHERE line.conversation_id = moved.id AND line.inward)
"""
# Words of ours that may stand elsewhere now: touched themselves, below a touched message, or turned to somebody in one
# of these conversations.
ANSWERS = """
CREATE TEMP TABLE inbox_answer ON COMMIT DROP AS
SELECT id FROM inbox_touched
UNION SELECT spoken.id FROM inbox_touched touched JOIN listen_activity told ON told.reply_to = touched.id
    JOIN inbox_spoken spoken ON spoken.id = told.id
UNION SELECT spoken.id FROM inbox_moved moved JOIN inbox_conversation conversation ON conversation.id = moved.id
    JOIN inbox_spoken spoken ON spoken.thread = conversation.thread AND spoken.toward = conversation.account_id;
CREATE UNIQUE INDEX ON inbox_answer (id);
ANALYZE inbox_answer
"""
# It names the message it answers, or the person it is turned to; one answer may be to both.
ANSWER_LINES = f"""
CREATE TEMP TABLE inbox_reply ON COMMIT DROP AS
SELECT spoken.id AS activity, line.conversation_id AS conversation
FROM inbox_answer answer JOIN inbox_spoken spoken ON spoken.id = answer.id
JOIN listen_activity told ON told.id = spoken.id
JOIN inbox_message line ON line.activity_id = told.reply_to AND line.inward
UNION
SELECT spoken.id, conversation.id
FROM inbox_answer answer JOIN inbox_spoken spoken ON spoken.id = answer.id
JOIN inbox_conversation conversation ON conversation.brand_id = %(brand)s
    AND conversation.key = {_SPOKEN_KEY};
ANALYZE inbox_reply;
WITH cut AS (
    DELETE FROM inbox_message line USING inbox_answer answer
    WHERE line.activity_id = answer.id AND NOT line.inward AND NOT EXISTS (
        SELECT FROM inbox_reply wanted WHERE wanted.activity = answer.id AND wanted.conversation = line.conversation_id)
    RETURNING line.conversation_id
), put AS (
    {_PUT.format(inward="false", wanted="inbox_reply")}
    RETURNING conversation_id
)
INSERT INTO inbox_moved SELECT conversation_id FROM cut UNION SELECT conversation_id FROM put ON CONFLICT DO NOTHING
"""
#: In this order; each is one step of a turn.
STEPS = (TOUCHED, ASKED, SAID, THREADS, SPOKEN, BEGUN, MOVED, ASKED_LINES, ANSWERS, ANSWER_LINES)
