"""Reading in passes: what is new since the last one, a page at a time, from a cursor that says what is still to do.

Bluesky shows the newest first, so a pass goes back until it meets what the pass before has seen; only when it has, the
mark moves on. A process that dies in between goes on from the same step, and what is told twice does no harm.

With a key a pass is: the notifications, our own feed, and a look at whether what we know is still there. Without one it
is our public feed; for each post whose counts have grown its thread, likes, quotes and reposts; and the public search.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from entourage.networks.activity import Activity
from entourage.networks.base import Found, NetworkError
from entourage.networks.bluesky import translate as to
from entourage.networks.bluesky.session import MissingError
from entourage.networks.live import Page, Retry
from entourage.networks.payload import Json, inner, objects, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entourage.networks.bluesky.session import Xrpc

PAGE = 100  # the most that Bluesky gives at once
BATCH = 25  # posts that getPosts takes at once
OVERLAP = timedelta(minutes=10)  # the network sees records late and out of order; read again, they change nothing
WATCHED = 200  # posts whose disappearance is noticed by looking
FOLLOWED = 300  # own posts whose counts are looked at anew in a pass without key
DEEPEST = 1_000  # levels of a thread, the most that Bluesky gives
#: A count of a post, and the step that reads what it counts.
COUNTS = (("replyCount", "thread"), ("likeCount", "likes"), ("quoteCount", "quotes"), ("repostCount", "reposts"))
Step = tuple[str, str, str]  # its name, what it is about, the network's own cursor


class State(msgspec.Struct, kw_only=True):
    """Between two pages: the cursor, as JSON."""

    keyed: bool
    #: The newest moment of the pass before, and of this one (ISO 8601).
    seen: str = ""
    top: str = ""
    todo: list[Step] = []
    #: The posts that are looked after (repository and key), newest first, and how many passes there were.
    watch: list[str] = []
    turn: int = 0
    #: Without key: own posts (their keys) and their counts when they were last read.
    counts: dict[str, list[int]] = {}

    def written(self) -> str:
        """The cursor."""
        return msgspec.json.encode(self).decode()


def state_of(cursor: str, *, keyed: bool) -> State:
    """What a cursor says; one from before the key was given goes on from the same moment."""
    try:
        state = msgspec.json.decode(cursor, type=State) if cursor else State(keyed=keyed)
    except msgspec.DecodeError:
        state = State(keyed=keyed)  # of another version: what is read again does no harm
    return state if state.keyed == keyed else State(keyed=keyed, seen=state.seen, watch=state.watch)


class Reading:
    """One page of one pass."""

    def __init__(self, xrpc: Xrpc, cursor: str, *, us: str) -> None:
        self._xrpc, self._us = xrpc, us
        self._state = state_of(cursor, keyed=xrpc.keyed)

    def page(self) -> Page:
        """Take the next step; at the end of a pass the mark moves on."""
        state = self._state
        if not state.todo:
            state.todo, state.top = list(self._pass()), state.seen
        name, about, cursor = state.todo.pop(0)
        found = tuple(getattr(self, f"_{name}")(about, cursor))
        self._watch_over(found)
        if not state.todo:
            state.seen, state.turn = state.top, state.turn + 1
        return Page(found=found, cursor=state.written(), more=bool(state.todo))

    def _pass(self) -> Iterator[Step]:
        yield from [("notifications", "", "")] if self._state.keyed else []
        yield "feed", "0", ""
        yield from [] if self._state.keyed else [("search", "", "")]
        yield from [("presence", "newest", ""), ("presence", "in turn", "")] if self._state.watch else []

    def _notifications(self, _about: str, cursor: str) -> Iterator[Found]:
        page = self._xrpc.get("app.bsky.notification.listNotifications", limit=PAGE, cursor=cursor)
        notes = objects(page.get("notifications"))
        yield from told(notes)
        yield from around(self._xrpc, notes, us=self._us)
        self._go_on("notifications", "", page, notes)

    def _feed(self, read: str, cursor: str) -> Iterator[Found]:
        page = feed_page(self._xrpc, self._us, cursor)
        views = [inner(item, "post") for item in objects(page.get("feed"))]
        yield from to.feed(page)
        count = int(read) + len(views)
        self._go_on("feed", str(count), page, views, least=0 if self._state.keyed else FOLLOWED - count)
        if not self._state.keyed:
            self._state.todo[:0] = list(self._grown(views))

    def _grown(self, views: list[Json]) -> Iterator[Step]:
        """What must be read under own posts, because more of it is counted than when it was last read."""
        known = self._state.counts
        for view in views:
            uri = text(view, "uri")
            if to.owner_of(uri) != self._us:
                continue
            now = [count if isinstance(count := view.get(key), int) else 0 for key, _ in COUNTS]
            rkey = to.parts(uri)[2]
            before = known.pop(rkey, [0] * len(COUNTS))
            known[rkey] = now
            yield from ((step, uri, "") for (_, step), new, old in zip(COUNTS, now, before, strict=True) if new != old)
        while len(known) > FOLLOWED + PAGE:
            del known[next(iter(known))]

    def _thread(self, uri: str, _cursor: str) -> Iterator[Found]:
        yield from whole_thread(self._xrpc, uri)

    def _likes(self, uri: str, cursor: str) -> Iterator[Found]:
        page = self._under("app.bsky.feed.getLikes", "likes", uri, cursor)
        yield from (to.like(entry, uri) for entry in objects(page.get("likes")))

    def _quotes(self, uri: str, cursor: str) -> Iterator[Found]:
        page = self._under("app.bsky.feed.getQuotes", "quotes", uri, cursor)
        yield from to.posts(objects(page.get("posts")))

    def _reposts(self, uri: str, cursor: str) -> Iterator[Found]:
        page = self._under("app.bsky.feed.getRepostedBy", "reposts", uri, cursor)
        posted = next((one.at for one in to.posts(existing(self._xrpc, [uri])) if isinstance(one, Activity)), None)
        if posted is not None:
            yield from (to.repost(profile, uri, posted=posted) for profile in objects(page.get("repostedBy")))

    def _under(self, method: str, step: str, uri: str, cursor: str) -> Json:
        """A page of what hangs on a post; none where the post has gone meanwhile."""
        try:
            page = self._xrpc.get(method, uri=uri, limit=PAGE, cursor=cursor)
        except MissingError:
            return {}
        if more := text(page, "cursor"):
            self._state.todo.insert(0, (step, uri, more))
        return page

    def _search(self, _about: str, cursor: str) -> Iterator[Found]:
        """Who names us; Bluesky does not always let the public search, and then it tells nothing."""
        try:
            page = search(self._xrpc, self._us, cursor)
        except Retry:
            raise
        except NetworkError:
            return
        views = objects(page.get("posts"))
        yield from to.posts(views)
        self._go_on("search", "", page, views)

    def _presence(self, which: str, _cursor: str) -> Iterator[Found]:
        """Deletions: which of the posts we know are no longer there."""
        watch, older = self._state.watch, self._state.watch[BATCH:]
        if which == "newest":
            looked = watch[:BATCH]
        else:
            start = self._state.turn * BATCH % max(len(older), 1)
            looked = older[start : start + BATCH]
        for lost in vanished(self._xrpc, [_whole(one) for one in looked]):
            watch.remove(_short(lost.id))
            yield lost

    def _go_on(self, step: str, about: str, page: Json, seen: list[Json], *, least: int = 0) -> None:
        """Another page of the same, unless this one reached what the pass before has read."""
        moments = [text(one, "indexedAt") for one in seen if one.get("indexedAt")]
        self._state.top = max([self._state.top, *moments])
        more, oldest = text(page, "cursor"), min(moments, default="")
        if more and seen and (least > 0 or not self._state.seen or oldest > _before(self._state.seen)):
            self._state.todo.insert(0, (step, about, more))

    def _watch_over(self, found: Iterable[Found]) -> None:
        watch = self._state.watch
        new = [one for one in found if isinstance(one, Activity) and f"/{to.POST}/" in one.id and "#" not in one.id]
        alive = [short for one in new if one.change != "delete" and (short := _short(one.id)) not in watch]
        self._state.watch = [*dict.fromkeys(alive), *watch][:WATCHED]


def _short(uri: str) -> str:
    """A post's address without what all have in common: a cursor is written with every page."""
    repo, _, rkey = to.parts(uri)
    return f"{repo}/{rkey}"


