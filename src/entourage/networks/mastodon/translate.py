"""Statuses, notifications and streamed events of Mastodon into activities; pure.

The id of a message is its server's name and its number there: two servers' numbers never meet, and the number is what
an answer must name. An account is known by its whole address (``ann@mastodon.example``), the same on every server.

Source: docs.joinmastodon.org, entities Status, Notification, Conversation, the streaming API (November 2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from entourage.networks.activity import Account, Act, Activity, Change, Timing
from entourage.networks.base import Skip
from entourage.networks.mastodon.declared import KEY
from entourage.networks.mastodon.media import attachments
from entourage.networks.mastodon.words import plain
from entourage.networks.moments import iso
from entourage.networks.payload import Json, inner, objects, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from entourage.networks.base import Found

DONE = {"favourite": Act.LIKE, "reblog": Act.SHARE}
TO_US = {"mention", "quote"}
# Told of posts that we follow closely, boosted or quoted; most of them are no business of ours.
NEARBY = {"status", "update", "quoted_update"}
FOLLOWED = "follow"
# As the documentation writes it, and as some servers do.
EDITED = {"status.update", "status_update"}
CURE = "Nothing to mend here: tell the makers of Entourage what your server is."


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """Where and for whom a payload was told: the server's name, and the account that is connected (its number too)."""

    host: str
    me: Account
    number: str


def account(node: Json, *, host: str) -> Account:
    """The account of a payload; a local one is told without its server's name, which is added."""
    acct = text(node, "acct") or text(node, "username")
    if not acct:
        raise Skip("must name its account", field="account", cure=CURE)
    address = (acct if "@" in acct else f"{acct}@{host}").lower()
    kind = "bot" if node.get("bot") is True else ""
    return Account(id=address, handle=address, name=text(node, "display_name"), url=text(node, "url"), kind=kind)


def message_id(number: str, *, host: str) -> str:
    """The id under which a message of this server is known; empty for none."""
    return f"{host}/{number}" if number else ""


def status(node: Json, *, home: Home) -> Activity:
    """A status as an activity: a share where it is a boost, else what was written. Raises Skip."""
    if inner(node, "reblog"):
        return _boost(node, home=home)
    actor = _actor(node, home=home)
    to = _turned(node, actor=actor, home=home)
    return Activity(
        network=KEY,
        id=message_id(_number(node), host=home.host),
        act=_act(node, to=to),
        actor=actor,
        at=iso(node.get("created_at"), field="created_at"),
        change=Change.UPDATE if node.get("edited_at") else Change.CREATE,
        to=to,
        in_reply_to=message_id(text(node, "in_reply_to_id"), host=home.host),
        text="\n\n".join(part for part in (text(node, "spoiler_text"), plain(text(node, "content"))) if part),
        url=text(node, "url") or text(node, "uri"),
        language=text(node, "language"),
        tags=tuple(text(tag, "name").lower() for tag in objects(node.get("tags")) if text(tag, "name")),
        edited_at=iso(node["edited_at"], field="edited_at") if node.get("edited_at") else None,
        attachments=attachments(node),
    )


def notification(node: Json, *, home: Home) -> Activity | None:
    """What a notification tells; none for polls, requests and the server's own business. Raises Skip."""
    kind, written = text(node, "type"), inner(node, "status")
    if kind in TO_US or (kind in NEARBY and ours(written, home)):
        return status(written, home=home)
    if kind != FOLLOWED and kind not in DONE:
        return None
    actor = account(inner(node, "account"), host=home.host)
    target = text(written, "id") if kind in DONE else ""
    return Activity(
        network=KEY,
        # Not the notification's number: a favourite withdrawn and given again is one favourite.
        id="/".join(part for part in (home.host, target, kind, actor.id) if part),
        act=DONE.get(kind, Act.FOLLOW),
        actor=actor,
        at=iso(node.get("created_at"), field="created_at"),
        to=(home.me,),
        in_reply_to=message_id(target, host=home.host),
    )


def event(name: str, data: object, *, home: Home, at: datetime) -> tuple[Found, ...]:
    """What an event of the stream tells about us; strangers' posts in the home feed tell nothing.

    ``at`` is when it was told: a deletion carries no moment of its own.
    """
    if name == "delete":
        return (deleted(str(data), home=home, at=at),) if data else ()
    if not isinstance(data, dict):
        return ()
    if name == "notification":
        return found(notification, data, home=home)
    node = inner(data, "last_status") if name == "conversation" else data
    return found(status, node, home=home) if name in {"update", "conversation", *EDITED} and ours(node, home) else ()


def deleted(number: str, *, home: Home, at: datetime) -> Activity:
    """A status that is no longer there, known to be so since ``at`` at the latest."""
    return Activity(
        network=KEY,
        id=message_id(number, host=home.host),
        act=Act.POST,
        actor=Account(id=""),
        at=at,
        change=Change.DELETE,
        timing=Timing.DERIVED,
    )


def found(translate: Callable[..., Found | None], node: Json, *, home: Home) -> tuple[Found, ...]:
    """What a translator makes of one payload; what it cannot use is told, not raised."""
    try:
        one = translate(node, home=home)
    except Skip as skip:
        return (skip,)
    return (one,) if one is not None else ()


def ours(node: Json, home: Home) -> bool:
    """Whether a status is by us, names us, answers us, or boosts us."""
    whose = text(inner(inner(node, "reblog"), "account"), "id")
    people = (text(inner(node, "account"), "id"), text(node, "in_reply_to_account_id"), whose)
    return home.number in (*people, *(text(one, "id") for one in objects(node.get("mentions"))))


def _boost(node: Json, *, home: Home) -> Activity:
    """A boost has a number of its own on its server only; the booster and the boosted name it everywhere."""
    original = inner(node, "reblog")
    actor, number = _actor(node, home=home), _number(original)
    return Activity(
        network=KEY,
        id=f"{home.host}/{number}/reblog/{actor.id}",
        act=Act.SHARE,
        actor=actor,
        at=iso(node.get("created_at"), field="created_at"),
        to=(_actor(original, home=home),),
        in_reply_to=message_id(number, host=home.host),
    )


def _number(node: Json) -> str:
    if number := text(node, "id"):
        return number
    raise Skip("must have an id", field="id", cure=CURE)


def _actor(node: Json, *, home: Home) -> Account:
    actor = account(inner(node, "account"), host=home.host)
    return msgspec.structs.replace(actor, kind="own") if actor.id == home.me.id else actor


def _turned(node: Json, *, actor: Account, home: Home) -> tuple[Account, ...]:
    """The mentioned, and the author answered where the payload lets us know who that is; never the author itself."""
    everyone = {one.id: one for one in (account(m, host=home.host) for m in objects(node.get("mentions")))}
    quoted = inner(inner(node, "quote"), "quoted_status")
    for one in (home.me if text(node, "in_reply_to_account_id") == home.number else None, _author(quoted, home=home)):
        if one is not None:
            everyone.setdefault(one.id, one)
    everyone.pop(actor.id, None)
    return tuple(everyone.values())


def _author(node: Json, *, home: Home) -> Account | None:
    return _actor(node, home=home) if node else None


def _act(node: Json, *, to: tuple[Account, ...]) -> Act:
    if text(node, "visibility") == "direct":
        return Act.MESSAGE
    return Act.REPLY if text(node, "in_reply_to_id") else Act.MENTION if to else Act.POST
