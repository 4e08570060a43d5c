"""An object of Activity Streams as JSON tells it: a string, an object or a list of both under every key.

What stands under a key is reached by the functions here, so that its three forms matter nowhere else.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Union

import msgspec

from entourage.networks.activity import Account

if TYPE_CHECKING:
    from collections.abc import Sequence

ACCOUNTS_KEPT = 50_000  # the addressed are few and met again; more than this and memory would grow with the file
PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
KINDS = {"Organization": "organisation", "Service": "bot", "Application": "bot"}
_MARKUP = re.compile(
    r"</?(?:p|br|a|span|div|b|i|em|strong|ul|ol|li|blockquote|pre|code|h[1-6]|del)\b[^>]*>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\b[^>]*>|</p>\s*<p\b[^>]*>", re.IGNORECASE)

Ref = Union[str, "Thing", list[Union[str, "Thing", None]], None]


class Thing(
    msgspec.Struct,
    gc=False,
    rename={"extension_act": "entourage:act", "network": "entourage:network", "origin": "entourage:origin"},
):
    """The part of an object of Activity Streams that an activity needs."""

    type: str | list[str] | None = None
    id: str | None = None
    actor: Ref = None
    attributedTo: Ref = None  # noqa: N815 - the standard's word
    object: Ref = None
    to: Ref = None
    cc: Ref = None
    tag: Ref = None
    # Whatever a server writes here must not cost the words beside it.
    attachment: Any = None
    inReplyTo: Ref = None  # noqa: N815
    context: Ref = None
    conversation: str | None = None
    items: Ref = None
    orderedItems: Ref = None  # noqa: N815
    url: Ref = None
    href: str | None = None
    name: str | None = None
    preferredUsername: str | None = None  # noqa: N815
    content: str | None = None
    contentMap: dict[str, str] | None = None  # noqa: N815
    published: str | None = None
    updated: str | None = None
    deleted: str | None = None
    mediaType: str | None = None  # noqa: N815
    rating: float | None = None
    extension_act: str | None = None
    network: str | None = None
    origin: str | None = None


def kind_of(thing: Thing) -> str:
    kinds = thing.type
    return kinds if type(kinds) is str else kinds[0] if kinds else ""


def listed(value: Ref) -> Sequence[str | Thing | None]:
    """What stands under a key as a list: nothing, one, or several."""
    return value if isinstance(value, list) else () if value is None else (value,)


def things(value: Ref) -> list[Thing]:
    """What stands under a key as objects: an address becomes an object with only an id."""
    return [Thing(id=one) if isinstance(one, str) else one for one in listed(value) if one is not None]


def ids(value: Ref) -> list[str]:
    return [one.id for one in things(value) if one.id]


def id_of(value: Ref) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return next(iter(ids(value)), "")


def link(value: Ref) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return next((one.href or one.id or "" for one in things(value)), "")


def object_of(thing: Thing) -> Thing:
    target = thing.object
    if type(target) is Thing:
        return target
    if type(target) is str:
        return Thing(id=target)
    return next(iter(things(target)), Thing())


def account(thing: Thing) -> Account:
    """The account that an actor is; made anew each time, which costs less than to look whether it was met."""
    id_, type_ = thing.id or "", thing.type
    url = link(thing.url) if thing.url is not None else ""
    kind = "" if type_ == "Person" else KINDS.get(kind_of(thing), "")
    address = id_ if id_.startswith("http") else ""
    handle = thing.preferredUsername or _handle(address)
    return Account(id=id_, handle=handle, name=thing.name or "", url=url or address, kind=kind)


@lru_cache(maxsize=ACCOUNTS_KEPT)
def somebody(id_: str) -> Account | None:
    """The account of an address; none where it is everybody's or a crowd's."""
    return None if not id_ or id_ in PUBLIC or id_.endswith("/followers") else addressed(id_)


@lru_cache(maxsize=ACCOUNTS_KEPT)
def addressed(id_: str, handle: str = "") -> Account:
    """The account of an address, with the handle that a mention gives it or the address ends with."""
    address = id_ if id_.startswith("http") else ""
    return Account(id=id_, handle=handle or _handle(address), url=address)


def _handle(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1].lstrip("@") if address else ""


def words(note: Thing) -> str:
    content = note.content
    if not content:
        content = next(iter((note.contentMap or {}).values()), "") or note.name or ""
    if "<" not in content or note.mediaType == "text/plain" or not _MARKUP.search(content):
        return content
    return html.unescape(_MARKUP.sub("", _BREAK.sub("\n", content))).strip()
