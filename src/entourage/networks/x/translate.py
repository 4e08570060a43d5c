"""Pages of the X API v2 into activities: posts with what they refer to, edits, withdrawals.

A page is ``{"data": ..., "includes": {"users": [...], "tweets": [...]}, "errors": [...]}``; twarc also writes one post
a line with its author and references expanded in place ("flat"), and a stream has one post a page. Posts of
``includes`` are posts: they are given too, and the one who stores them sees repeats by their id.

Source: the data dictionary of X API v2; ids carry their moment (snowflake: milliseconds since 1288834974657 in the bits
above 22).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from entourage.networks.activity import Account, Act, Activity, Change, Timing
from entourage.networks.base import Aside, Found, Gone, Profile, Skip
from entourage.networks.moments import iso
from entourage.networks.payload import Json, objects, text
from entourage.networks.x.media import attachments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NETWORK = "x"
SNOWFLAKE_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)
FIRST_SNOWFLAKE = 29_700_859_247  # ids were a plain count before 4 November 2010
ORGANISATIONS = {"business", "government"}


def is_page(document: Json) -> bool:
    """Whether a document has the shape of the X API v2."""
    if "__twarc" in document or is_post(document) or is_withdrawal(document):
        return True
    first = next(iter(objects(document.get("data"))), {})
    meta = document.get("meta")
    ours = isinstance(meta, dict) and ("newest_id" in meta or "result_count" in meta or "total_tweet_count" in meta)
    return ours or is_post(first) or is_account(first)


def is_post(node: Json) -> bool:
    return (
        "text" in node
        and "id" in node
        and bool(node.keys() & {"author_id", "edit_history_tweet_ids", "conversation_id"})
    )


def is_account(node: Json) -> bool:
    return "username" in node and "id" in node and bool(node.keys() & {"public_metrics", "protected", "verified"})


def is_withdrawal(node: Json) -> bool:
    return {"id", "action", "created_at"} <= node.keys() and "text" not in node


def page(document: Json, *, file: str = "") -> Iterator[Found]:
    """What a page holds. ``file`` is its name, which alone tells withdrawn posts from withdrawn accounts."""
    if is_withdrawal(document):
        yield withdrawal(document, file=file)
        return
    nodes = [document] if is_post(document) or is_account(document) else objects(document.get("data"))
    includes = document.get("includes")
    included = includes if isinstance(includes, dict) else {}
    view = _View(nodes, included)
    for node in (*nodes, *view.referred, *objects(included.get("tweets"))):
        yield _found(node, view, file=file)
    if errors := len(list(objects(document.get("errors")))):
        yield Aside(
            message=f"X could not give {errors} of what was asked (suspended, deleted or private); the rest is here"
        )


def _found(node: Json, view: _View, *, file: str) -> Found:
    try:
        if is_account(node):
            return Profile(network=NETWORK, account=account(node))
        if is_withdrawal(node):
            return withdrawal(node, file=file)
        if "text" in node and "id" in node:
            return post(node, view)
    except Skip as skip:
        return skip
    known = "counts" if "tweet_count" in node else "lists" if "member_count" in node else "something else"
    return Aside(message=f"these are {known}, which hold no activities")


class _View:
    """What a page knows beside its posts: accounts by id and by handle, first versions of edited posts, authors."""

    def __init__(self, nodes: list[Json], included: Json) -> None:
        self.referred = [ref for node in nodes for ref in objects(node.get("referenced_tweets")) if "text" in ref]
        posts = [*nodes, *self.referred, *objects(included.get("tweets"))]
        inline = [node["author"] for node in posts if isinstance(node.get("author"), dict)]
        known = [account(user) for user in (*objects(included.get("users")), *inline) if text(user, "id")]
        self.accounts = {one.id: one for one in known}
        self.handles = {one.handle.lower(): one for one in known if one.handle}
        self.first = {version: _first(node) for node in posts for version in _versions(node)}
        self.media = {text(one, "media_key"): one for one in objects(included.get("media"))}
        self.authors = {text(node, "id"): text(node, "author_id") for node in posts}

    def account(self, id_: str) -> Account:
        return self.accounts.get(id_) or Account(id=id_)

    def mentioned(self, mention: Json) -> Account:
        handle = text(mention, "username")
        known = self.accounts.get(text(mention, "id")) or self.handles.get(handle.lower())
        return known or Account(id=text(mention, "id") or f"@{handle.lower()}", handle=handle)

    def author_of(self, id_: str) -> Account | None:
        author = self.authors.get(id_, "")
        return self.account(author) if author else None


def account(user: Json) -> Account:
    """An account of X."""
    handle = text(user, "username")
    organisation = text(user, "verified_type") in ORGANISATIONS
    return Account(
        id=text(user, "id"),
        handle=handle,
        name=text(user, "name"),
        url=f"https://x.com/{handle}" if handle else "",
        kind="organisation" if organisation else "",
    )


def post(tweet: Json, view: _View) -> Activity:
    """A post of X as an activity; an edited one keeps the id and the moment of its first version."""
    own, id_ = text(tweet, "id"), _first(tweet)
    author = text(tweet, "author_id")
    if not author:
        raise Skip("must tell its author", field="author_id", cure="Ask X for tweet.fields=author_id,created_at.")
    at, timing, edited_at = _moments(tweet, own=own, first=id_)
    act, answers, to = _turned(tweet, view, author=author)
    actor = view.account(author)
    entities = tweet.get("entities")
    hashtags = objects(entities.get("hashtags")) if isinstance(entities, dict) else []
    url = f"https://x.com/{actor.handle or 'i'}/status/{own}"
    return Activity(
        network=NETWORK,
        id=id_,
        act=act,
        actor=actor,
        at=at,
        change=Change.UPDATE if edited_at else Change.CREATE,
        to=to,
        in_reply_to=view.first.get(answers, answers),
        context=_context(tweet, view),
        text=text(tweet, "text"),
        url=url,
        language="" if text(tweet, "lang") in {"und", "zxx"} else text(tweet, "lang"),
        tags=tuple(text(tag, "tag").lower() for tag in hashtags),
        edited_at=edited_at,
        timing=timing,
        # What is handed on has the files of its first author.
        attachments=() if act is Act.SHARE and answers else attachments(tweet, view.media, page=url),
    )


def _context(tweet: Json, view: _View) -> str:
    conversation = text(tweet, "conversation_id")
    return view.first.get(conversation, conversation)


def _moments(tweet: Json, *, own: str, first: str) -> tuple[datetime, Timing, datetime | None]:
    created = tweet.get("created_at")
    if own != first:
        told = iso(created, field="created_at") if created else snowflake_moment(own)
        return snowflake_moment(first).replace(microsecond=0), Timing.DERIVED, told
    if created:
        return iso(created, field="created_at"), Timing.EXACT, None
    return snowflake_moment(own), Timing.DERIVED, None


def snowflake_moment(id_: str) -> datetime:
    """The moment that an id of X carries.

    Examples
    --------
    >>> snowflake_moment("1576994746135764992").isoformat(timespec="seconds")
    '2022-10-03T17:57:01+00:00'
    """
    if not (id_.isascii() and id_.isdigit() and FIRST_SNOWFLAKE <= int(id_) < 1 << 63):
        raise Skip("must have a moment", field="created_at", value=id_, cure="Ask X for tweet.fields=created_at.")
    return SNOWFLAKE_EPOCH + timedelta(milliseconds=int(id_) >> 22)


def _turned(tweet: Json, view: _View, *, author: str) -> tuple[Act, str, tuple[Account, ...]]:
    """What was done, to which post, and to whom; a thread of one's own is a post that goes on."""
    refs = {text(ref, "type"): text(ref, "id") for ref in objects(tweet.get("referenced_tweets"))}
    entities = tweet.get("entities")
    mentioned = [view.mentioned(m) for m in objects(entities.get("mentions"))] if isinstance(entities, dict) else []
    if shared := refs.get("retweeted", ""):
        owner = view.author_of(shared) or (mentioned[0] if mentioned else None)
        return Act.SHARE, shared, (owner,) if owner else ()
    answered = text(tweet, "in_reply_to_user_id")
    first = [view.account(answered)] if answered else []
    quoted = refs.get("quoted", "")
    quotes = [view.author_of(quoted)] if quoted and "replied_to" not in refs else []
    everyone = {one.id: one for one in (*first, *quotes, *mentioned) if one is not None and one.id != author}
    to = tuple(everyone.values())
    if "replied_to" in refs or answered:
        return (Act.REPLY if to or answered != author else Act.POST), refs.get("replied_to", ""), to
    if quoted:
        return Act.SHARE, quoted, to
    return (Act.MENTION if to else Act.POST), "", to


def _versions(tweet: Mapping[str, Any]) -> list[str]:
    history = tweet.get("edit_history_tweet_ids")
    return [one for one in history if isinstance(one, str)] if isinstance(history, list) else []


def _first(tweet: Json) -> str:
    return next(iter(_versions(tweet)), "") or text(tweet, "id")


def withdrawal(node: Json, *, file: str) -> Found:
    """A line of X's compliance stream: what must go, a post or an account, is told by the name of the file alone."""
    try:
        at = iso(node.get("created_at"), field="created_at")
    except Skip as skip:
        return skip
    id_, reason, name = text(node, "id"), text(node, "reason"), file.lower()
    if text(node, "action") != "delete":
        return Aside(message="X says that something changed its visibility; only deletions are mirrored")
    if "user" in name:
        return Gone(network=NETWORK, account_id=id_, at=at, reason=reason)
    if "tweet" in name or "post" in name:
        gone = Account(id="")
        return Activity(network=NETWORK, id=id_, act=Act.POST, actor=gone, at=at, change=Change.DELETE)
    cure = "Name the file tweets_compliance.jsonl or users_compliance.jsonl, as X does."
    return Skip(
        "must be known as a post or an account, which only the file's name tells", field="id", value=id_, cure=cure
    )
