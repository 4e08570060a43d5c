"""The Graph that Facebook and Instagram share: how its payloads wrap their nodes.

A payload is one node, ``{"data": [nodes], "paging": ...}``, ``{id: node, id: node}``, a search of another's media
(``business_discovery``), a mention (``mentioned_comment``, ``mentioned_media``), or a refusal (``{"error": ...}``).
Where a page goes on, the address of the next one tells whose edge it is: ``/v11.0/<owner>/comments?...``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from entourage.networks.base import Skip
from entourage.networks.payload import Json, inner, objects, text

if TYPE_CHECKING:
    from collections.abc import Iterator

_EDGE = re.compile(r"/v\d+\.\d+/([\w.]+)/(\w+)\?")
_WRAPPERS = ("business_discovery", "mentioned_comment", "mentioned_media")
_MARKS = {
    "created_time", "paging", "media_type", "media_product_type", "timestamp", "permalink_url", "fan_count",
    "snippet", "creation_time", "can_post", "profile_type", "account_type", "followers_count", "category", "first_name",
}  # fmt: skip


class Node(NamedTuple):
    """A node of the Graph and what its payload tells beside it."""

    json: Json
    owner: str = ""  # the node whose edge this one stands on, "" where it is not told
    edge: str = ""  # the edge's name: comments, media, feed ...


def is_payload(document: Json) -> bool:
    """Whether a document has the shape of the Graph."""
    if is_refusal(document) or document.keys() & {*_WRAPPERS, "paging"}:
        return True
    return any(node.json.keys() & _MARKS or text(node.json, "id").startswith(("t_", "m_")) for node in nodes(document))


def is_refusal(document: Json) -> bool:
    return "message" in inner(document, "error") and "code" in inner(document, "error")


def refusal(document: Json) -> Skip:
    """What the Graph said instead of data."""
    said = text(inner(document, "error"), "message")
    cure = "Give the token the permission that it names, and fetch the page again."
    return Skip("this is a refusal of the Graph that was saved as data", field="error.message", value=said, cure=cure)


def nodes(document: Json) -> Iterator[Node]:
    """The nodes of a payload, in their order, with the edge they stand on."""
    for wrapper in _WRAPPERS:
        if wrapped := inner(document, wrapper):
            yield Node(wrapped, text(document, "id") if wrapper == "business_discovery" else "", wrapper)
            return
    if "data" in document:
        paging = inner(document, "paging")
        found = _EDGE.search(text(paging, "next") or text(paging, "previous"))
        owner, edge = found.groups() if found else ("", "")
        yield from (Node(node, owner, edge) for node in objects(document["data"]))
        return
    several = [node for key, node in document.items() if isinstance(node, dict) and text(node, "id") == key]
    if several and "id" not in document:
        yield from (Node(node) for node in several)
        return
    yield Node(document)