def _whole(short: str) -> str:
    repo, _, rkey = short.partition("/")
    return f"at://{repo}/{to.POST}/{rkey}"


def _before(moment: str) -> str:
    """A moment of the network, an overlap earlier, in the network's own form."""
    at = datetime.fromisoformat(moment) - OVERLAP
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def told(notes: Iterable[Json]) -> Iterator[Found]:
    """What notifications tell; news that no person made are left out."""
    return (one for note in notes if (one := to.notification(note)) is not None)


def feed_page(xrpc: Xrpc, us: str, cursor: str) -> Json:
    """What we wrote, the newest first; an account without a feed has an empty one."""
    try:
        return xrpc.get("app.bsky.feed.getAuthorFeed", actor=us, filter="posts_with_replies", limit=PAGE, cursor=cursor)
    except MissingError:
        return {}


def search(xrpc: Xrpc, us: str, cursor: str, *, since: str = "") -> Json:
    """Posts that name us, the newest first."""
    return xrpc.get(
        "app.bsky.feed.searchPosts", q="*", mentions=us, sort="latest", limit=PAGE, cursor=cursor, since=since
    )


def whole_thread(xrpc: Xrpc, uri: str) -> tuple[Found, ...]:
    """A post and all that is under it; nothing where it has gone."""
    try:
        page = xrpc.get("app.bsky.feed.getPostThread", uri=uri, depth=DEEPEST, parentHeight=0)
    except MissingError:
        return ()
    return tuple(to.thread(inner(page, "thread")))


