"""Activity Streams 2.0 as JSON lines, put together from whole columns: no row is ever touched alone.

No text, handle or id holds a quotation mark, a backslash or a control character (a test reads them all), so nothing
needs escaping.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from entourage.engine.simulate.words import SIMULATED

CONTEXT: Final = "https://www.w3.org/ns/activitystreams"
#: The Activity Streams type of each act that is not a Create.
TYPES: Final = {"like": "Like", "share": "Announce", "follow": "Follow", "purchase": "Accept"}
_ACTOR_TYPES: Final = {"own": "Organization", "organisation": "Organization", "bot": "Service"}


def lines(table: pa.Table) -> bytes:
    """The table (columns of ``words.table``) as bytes: a JSON object and a newline for each row, in order."""
    act = np.array(table["act"].combine_chunks())
    groups = [("like", "share"), ("follow",), ("purchase",)]
    builders = [_pointing, _following, _ordering]
    places = [np.flatnonzero(np.isin(act, group)) for group in groups]
    rest = np.flatnonzero(~np.isin(act, list(TYPES)))
    made = [_created(_part(table, rest))]
    made += [build(_part(table, place)) for build, place in zip(builders, places, strict=True)]
    order = np.argsort(np.concatenate([rest, *places]), kind="stable")
    return _bytes(pa.concat_arrays(made).take(pa.array(order)))


def _part(table: pa.Table, place: Any) -> dict[str, pa.Array]:
    part = table.take(pa.array(place))
    return {name: part[name].combine_chunks() for name in part.column_names}


def _join(*pieces: Any) -> pa.Array:
    return pc.binary_join_element_wise(*(pa.scalar(piece) if isinstance(piece, str) else piece for piece in pieces), "")


def _optional(values: pa.Array, before: str, after: str) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), "", _join(before, values, after))


def _line(part: dict[str, pa.Array], kind: Any, suffix: str, to: pa.Array, thing: pa.Array) -> pa.Array:
    """The frame that all lines share."""
    actor = pc.if_else(pc.equal(part["actor_kind"], ""), "Person", _mapped(part["actor_kind"], _ACTOR_TYPES, "Person"))
    return _join(
        f'{{"@context":"{CONTEXT}","type":"', kind, '","id":"', part["id"], f'{suffix}","actor":{{"type":"', actor,
        '","id":"', part["actor_id"], '","preferredUsername":"', part["actor_handle"], '","name":"', part["actor_name"],
        '"},"published":"', part["at"], '","to":["', to, '"],"object":', thing, ',"entourage:act":"', part["act"],
        '","entourage:network":"', part["network"], '"', _optional(part["origin"], ',"entourage:origin":"', '"'),
        f',"generator":{{"type":"Application","name":"{SIMULATED}"}}}}\n',
    )  # fmt: skip


def _mapped(values: pa.Array, mapping: dict[str, str], default: str) -> pa.Array:
    found = pc.index_in(values, pa.array(list(mapping)))
    return pc.fill_null(pa.array(list(mapping.values())).take(found), default)


def _created(part: dict[str, pa.Array]) -> pa.Array:
    to = pc.if_else(pc.equal(part["to_id"], ""), "as:Public", part["to_id"])
    mention = pc.if_else(
        pc.match_substring_regex(part["text"], "^@"),
        _join('{"type":"Mention","href":"', part["to_id"], '","name":"@', part["to_handle"], '"}'), "",
    )  # fmt: skip
    hashtag = _optional(part["tags"], '{"type":"Hashtag","name":"#', '"}')
    both = pc.and_(pc.not_equal(mention, ""), pc.not_equal(hashtag, ""))
    tags = _optional(_join(mention, pc.if_else(both, ",", ""), hashtag), ',"tag":[', "]")
    note = _join(
        '{"type":"Note","id":"', part["id"], '","content":"', part["text"], '"',
        _optional(part["in_reply_to"], ',"inReplyTo":"', '"'), _optional(part["context"], ',"context":"', '"'),
        tags, "}",
    )  # fmt: skip
    return _line(part, "Create", "#create", to, note)


def _pointing(part: dict[str, pa.Array]) -> pa.Array:
    return _line(part, _mapped(part["act"], TYPES, "Create"), "", part["to_id"], _join('"', part["in_reply_to"], '"'))


def _following(part: dict[str, pa.Array]) -> pa.Array:
    return _line(part, "Follow", "", part["to_id"], _join('"', part["to_id"], '"'))


def _ordering(part: dict[str, pa.Array]) -> pa.Array:
    offer = _join('{"type":"Offer","id":"', part["id"], '/offer","name":"', part["text"], '"}')
    return _line(part, "Accept", "", part["to_id"], offer)


def _bytes(made: pa.Array) -> bytes:
    """The strings end to end, straight from their buffer."""
    _, offsets, data = made.buffers()
    if data is None:
        return b""
    ends = np.frombuffer(offsets, np.int32 if made.type == pa.string() else np.int64)
    return bytes(memoryview(data)[ends[made.offset] : ends[made.offset + len(made)]])
