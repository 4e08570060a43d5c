"""The SQL that tells a conversation's facts from its messages, what was read in them, and what is on its way.

Whose turn it is follows from these alone, unless a member said it:

- their last words have no answer: open, or lapsed once they are too old to be answered;
- what they wrote after our answer is thanks or praise, or all is spam or an entry to a contest: resolved;
- our words are the last: waiting for them, resolved once they have been silent for a while.

A message that has not been read, or in which the reader is not certain of an intent, calls for an answer.
"""

from __future__ import annotations

from datetime import timedelta

from entourage.web.outbox.queries.leaving import on_its_way

#: Older questions are on nobody's list: an answer after a month does more harm than good.
LAPSES = timedelta(days=30)
#: Who has said nothing for so long after our answer has what they wanted.
SETTLES = timedelta(days=7)
#: What calls for no answer, ever; and what calls for none once we have answered, unless it is against us.
NEVER = ("spam", "contest_entry")
AFTERWARDS = ("spam", "contest_entry", "thanks", "praise")

MOVED = "CREATE TEMP TABLE inbox_moved (id bigint PRIMARY KEY) ON COMMIT DROP"
MOVE = "INSERT INTO inbox_moved SELECT unnest(%(ids)s::bigint[]) ON CONFLICT DO NOTHING"
UNTHREADED = """
CREATE TEMP TABLE IF NOT EXISTS inbox_begun (id bigint) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS inbox_fresh (conversation bigint, at timestamptz) ON COMMIT DROP
"""
# Rows are locked in the order of their numbers, so that two who write many of them never wait for each other.
BEFORE = """
ANALYZE inbox_moved; ANALYZE inbox_begun; ANALYZE inbox_fresh;
CREATE TEMP TABLE inbox_before ON COMMIT DROP AS
SELECT known.id, known.state FROM inbox_conversation known
WHERE known.id IN (SELECT id FROM inbox_moved) AND known.brand_id = %(brand)s ORDER BY known.id FOR UPDATE;
ANALYZE inbox_before
"""
_SENT = f"""
SELECT outgoing.conversation_id AS id, min(outgoing.created_at) AS first, max(outgoing.created_at) AS last
FROM inbox_before known JOIN outbox_outgoing outgoing
    ON outgoing.brand_id = %(brand)s AND outgoing.conversation_id = known.id
WHERE {on_its_way("outgoing", told="inbox_message.activity_id")}
GROUP BY 1
"""
SUMS = f"""
CREATE TEMP TABLE inbox_sums ON COMMIT DROP AS
WITH sent AS ({_SENT}), sums AS (
    SELECT line.conversation_id AS id, count(*) AS messages,
           min(line.at) FILTER (WHERE line.inward) AS asked, max(line.at) FILTER (WHERE line.inward) AS heard,
           max(line.at) FILTER (WHERE NOT line.inward) AS told
    FROM inbox_before known JOIN inbox_message line ON line.conversation_id = known.id
    GROUP BY 1
)
SELECT sums.id, sums.messages, sums.asked, sums.heard, greatest(sums.told, sent.last) AS told, sent.first AS sent
FROM sums LEFT JOIN sent ON sent.id = sums.id
WHERE sums.asked IS NOT NULL;
CREATE UNIQUE INDEX ON inbox_sums (id);
ANALYZE inbox_sums
"""
# Theirs with what was read in them: whether it comes after our last words, and whether it calls for an answer.
THEIRS = """
CREATE TEMP TABLE inbox_theirs ON COMMIT DROP AS
SELECT sums.id, line.activity_id AS activity, line.at, read.vehemence, read.sign, read.intent, read.department,
       read.language, coalesce(line.at > sums.told, true) AS pending,
       coalesce(line.at > sums.told, true) AND NOT coalesce(
           read.intent = ANY(%(never)s)
           OR sums.told IS NOT NULL AND read.intent = ANY(%(afterwards)s) AND coalesce(read.sign, 0) >= 0,
           false) AS calls
FROM inbox_sums sums JOIN inbox_message line ON line.conversation_id = sums.id AND line.inward
LEFT JOIN reading_reading read ON read.id = line.activity_id;
ANALYZE inbox_theirs
"""
# What is shown of a conversation is of what calls for an answer, else of the last message; what was read for certain
# goes first.
TOLD = """
CREATE TEMP TABLE inbox_told ON COMMIT DROP AS
WITH shown AS (
    SELECT DISTINCT ON (id) id, sign, intent, department, language, vehemence FROM inbox_theirs
    ORDER BY id, calls DESC, coalesce(intent, '') <> '' DESC, at DESC, activity
), turn AS (
    SELECT id, bool_or(pending) AS pending, min(at) FILTER (WHERE calls) AS since,
           max(at) FILTER (WHERE calls) AS called, max(vehemence) FILTER (WHERE calls) AS vehemence
    FROM inbox_theirs GROUP BY id
)
SELECT sums.id, sums.messages, sums.asked, sums.heard, sums.told, turn.pending, turn.since, turn.called,
       coalesce(turn.vehemence, shown.vehemence) AS vehemence, shown.sign, coalesce(shown.intent, '') AS intent,
       coalesce(shown.department, '') AS department, coalesce(shown.language, '') AS language,
       least((SELECT min(line.at) FROM inbox_message line
              WHERE line.conversation_id = sums.id AND NOT line.inward AND line.at >= sums.asked),
             sums.sent) AS answered,
       CASE WHEN turn.called IS NOT NULL
            THEN CASE WHEN turn.called >= %(lapsed)s THEN 'open' ELSE 'lapsed' END
            WHEN NOT turn.pending AND sums.told >= %(settled)s THEN 'waiting'
            ELSE 'resolved' END AS state,
       CASE WHEN turn.called IS NOT NULL THEN NULL WHEN turn.pending THEN sums.heard ELSE sums.told + %(settles)s
            END AS resolved,
       coalesce(fresh.at > sums.told, fresh.at IS NOT NULL) AS news
FROM inbox_sums sums JOIN turn ON turn.id = sums.id JOIN shown ON shown.id = sums.id
LEFT JOIN inbox_fresh fresh ON fresh.conversation = sums.id;
CREATE UNIQUE INDEX ON inbox_told (id);
ANALYZE inbox_told
"""
_STATE = "CASE WHEN known.state_said AND NOT told.news THEN known.state ELSE told.state END"
_FACTS = {
    "messages": "told.messages",
    "asked_at": "told.asked",
    "last_in_at": "told.heard",
    "last_out_at": "told.told",
    "answered_at": "told.answered",
    "waiting_since": f"CASE WHEN {_STATE} IN ('resolved', 'waiting') THEN NULL ELSE told.since END",
    "resolved_at": f"""CASE WHEN {_STATE} <> 'resolved' THEN NULL
        WHEN known.state_said AND NOT told.news THEN known.resolved_at ELSE told.resolved END""",
    "state_said": "known.state_said AND NOT told.news",
    "snoozed_until": f"CASE WHEN {_STATE} = 'snoozed' THEN known.snoozed_until END",
    "state": _STATE,
    "vehemence": "told.vehemence",
    "sign": "told.sign",
    "intent": "told.intent",
    "language": "told.language",
    "department": "CASE WHEN known.department_said THEN known.department ELSE told.department END",
    "last_message_id": "last.activity_id",
    "page_id": "coalesce(first.toward_id, known.page_id)",
    "person_id": "who.person_id",
    "subject": "coalesce((SELECT text FROM listen_subject heading WHERE heading.activity = first.id), '')",
    "place": """CASE WHEN first.network = 'email' THEN 'email'
        WHEN first.act = 'message' THEN 'direct' ELSE 'public' END""",
}
STORE = f"""
UPDATE inbox_conversation known
SET changed_at = %(now)s, {", ".join(f"{name} = {told}" for name, told in _FACTS.items())}
FROM inbox_told told
JOIN inbox_conversation conversation ON conversation.id = told.id
JOIN listen_account who ON who.id = conversation.account_id
CROSS JOIN LATERAL (SELECT activity_id FROM inbox_message line WHERE line.conversation_id = told.id
                    ORDER BY at DESC, activity_id DESC LIMIT 1) last
CROSS JOIN LATERAL (
    SELECT activity.id, activity.toward_id, activity.network, activity.act FROM inbox_message line
    JOIN listen_activity activity ON activity.id = line.activity_id
    WHERE line.conversation_id = told.id AND line.inward ORDER BY line.at, line.activity_id LIMIT 1) first
WHERE known.id = told.id
  AND ({", ".join(f"known.{name}" for name in _FACTS)}) IS DISTINCT FROM ({", ".join(_FACTS.values())})
"""
# What happened by itself to a conversation that members may have seen is one of its steps.
NOTED = """
INSERT INTO inbox_step (brand_id, conversation_id, at, by_id, what, detail)
SELECT known.brand_id, known.id, %(now)s, NULL,
       CASE known.state WHEN 'open' THEN 'opened' ELSE known.state END,
       jsonb_build_object('why', CASE
           WHEN known.state = 'lapsed' THEN 'time'
           WHEN known.state = 'open' THEN CASE WHEN told.news THEN 'wrote' ELSE 'unanswered' END
           WHEN told.pending THEN coalesce(nullif(known.intent, ''), 'quiet') ELSE 'time' END)
FROM inbox_before before
JOIN inbox_conversation known ON known.id = before.id
JOIN inbox_told told ON told.id = known.id
WHERE before.state <> known.state AND known.state IN ('open', 'resolved', 'lapsed') AND NOT known.state_said
  AND NOT EXISTS (SELECT FROM inbox_begun begun WHERE begun.id = known.id)
"""
# Whoever comes back meets who knows them.
ASSIGNED = "SELECT EXISTS (SELECT FROM inbox_conversation WHERE brand_id = %(brand)s AND assignee_id IS NOT NULL)"
ASSIGN = """
UPDATE inbox_conversation known SET assignee_id = (
    SELECT other.assignee_id FROM inbox_conversation other
    WHERE other.brand_id = %(brand)s AND other.person_id = known.person_id AND other.id <> known.id
      AND other.assignee_id IN (SELECT id FROM core_member WHERE brand_id = %(brand)s AND role = ANY(%(able)s))
    ORDER BY other.last_in_at DESC, other.id DESC LIMIT 1)
WHERE known.id IN (SELECT id FROM inbox_begun) AND known.state = 'open' AND known.person_id IS NOT NULL
  AND known.assignee_id IS NULL
"""
# Who has written stands in the search and on pages of their own before anybody scores them.
UNMET = """
SELECT DISTINCT known.person_id FROM inbox_told told JOIN inbox_conversation known ON known.id = told.id
WHERE known.person_id IS NOT NULL AND NOT EXISTS (SELECT FROM people_person met WHERE met.id = known.person_id)
"""
#: In this order.
STEPS = (BEFORE, SUMS, THEIRS, TOLD, STORE, NOTED)
#: What time alone changes: conversations to look at again. One answered by our words was heard before them.
AGED = """
(SELECT id FROM inbox_conversation WHERE brand_id = %(brand)s AND state = 'open' AND last_in_at < %(lapsed)s
    AND NOT state_said LIMIT %(most)s)
UNION ALL
(SELECT id FROM inbox_conversation WHERE brand_id = %(brand)s AND state = 'waiting' AND last_in_at < %(settled)s
    AND last_out_at < %(settled)s AND NOT state_said LIMIT %(most)s)
"""
