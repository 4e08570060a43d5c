"""Activity Streams 2.0 into activities: a string, an object or a list of both is taken everywhere.

Unknown keys are ignored. Three keys of our own say what Activity Streams cannot: ``entourage:act`` (one of the acts of
the glossary), ``entourage:network`` and ``entourage:origin`` (the operation that brought the act).

Source: Activity Streams 2.0 and its vocabulary, W3C recommendations of 23 May 2017.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Union

import msgspec

from entourage.networks.activity import Account, Act, Activity, Change
from entourage.networks.base import Found, Gone, Profile, Skip
from entourage.networks.moments import iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

ACCOUNTS_KEPT = 50_000  # accounts met again are not made again; more than this and memory would grow with the file
NETWORK = "fediverse"  # where a source does not name its network
PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
ACTORS = {"Person", "Organization", "Service", "Application", "Group"}
KINDS = {"Organization": "organisation", "Service": "bot", "Application": "bot"}
COLLECTIONS = {"Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage"}
NOTES = {"Note", "Article", "Question", "Review", "Proposal", "Image", "Video", "Page", "Audio", "Document", "Event"}
DONE = {"Like": Act.LIKE, "Announce": Act.SHARE, "Follow": Act.FOLLOW, "View": Act.VIEW, "Read": Act.VIEW}
WRITTEN = {"Review": Act.REVIEW, "Question": Act.IDEA, "Proposal": Act.IDEA}
CHANGES = {"Create", "Update", "Delete", "Undo", "Accept"}
_ACTS = {act.value: act for act in Act}
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


_decode = msgspec.json.Decoder(Thing).decode


def is_activity(document: dict[str, Any]) -> bool:
    """Whether a JSON document is one of Activity Streams."""
    context, kinds = str(document.get("@context", "")), document.get("type")
    kind = {one for one in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(one, str)}
    known = kind & (COLLECTIONS | ACTORS | NOTES | CHANGES | DONE.keys())
    return "activitystreams" in context or bool(
        known and document.keys() & {"actor", "object", "attributedTo", "orderedItems"}
    )


def found(line: bytes) -> Iterable[Found]:
    """What a document of Activity Streams holds, given as JSON."""
    try:
        thing = _decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        cure = "Write it as Activity Streams 2.0 does, one activity a line."
        return (Skip(f"must be JSON of Activity Streams ({error})", cure=cure),)
    return _collected(thing) if _kind(thing) in COLLECTIONS else (_one(thing),)


def _collected(thing: Thing) -> Iterator[Found]:
    for item in (*_things(thing.orderedItems), *_things(thing.items)):
        if _kind(item) in COLLECTIONS:
            yield from _collected(item)
        else:
            yield _one(item)


def _one(thing: Thing) -> Found:
    try:
        return activity(thing)
    except Skip as skip:
        return skip


def activity(thing: Thing) -> Activity | Gone | Profile:
    """One activity, or a bare note as if it were its own Create."""
    kind = _kind(thing)
    if kind == "Create" or kind in NOTES:
        return _written(thing, _object(thing) if kind == "Create" else thing, Change.CREATE)
    if kind in {"Update", "Delete", "Undo"}:
        return _updated(thing) if kind == "Update" else _withdrawn(thing, kind)
    if kind in ACTORS:
        return Profile(network=_network(thing, thing), account=_account(thing))
    return _done(thing, _done_act(thing, kind))


def _done_act(thing: Thing, kind: str) -> Act:
    """What an activity does that writes nothing: its type says it, or our own key."""
    if thing.extension_act is not None:
        return _told_act(thing.extension_act)
    if kind == "Accept" and _kind(_object(thing)) == "Offer":
        return Act.PURCHASE
    if kind in DONE:
        return DONE[kind]
    cure = "Nothing to mend: activities of this type are not counted."
    raise Skip("its type must say something about a relation", field="type", value=kind, cure=cure)


def _told_act(told: str) -> Act:
    if told in _ACTS:
        return _ACTS[told]
    raise Skip(
        "must be an act of the glossary", field="entourage:act", value=told, cure=f"Write one of {', '.join(_ACTS)}."
    )


def _written(thing: Thing, note: Thing, change: Change) -> Activity:
    actor = _actor(thing, note)
    answers = _id(note.inReplyTo) or _id(thing.inReplyTo)
    tags = _things(note.tag) if note.tag is not None else []
    to = _turned(thing, note, tags, actor)
    published = note.published or thing.published
    edited = (thing.updated or note.updated or thing.published) if change is Change.UPDATE else None
    return Activity(
        network=_network(thing, note),
        id=note.id or _needed(thing),
        act=_act(thing, note, answers=answers, to=to),
        actor=actor,
        at=iso(published, field="published"),
        change=change,
        to=to,
        in_reply_to=answers,
        context=_id(note.context) or note.conversation or _id(thing.context),
        text=_text(note),
        url=_link(note.url) or _link(thing.url),
        language=next(iter(note.contentMap), "") if note.contentMap else "",
        tags=tuple([tag.name.lstrip("#").lower() for tag in tags if _kind(tag) == "Hashtag" and tag.name])
        if tags
        else (),
        origin=thing.origin or note.origin or "",
        rating=note.rating,
        edited_at=iso(edited, field="updated") if edited else None,
    )


def _act(thing: Thing, note: Thing, *, answers: str, to: tuple[Account, ...]) -> Act:
    """The act that is told, else the one that the shape tells."""
    told = thing.extension_act or note.extension_act
    if told is not None:
        return _told_act(told)
    if (kind := _kind(note)) in WRITTEN:
        return WRITTEN[kind]
    public = any(
        address in PUBLIC or address.endswith("/followers")
        for address in (*_ids(thing.to), *_ids(thing.cc), *_ids(note.to), *_ids(note.cc))
    )
    if to and not public and len(to) == 1:
        return Act.MESSAGE
    return Act.REPLY if answers else Act.MENTION if to else Act.POST


def _done(thing: Thing, act: Act) -> Activity:
    """An act on something that stands elsewhere: a like, a share, a follow, a purchase."""
    target = _object(thing)
    actor = _actor(thing, thing)
    to = _turned(thing, thing, _things(thing.tag) if thing.tag is not None else [], actor)
    if not to:
        owners = [target] if act is Act.FOLLOW else _things(target.attributedTo)
        to = tuple(_account(one) for one in owners if one.id)
    return Activity(
        network=_network(thing, target),
        id=thing.id or _needed(thing),
        act=act,
        actor=actor,
        at=iso(thing.published, field="published"),
        to=to,
        in_reply_to="" if act in {Act.FOLLOW, Act.PURCHASE} else target.id or "",
        context=_id(thing.context) or _id(target.context),
        text=(target.name or "") if act is Act.PURCHASE else "",
        origin=thing.origin or "",
    )


def _updated(thing: Thing) -> Activity | Profile:
    target = _object(thing)
    if _kind(target) in ACTORS:
        return Profile(network=_network(thing, target), account=_account(target))
    return _written(thing, target, Change.UPDATE)


def _withdrawn(thing: Thing, kind: str) -> Activity | Gone:
    target, actor = _object(thing), _actor(thing, thing)
    if not target.id:
        raise Skip(f"{kind} must name what it withdraws", field="object", cure="Write the id of the object.")
    at = _first_moment(thing.published, thing.updated, target.deleted, target.updated)
    network = _network(thing, target)
    if target.id == actor.id:
        return Gone(network=network, account_id=actor.id, at=at, reason=kind)
    return Activity(network=network, id=target.id, act=Act.POST, actor=actor, at=at, change=Change.DELETE)


def _first_moment(*told: str | None) -> datetime:
    return iso(next((moment for moment in told if moment), None), field="published")


def _turned(thing: Thing, note: Thing, tags: list[Thing], actor: Account) -> tuple[Account, ...]:
    """Whom it is turned to: the addressed and the mentioned, without the public, the followers and the author."""
    everyone: dict[str, Account] = {}
    for value in (thing.to,) if note is thing else (thing.to, note.to):
        for one in _listed(value):
            id_ = one if isinstance(one, str) else one.id if one is not None else None
            if id_ and id_ not in PUBLIC and not id_.endswith("/followers"):
                everyone[id_] = _addressed(id_) if one is id_ else _account(one)  # type: ignore[arg-type] # a Thing here
    for tag in tags:
        if tag.href and _kind(tag) == "Mention":
            handle = (tag.name or "").lstrip("@")
            everyone[tag.href] = _known(tag.href, handle, "", "", "")
    everyone.pop(actor.id, None)
    return tuple(everyone.values())


def _actor(thing: Thing, note: Thing) -> Account:
    actor = thing.actor
    if isinstance(actor, Thing) and actor.id:
        return _account(actor)
    for one in (*_things(actor), *_things(note.attributedTo)):
        if one.id:
            return _account(one)
    cure = "Write `actor` as an address, or as an object with an `id`."
    raise Skip("must name its actor by an id", field="actor", cure=cure)


def _account(thing: Thing) -> Account:
    url = _link(thing.url) if thing.url is not None else ""
    return _known(thing.id or "", thing.preferredUsername or "", thing.name or "", url, _kind(thing))


@lru_cache(maxsize=ACCOUNTS_KEPT)
def _known(id_: str, handle: str, name: str, url: str, kind: str) -> Account:
    address = id_ if id_.startswith("http") else ""
    return Account(id=id_, handle=handle or _handle(address), name=name, url=url or address, kind=KINDS.get(kind, ""))


@lru_cache(maxsize=ACCOUNTS_KEPT)
def _addressed(id_: str) -> Account:
    return _known(id_, "", "", "", "")


def _handle(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1].lstrip("@") if address else ""


def _network(thing: Thing, note: Thing) -> str:
    return thing.network or note.network or NETWORK


def _kind(thing: Thing) -> str:
    kinds = thing.type
    return kinds if isinstance(kinds, str) else kinds[0] if kinds else ""


def _needed(thing: Thing) -> str:
    if thing.id:
        return thing.id
    raise Skip("must have an id", field="id", cure="Write `id`, the same each time it is told.")


def _listed(value: Ref) -> Sequence[str | Thing | None]:
    """What stands under a key as a list: nothing, one, or several."""
    return value if isinstance(value, list) else () if value is None else (value,)


def _things(value: Ref) -> list[Thing]:
    """What stands under a key as objects: an address becomes an object with only an id."""
    return [Thing(id=one) if isinstance(one, str) else one for one in _listed(value) if one is not None]


def _ids(value: Ref) -> list[str]:
    return [one.id for one in _things(value) if one.id]


def _id(value: Ref) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return next(iter(_ids(value)), "")


def _link(value: Ref) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return next((one.href or one.id or "" for one in _things(value)), "")


def _text(note: Thing) -> str:
    content = note.content or next(iter((note.contentMap or {}).values()), "") or note.name or ""
    if "<" not in content or note.mediaType == "text/plain" or not _MARKUP.search(content):
        return content
    return html.unescape(_MARKUP.sub("", _BREAK.sub("\n", content))).strip()


def _object(thing: Thing) -> Thing:
    target = thing.object
    if isinstance(target, Thing):
        return target
    return next(iter(_things(target)), Thing())
