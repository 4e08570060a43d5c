"""The SQL of reconciliation: what a network told of a stretch, beside what is here."""

from __future__ import annotations

TABLE = """
CREATE TEMP TABLE IF NOT EXISTS told_there (id uuid PRIMARY KEY, at timestamptz);
CREATE TEMP TABLE IF NOT EXISTS told_no_more (id uuid PRIMARY KEY, network_id text);
TRUNCATE told_there, told_no_more
"""
HEARD = """
INSERT INTO told_there SELECT * FROM unnest(%(keys)s::uuid[], %(moments)s::timestamptz[])
ON CONFLICT (id) DO NOTHING
"""
#: Only what a connection brought (a file's rows are not the network's to take back), only words that somebody wrote,
#: and only what is by this account or turned to it: the rest, no history promises.
MISSING = """
INSERT INTO told_no_more
SELECT a.id, a.network_id FROM listen_activity a
WHERE a.brand_id = %(brand)s AND a.network = %(network)s AND a.at >= %(since)s AND a.at < %(settled)s
    AND a.source_id IS NULL AND a.deleted_at IS NULL
    AND a.act IN ('post', 'reply', 'comment', 'mention', 'message', 'review', 'idea', 'help')
    AND (a.account_id = %(account)s OR a.toward_id = %(account)s OR a.addressed @> ARRAY[%(account)s::uuid])
    AND NOT EXISTS (SELECT FROM told_there t WHERE t.id = a.id)
"""
WITHDRAW = """
UPDATE listen_activity a SET deleted_at = %(now)s, text = '', url = '', tags = NULL
FROM told_no_more n WHERE a.id = n.id AND a.brand_id = %(brand)s
"""