def existing(xrpc: Xrpc, uris: Iterable[str]) -> list[Json]:
    """These posts, as far as they can be seen; at most a batch."""
    asked = list(uris)
    return objects(xrpc.get("app.bsky.feed.getPosts", uris=asked).get("posts")) if asked else []


def around(xrpc: Xrpc, notes: Iterable[Json], *, us: str) -> Iterator[Found]:
    """What strangers' answers stand under, where that is not ours: without it nobody understands them."""
    wanted: dict[str, None] = {}
    for note in notes:
        reply = inner(inner(note, "record"), "reply")
        refs = (text(inner(reply, end), "uri") for end in ("root", "parent"))
        wanted |= {uri: None for uri in refs if uri and to.owner_of(uri) != us}
    asked = list(wanted)
    for start in range(0, len(asked), BATCH):
        yield from to.posts(existing(xrpc, asked[start : start + BATCH]))


def vanished(xrpc: Xrpc, uris: list[str]) -> Iterator[Activity]:
    """Those of a batch of posts that were deleted.

    A post that cannot be seen may only be hidden from us (its author blocked us), so its record is asked for too.
    """
    there = {text(view, "uri") for view in existing(xrpc, uris)}
    for uri in uris:
        if uri not in there and not _recorded(xrpc, uri):
            yield to.gone(uri, at=xrpc.now)


def _recorded(xrpc: Xrpc, uri: str) -> bool:
    repo, collection, rkey = to.parts(uri)
    try:
        xrpc.get("com.atproto.repo.getRecord", repo=repo, collection=collection, rkey=rkey)
    except MissingError:
        return False
    return True
