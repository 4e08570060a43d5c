"""Instagram nodes of the Graph into activities: media and stories with their comments and replies.

The Graph names an author in one of four ways (``from``, ``user``, ``owner``, ``username``) or not at all; the last is
rejected. A medium on the edge ``/<owner>/media`` is its owner's, which the address of the next page tells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entourage.networks.activity import Account, Act, Activity
from entourage.networks.base import Aside, Found, Skip
from entourage.networks.moments import iso
from entourage.networks.payload import Json, edge, inner, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from entourage.networks.graph import Node

NETWORK = "instagram"
OWN_EDGES = {"media", "stories"}
_HIDDEN = "Ask for the fields `username` and `from`; a business account's token sees them."
_NO_MOMENT = "Ask for the field `timestamp`."
_HASHTAG = re.compile(r"(?<![\w&/])#(\w*[^\W\d_]\w*)")
_MENTION = re.compile(r"(?<![\w@.])@([A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?)")


def is_node(json: Json) -> bool:
    """Whether a node is Instagram's and not Facebook's: times are ``timestamp``, media have a type."""
    return bool(json.keys() & {"timestamp", "media_type", "media_product_type", "media_url"}) or (
        "media" in json and "created_time" not in json
    )


def found(node: Node) -> Iterator[Found]:
    """What a node of Instagram holds."""
    json = node.json
    if media := edge(json, "media"):
        owner = Account(id=text(json, "id") or node.owner, handle=text(json, "username"), name=text(json, "name"))
        for medium in media:
            yield from _medium(medium, owner=owner if owner.id else None)
    elif "media_type" in json or "media_product_type" in json:
        yield from _medium(json, owner=Account(id=node.owner) if node.owner and node.edge in OWN_EDGES else None)
    elif "text" in json and "timestamp" in json:
        under = node.owner if node.edge in {"comments", "replies"} else ""
        yield from _comment(
            json, under=under, context=under, owner=None, act=Act.REPLY if node.edge == "replies" else Act.COMMENT
        )
    else:
        yield Aside(message="these are profiles, measures or the like, which hold no activities")


def _medium(json: Json, *, owner: Account | None) -> Iterator[Found]:
    words = text(json, "caption")
    try:
        post = Activity(
            network=NETWORK,
            id=_id(json),
            act=Act.POST,
            actor=_author(json, owner=owner),
            at=_moment(json),
            context=_id(json),
            text=words,
            url=text(json, "permalink"),
            tags=_tags(words),
        )
    except Skip as skip:
        yield skip
        return
    yield post
    for comment in edge(json, "comments"):
        yield from _comment(comment, under=post.id, context=post.id, owner=post.actor, act=Act.COMMENT)


def _comment(json: Json, *, under: str, context: str, owner: Account | None, act: Act) -> Iterator[Found]:
    words = text(json, "text")
    medium = context or text(inner(json, "media"), "id")
    answers = text(json, "parent_id") or under or medium
    try:
        actor = _author(json, owner=None)
        comment = Activity(
            network=NETWORK,
            id=_id(json),
            act=act if answers == medium else Act.REPLY,
            actor=actor,
            at=_moment(json),
            to=_to(words, owner=owner, actor=actor),
            in_reply_to=answers,
            context=medium,
            text=words,
            tags=_tags(words),
        )
    except Skip as skip:
        yield skip
        return
    yield comment
    for reply in edge(json, "replies"):
        yield from _comment(reply, under=comment.id, context=medium, owner=actor, act=Act.REPLY)


def _to(words: str, *, owner: Account | None, actor: Account) -> tuple[Account, ...]:
    named = (
        [Account(id=f"@{handle.lower()}", handle=handle) for handle in _MENTION.findall(words)] if "@" in words else []
    )
    everyone = {one.handle.lower() or one.id: one for one in ([owner] if owner else []) + named}
    return tuple(
        one for one in everyone.values() if one.id != actor.id and (not one.handle or one.handle != actor.handle)
    )


def _author(json: Json, *, owner: Account | None) -> Account:
    handle = text(json, "username")
    for key in ("from", "user", "owner"):
        told = inner(json, key)
        if id_ := text(told, "id"):
            return Account(
                id=id_, handle=handle or text(told, "username"), name=text(told, "name"), url=_address(handle)
            )
    if handle:
        return Account(id=f"@{handle.lower()}", handle=handle, url=_address(handle))
    if owner is not None:
        return owner
    raise Skip("must tell its author", field="username", value=text(json, "id"), cure=_HIDDEN)


def _address(handle: str) -> str:
    return f"https://www.instagram.com/{handle}/" if handle else ""


def _moment(json: Json) -> datetime:
    if "timestamp" not in json:
        raise Skip("must have a moment", field="timestamp", value=text(json, "id"), cure=_NO_MOMENT)
    return iso(json["timestamp"], field="timestamp")


def _id(json: Json) -> str:
    if id_ := text(json, "id"):
        return id_
    raise Skip("must have an id", field="id", cure="Ask for the field `id`.")


def _tags(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.lower() for tag in _HASHTAG.findall(words))) if "#" in words else ()
