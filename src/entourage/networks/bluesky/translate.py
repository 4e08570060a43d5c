"""What Bluesky tells into activities: posts of feeds and threads, notifications, likes, events of a stream. Pure.

The same act has the same id through whichever door it is told: its record's ``at://`` address. Only the public list of
who liked or reposted a post hides the records' addresses; ids are then made of who and what (``made_id``).

Moments are what the writer claims (``createdAt``), but never later than when the network first saw the record, as
Bluesky itself sorts them.

Source: the lexicons app.bsky.feed, app.bsky.notification, app.bsky.graph and com.atproto.sync of the AT Protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.networks.activity import Account, Act, Activity, Change, Timing
from entourage.networks.base import Found, Skip
from entourage.networks.bluesky.media import attachments
from entourage.networks.moments import iso
from entourage.networks.payload import Json, inner, objects, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

NETWORK = "bluesky"
POST, LIKE, REPOST = "app.bsky.feed.post", "app.bsky.feed.like", "app.bsky.feed.repost"
FOLLOW = "app.bsky.graph.follow"
#: What each kind of record does, as far as it must be known without the record: when it is deleted.
ACTS = {POST: Act.POST, LIKE: Act.LIKE, REPOST: Act.SHARE, FOLLOW: Act.FOLLOW}
INVALID_HANDLE = "handle.invalid"  # what Bluesky shows where a handle no longer proves its account


def owner_of(uri: str) -> str:
    """The account in whose repository a record lies.

    Examples
    --------
    >>> owner_of("at://did:plc:ann/app.bsky.feed.post/3k2a"), owner_of("https://example.com")
    ('did:plc:ann', '')
    """
    return uri[5:].partition("/")[0] if uri.startswith("at://") else ""


def parts(uri: str) -> tuple[str, str, str]:
    """Repository, collection and key of a record's address."""
    repo, _, rest = uri.removeprefix("at://").partition("/")
    collection, _, rkey = rest.partition("/")
    return repo, collection, rkey


def address_of(uri: str, handle: str = "") -> str:
    """Where a person sees a post in a browser."""
    repo, _, rkey = parts(uri)
    return f"https://bsky.app/profile/{handle or repo}/post/{rkey}"


def made_id(who: str, collection: str, subject: str) -> str:
    """The id of an act whose record's address is not told."""
    return f"at://{who}/{collection}#{subject}"


def account(profile: Json) -> Account:
    """An account of Bluesky; known by its DID, which a new handle does not change."""
    handle = text(profile, "handle")
    handle = "" if handle == INVALID_HANDLE else handle
    labels = {text(label, "val") for label in objects(profile.get("labels"))}
    return Account(
        id=text(profile, "did"),
        handle=handle,
        name=text(profile, "displayName"),
        url=f"https://bsky.app/profile/{handle or text(profile, 'did')}",
        kind="bot" if "bot" in labels else "",
    )


def post_view(view: Json) -> Found:
    """A post of a feed, a thread or a search."""
    uri, author = text(view, "uri"), account(inner(view, "author"))
    return _kept(lambda: _post(uri, author, inner(view, "record"), _seen(view)))


def posts(views: Iterable[Json]) -> tuple[Found, ...]:
    """Posts of a page."""
    return tuple(post_view(view) for view in views)


def feed(page: Json) -> Iterator[Found]:
    """A page of an author's feed: their posts, what these answer, and what they repost."""
    for item in objects(page.get("feed")):
        answered = (inner(inner(item, "reply"), end) for end in ("root", "parent"))
        yield from (post_view(view) for view in answered if "record" in view)  # else it is gone, or hidden from us
        yield post_view(inner(item, "post"))
        if inner(item, "reason").get("$type") == "app.bsky.feed.defs#reasonRepost":
            yield _reposted(inner(item, "post"), inner(item, "reason"))


def _reposted(view: Json, reason: Json) -> Found:
    by, subject = account(inner(reason, "by")), text(view, "uri")
    id_ = text(reason, "uri") or made_id(by.id, REPOST, subject)
    return _kept(lambda: _towards(id_, Act.SHARE, by, subject, iso(reason.get("indexedAt"), field="indexedAt")))


def thread(node: Json) -> Iterator[Found]:
    """A thread as a tree: its posts and all that is under them. What is deleted or blocked tells nothing."""
    waiting = [node]
    while waiting:  # not by recursion: a thread may be a thousand answers deep
        one = waiting.pop()
        if "post" in one:
            yield post_view(inner(one, "post"))
        if parent := inner(one, "parent"):
            waiting.append(parent)
        waiting.extend(objects(one.get("replies")))


def notification(note: Json) -> Found | None:
    """What somebody did to us; none for news that no person made (a verification, a starter pack)."""
    record = inner(note, "record")
    if record.get("$type") not in ACTS or not text(note, "uri"):
        return None
    return _kept(lambda: _record(text(note, "uri"), account(inner(note, "author")), record, _seen(note)))


def like(entry: Json, subject: str) -> Found:
    """One of those who liked a post, as told in public."""
    by = account(inner(entry, "actor"))
    return _kept(lambda: _towards(made_id(by.id, LIKE, subject), Act.LIKE, by, subject, _moment(entry, _seen(entry))))


def repost(profile: Json, subject: str, *, posted: datetime) -> Found:
    """One of those who reposted a post, as told in public: without its moment, which is after the post."""
    by = account(profile)
    return _towards(made_id(by.id, REPOST, subject), Act.SHARE, by, subject, posted, timing=Timing.AFTER)


def gone(uri: str, *, at: datetime) -> Activity:
    """The deletion of a record."""
    repo, collection, _ = parts(uri)
    act = ACTS.get(collection, Act.POST)
    return Activity(network=NETWORK, id=uri, act=act, actor=Account(id=repo), at=at, change=Change.DELETE)


