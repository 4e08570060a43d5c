"""Activity Streams 2.0 into activities: a string, an object or a list of both is taken everywhere.

Unknown keys are ignored. Three keys of our own say what Activity Streams cannot: ``entourage:act`` (one of the acts of
the glossary), ``entourage:network`` and ``entourage:origin`` (the operation that brought the act).

Source: Activity Streams 2.0 and its vocabulary, W3C recommendations of 23 May 2017.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from entourage.networks.activity import Account, Act, Activity, Change
from entourage.networks.activitystreams.media import attachments
from entourage.networks.activitystreams.thing import (
    PUBLIC,
    Ref,
    Thing,
    account,
    addressed,
    id_of,
    ids,
    kind_of,
    link,
    listed,
    object_of,
    somebody,
    things,
    words,
)
from entourage.networks.base import Found, Gone, Profile, Skip
from entourage.networks.moments import iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

NETWORK = "fediverse"  # where a source does not name its network
ACTORS = {"Person", "Organization", "Service", "Application", "Group"}
COLLECTIONS = {"Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage"}
NOTES = {"Note", "Article", "Question", "Review", "Proposal", "Image", "Video", "Page", "Audio", "Document", "Event"}
DONE = {"Like": Act.LIKE, "Announce": Act.SHARE, "Follow": Act.FOLLOW, "View": Act.VIEW, "Read": Act.VIEW}
WRITTEN = {"Review": Act.REVIEW, "Question": Act.IDEA, "Proposal": Act.IDEA}
CHANGES = {"Create", "Update", "Delete", "Undo", "Accept"}
_ACTS = {act.value: act for act in Act}
# Named once: until Python 3.12 a member looked up on its class costs as much as making an account.
_CREATE, _UPDATE = Change.CREATE, Change.UPDATE
_FOLLOW, _PURCHASE, _ANSWERS_NOTHING = Act.FOLLOW, Act.PURCHASE, {Act.FOLLOW, Act.PURCHASE}
_decode = msgspec.json.Decoder(Thing).decode


def is_activity(document: dict[str, Any]) -> bool:
    """Whether a JSON document is one of Activity Streams."""
    context, kinds = str(document.get("@context", "")), document.get("type")
    kind = {one for one in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(one, str)}
    ours = kind & (COLLECTIONS | ACTORS | NOTES | CHANGES | DONE.keys())
    return "activitystreams" in context or bool(
        ours and document.keys() & {"actor", "object", "attributedTo", "orderedItems"}
    )


def found(line: bytes) -> Iterable[Found]:
    """What a document of Activity Streams holds, given as JSON."""
    try:
        thing = _decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        cure = "Write it as Activity Streams 2.0 does, one activity a line."
        return (Skip(f"must be JSON of Activity Streams ({error})", cure=cure),)
    kind = kind_of(thing)
    if kind in COLLECTIONS:
        return _collected(thing)
    try:
        return (_activity(thing, kind),)
    except Skip as skip:
        return (skip,)


def _collected(thing: Thing) -> Iterator[Found]:
    for item in (*things(thing.orderedItems), *things(thing.items)):
        if kind_of(item) in COLLECTIONS:
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
    return _activity(thing, kind_of(thing))


def _activity(thing: Thing, kind: str) -> Activity | Gone | Profile:
    if kind == "Create":
        return _written(thing, object_of(thing), _CREATE)
    if kind in NOTES:
        return _written(thing, thing, _CREATE)
    if kind in {"Update", "Delete", "Undo"}:
        return _updated(thing) if kind == "Update" else _withdrawn(thing, kind)
    if kind in ACTORS:
        return Profile(network=thing.network or NETWORK, account=account(thing))
    return _done(thing, _done_act(thing, kind))


def _done_act(thing: Thing, kind: str) -> Act:
    """What an activity does that writes nothing: its type says it, or our own key."""
    if thing.extension_act is not None:
        return _told_act(thing.extension_act)
    if kind == "Accept" and kind_of(object_of(thing)) == "Offer":
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
    """What somebody wrote. Most keys are absent in most notes, so each is looked at before anything is called."""
    actor = _actor(thing, note)
    hashtags, mentions = _tagged(note.tag) if note.tag is not None else ((), ())
    to = _turned(thing, note, mentions, actor)
    answers = note.inReplyTo or thing.inReplyTo or ""
    context = note.context or note.conversation or thing.context or ""
    told = thing.extension_act or note.extension_act
    edited = (thing.updated or note.updated or thing.published) if change is _UPDATE else None
    url = note.url or thing.url
    if type(answers) is not str:
        answers = id_of(answers)
    return Activity(
        network=thing.network or note.network or NETWORK,
        id=note.id or _needed(thing),
        act=_told_act(told) if told is not None else _act(thing, note, answers=answers, to=to),
        actor=actor,
        at=iso(note.published or thing.published, field="published"),
        change=change,
        to=to,
        in_reply_to=answers,
        context=context if type(context) is str else _thread(thing, note),
        text=words(note),
        url=link(url) if url is not None else "",
        language=next(iter(note.contentMap), "") if note.contentMap else "",
        tags=hashtags,
        origin=thing.origin or note.origin or "",
        rating=note.rating,
        edited_at=iso(edited, field="updated") if edited else None,
        attachments=attachments(note.attachment) if note.attachment is not None else (),
    )


def _thread(thing: Thing, note: Thing) -> str:
    return id_of(note.context) or note.conversation or id_of(thing.context)


def _tagged(tag: Ref) -> tuple[tuple[str, ...], Sequence[Thing]]:
    """The hashtags of a note, and the tags that mention somebody."""
    tags = things(tag)
    hashtags = [one.name.lstrip("#").lower() for one in tags if one.name and kind_of(one) == "Hashtag"]
    if len(hashtags) == len(tags):
        return tuple(hashtags), ()
    return tuple(hashtags), [one for one in tags if one.href and kind_of(one) == "Mention"]


def _act(thing: Thing, note: Thing, *, answers: str, to: tuple[Account, ...]) -> Act:
    """The act that the shape tells."""
    if (kind := kind_of(note)) in WRITTEN:
        return WRITTEN[kind]
    public = any(
        address in PUBLIC or address.endswith("/followers")
        for address in (*ids(thing.to), *ids(thing.cc), *ids(note.to), *ids(note.cc))
    )
    if to and not public and len(to) == 1:
        return Act.MESSAGE
    return Act.REPLY if answers else Act.MENTION if to else Act.POST


def _done(thing: Thing, act: Act) -> Activity:
    """An act on something that stands elsewhere: a like, a share, a follow, a purchase."""
    target = object_of(thing)
    actor = _actor(thing, thing)
    to = _turned(thing, thing, _tagged(thing.tag)[1] if thing.tag is not None else (), actor)
    if not to:
        owners = [target] if act is _FOLLOW else things(target.attributedTo)
        to = tuple([account(one) for one in owners if one.id])
    context = thing.context or target.context or ""
    return Activity(
        network=thing.network or target.network or NETWORK,
        id=thing.id or _needed(thing),
        act=act,
        actor=actor,
        at=iso(thing.published, field="published"),
        to=to,
        in_reply_to="" if act in _ANSWERS_NOTHING else target.id or "",
        context=context if type(context) is str else id_of(thing.context) or id_of(target.context),
        text=(target.name or "") if act is _PURCHASE else "",
        origin=thing.origin or "",
    )


def _updated(thing: Thing) -> Activity | Profile:
    target = object_of(thing)
    if kind_of(target) in ACTORS:
        return Profile(network=thing.network or target.network or NETWORK, account=account(target))
    return _written(thing, target, _UPDATE)


def _withdrawn(thing: Thing, kind: str) -> Activity | Gone:
    target, actor = object_of(thing), _actor(thing, thing)
    if not target.id:
        raise Skip(f"{kind} must name what it withdraws", field="object", cure="Write the id of the object.")
    at = _first_moment(thing.published, thing.updated, target.deleted, target.updated)
    network = thing.network or target.network or NETWORK
    if target.id == actor.id:
        return Gone(network=network, account_id=actor.id, at=at, reason=kind)
    return Activity(network=network, id=target.id, act=Act.POST, actor=actor, at=at, change=Change.DELETE)


def _first_moment(*told: str | None) -> datetime:
    return iso(next((moment for moment in told if moment), None), field="published")


def _turned(thing: Thing, note: Thing, mentions: Sequence[Thing], actor: Account) -> tuple[Account, ...]:
    """Whom it is turned to: the addressed and the mentioned, without the public, the followers and the author."""
    if not mentions and (note is thing or note.to is None):
        to = thing.to
        if to is None:
            return ()
        if type(to) is list and len(to) == 1:
            to = to[0]
        if type(to) is str:  # one address, as most have
            return (known,) if (known := somebody(to)) is not None and to != actor.id else ()
    everyone: dict[str, Account] = {}
    if thing.to is not None:
        _address(thing.to, everyone)
    if note.to is not None and note is not thing:
        _address(note.to, everyone)
    for tag in mentions:
        if tag.href:
            everyone[tag.href] = addressed(tag.href, (tag.name or "").lstrip("@"))
    if not everyone:
        return ()
    everyone.pop(actor.id, None)
    return tuple(everyone.values())


def _address(value: Ref, everyone: dict[str, Account]) -> None:
    for one in listed(value):
        id_ = one if isinstance(one, str) else one.id if one is not None else None
        if id_ and (known := somebody(id_)) is not None:
            everyone[id_] = account(one) if isinstance(one, Thing) else known


def _actor(thing: Thing, note: Thing) -> Account:
    actor = thing.actor
    if type(actor) is Thing and actor.id:
        return account(actor)
    for one in (*things(actor), *things(note.attributedTo)):
        if one.id:
            return account(one)
    cure = "Write `actor` as an address, or as an object with an `id`."
    raise Skip("must name its actor by an id", field="actor", cure=cure)


def _needed(thing: Thing) -> str:
    if thing.id:
        return thing.id
    raise Skip("must have an id", field="id", cure="Write `id`, the same each time it is told.")