def event(uri: str, by: Account, record: Json, *, at: datetime, changed: bool = False) -> Found:
    """A record of one of our kinds (``ACTS``) as a stream tells that it was written, or written anew."""
    edited_at = at if changed and parts(uri)[1] == POST else None
    return _kept(lambda: _record(uri, by, record, at, edited_at=edited_at))


def touches(record: Json, us: str) -> bool:
    """Whether a record is turned to an account: answers, quotes, names, likes, reposts or follows it."""
    if record.get("subject") == us:
        return True
    reply = inner(record, "reply")
    told = [text(ref, "uri") for ref in (inner(record, "subject"), inner(reply, "parent"), inner(reply, "root"))]
    return us in _mentioned(record) or us in {owner_of(uri) for uri in (*told, _quoted(record))}


def _kept(make: Callable[[], Found]) -> Found:
    """What is made, or why it cannot be: the rest of the page is good."""
    try:
        return make()
    except Skip as skip:
        return skip


def _seen(node: Json) -> datetime | None:
    """When the network first saw it, where it tells."""
    return iso(node["indexedAt"], field="indexedAt") if node.get("indexedAt") else None


def _moment(record: Json, seen: datetime | None) -> datetime:
    """What the writer claims, but not later than the network knows it."""
    try:
        claimed = iso(record.get("createdAt"), field="createdAt")
    except Skip:
        if seen is None:
            raise
        return seen
    return min(claimed, seen) if seen else claimed


def _record(
    uri: str, by: Account, record: Json, seen: datetime | None, *, edited_at: datetime | None = None
) -> Activity:
    """A record as the act that it is."""
    act = ACTS.get(parts(uri)[1], Act.POST)
    if act is Act.POST:
        return _post(uri, by, record, seen, edited_at=edited_at)
    if act is Act.FOLLOW:
        followed = text(record, "subject")
        return Activity(
            network=NETWORK,
            id=uri,
            act=act,
            actor=by,
            at=_moment(record, seen),
            to=_others(by.id, [Account(id=followed)]),
        )
    return _towards(uri, act, by, text(inner(record, "subject"), "uri"), _moment(record, seen))


def _towards(id_: str, act: Act, by: Account, subject: str, at: datetime, *, timing: Timing = Timing.EXACT) -> Activity:
    """An act on a post that writes nothing."""
    to = _others(by.id, [Account(id=owner_of(subject))])
    return Activity(network=NETWORK, id=id_, act=act, actor=by, at=at, to=to, in_reply_to=subject, timing=timing)


def _post(uri: str, by: Account, record: Json, seen: datetime | None, *, edited_at: datetime | None = None) -> Activity:
    if not uri or not by.id:
        raise Skip("a post must tell its address and its author", field="uri", value=uri)
    act, answers, to = _turned(record, by.id)
    languages = record.get("langs")
    return Activity(
        network=NETWORK,
        id=uri,
        act=act,
        actor=by,
        at=_moment(record, seen),
        change=Change.UPDATE if edited_at else Change.CREATE,
        to=to,
        in_reply_to=answers,
        context=text(inner(inner(record, "reply"), "root"), "uri") or uri,
        text=text(record, "text"),
        url=address_of(uri, by.handle),
        language=str(languages[0]) if isinstance(languages, list) and languages else "",
        tags=_tags(record),
        edited_at=edited_at,
        attachments=attachments(inner(record, "embed"), by=by.id, page=address_of(uri, by.handle)),
    )


def _turned(record: Json, by: str) -> tuple[Act, str, tuple[Account, ...]]:
    """What was done, to which post, and to whom; a thread of one's own is a post that goes on."""
    reply, quoted = inner(record, "reply"), _quoted(record)
    parent, root = text(inner(reply, "parent"), "uri"), text(inner(reply, "root"), "uri")
    # Who goes on under their own answer still speaks to whoever began the thread.
    answered = owner_of(parent) if owner_of(parent) != by else owner_of(root)
    to = _others(by, [Account(id=did) for did in (answered, owner_of(quoted), *_mentioned(record))])
    if parent:
        return (Act.REPLY if to else Act.POST), parent, to
    if quoted:  # with words of one's own it is more than handing on: it wants to be heard
        return (Act.MENTION if to and text(record, "text") else Act.SHARE), quoted, to
    return (Act.MENTION if to else Act.POST), "", to


def _others(by: str, accounts: Iterable[Account]) -> tuple[Account, ...]:
    """These accounts, each once, without the author."""
    return tuple({one.id: one for one in accounts if one.id and one.id != by}.values())


def _quoted(record: Json) -> str:
    """The address of the post that is quoted, alone or beside pictures."""
    embed = inner(record, "embed")
    inside = inner(embed, "record")
    uri = text(inside, "uri") or text(inner(inside, "record"), "uri")
    return uri if f"/{POST}/" in uri else ""


def _features(record: Json, kind: str) -> Iterator[Json]:
    for facet in objects(record.get("facets")):
        for feature in objects(facet.get("features")):
            if feature.get("$type") == f"app.bsky.richtext.facet#{kind}":
                yield feature


def _mentioned(record: Json) -> list[str]:
    return [text(feature, "did") for feature in _features(record, "mention")]


def _tags(record: Json) -> tuple[str, ...]:
    told = record.get("tags")
    outside = [tag for tag in told if isinstance(tag, str)] if isinstance(told, list) else []
    inside = [text(feature, "tag") for feature in _features(record, "tag")]
    return tuple(dict.fromkeys(tag.lower() for tag in (*inside, *outside) if tag))
