"""What leaves for Bluesky: answers under a key of our own choosing, likes, hidden answers, deletions.

An answer's record key comes from ``Answer.key`` alone and is written only where nothing stands under it
(``swapRecord: null``), so that the same answer can never become two posts, whatever is lost on the way.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from entourage.graphemes import graphemes
from entourage.networks.base import Broken
from entourage.networks.bluesky import translate as to
from entourage.networks.bluesky.reading import existing
from entourage.networks.bluesky.session import ChangedError, MissingError, Xrpc
from entourage.networks.bluesky.writing import BYTES, LENGTH, facets, rkey_of
from entourage.networks.http import Effect
from entourage.networks.live import Answer, Receipt, Reconnect, Refused, Retry
from entourage.networks.moments import iso
from entourage.networks.payload import Json, inner, text

if TYPE_CHECKING:
    from entourage.networks.activity import Attachment

PICTURES = 4
PICTURE_BYTES = 2_000_000
THREADGATE = "app.bsky.feed.threadgate"
HIDDEN = 300  # answers that a post can hide
TRIES = 3
SOON = timedelta(seconds=30)


class Sending:
    """Writes of one account. Raises what ``live.Network`` names."""

    def __init__(self, xrpc: Xrpc) -> None:
        self._xrpc = xrpc
        if not xrpc.keyed:
            raise Reconnect("Without an app password Bluesky is only read. Connect the account anew, with one.")

    def send(self, answer: Answer) -> Receipt:
        """One post under the message that it answers."""
        _check(answer)
        if (sent := self.find(answer)) is not None:
            return sent
        record = self._record(answer, self._answered(answer.to))
        try:
            uri = self._put(to.POST, rkey_of(answer.key), record, swap=None)
        except ChangedError:  # an earlier try arrived after all
            if (sent := self.find(answer)) is not None:
                return sent
            raise Retry("Bluesky says that this answer is there, and does not show it.", after=SOON) from None
        return self._receipt(uri, record)

    def find(self, answer: Answer) -> Receipt | None:
        """What stands under the answer's key."""
        found = self._get(to.POST, rkey_of(answer.key))
        return None if found is None else self._receipt(text(found, "uri"), inner(found, "value"))

    def like(self, uri: str) -> None:
        """Like a post, unless it is liked already."""
        view = self._post(uri)
        if inner(view, "viewer").get("like"):
            return
        record = {"$type": to.LIKE, "subject": _ref(view), "createdAt": _now()}
        try:
            self._put(to.LIKE, rkey_of(f"like {uri}"), record, swap=None)
        except ChangedError:
            return

    def hide(self, uri: str) -> None:
        """Hide an answer under a post of ours; only who began a thread can."""
        root = text(inner(inner(inner(self._post(uri), "record"), "reply"), "root"), "uri")
        if to.owner_of(root) != self._xrpc.session().did:
            raise Refused("Bluesky hides only answers under one's own posts. Block the account in Bluesky instead.")
        rkey = to.parts(root)[2]
        for _ in range(TRIES):
            try:
                if self._hidden(root, rkey, uri):
                    return
            except ChangedError:
                continue
        raise Retry("Somebody else changes what is hidden under this post.", after=SOON)

    def delete(self, uri: str) -> None:
        """Take back a post of ours; one that is gone already stays gone."""
        repo, collection, rkey = to.parts(uri)
        if repo != self._xrpc.session().did:
            raise Refused("Only what this account wrote can be deleted. Hide the message instead.")
        body = {"repo": repo, "collection": collection, "rkey": rkey}
        self._xrpc.write("com.atproto.repo.deleteRecord", body, effect=Effect.SETTLES)

    def _answered(self, uri: str) -> Json:
        """The post that is answered, if this account may answer it."""
        view = self._post(uri)
        author = inner(inner(view, "author"), "viewer")
        if author.get("blockedBy") or author.get("blocking"):
            raise Refused("One of the two accounts has blocked the other. Answer this person elsewhere.")
        if inner(view, "viewer").get("replyDisabled"):
            raise Refused("Who wrote this lets only some accounts answer. Quote the post in Bluesky, or leave it.")
        return view

    def _post(self, uri: str) -> Json:
        views = existing(self._xrpc, [uri])
        if not views:
            raise Refused("The message is no longer on Bluesky, or hidden from this account. There is nothing to do.")
        return views[0]

    def _record(self, answer: Answer, view: Json) -> Json:
        """The post as it is written."""
        parent = _ref(view)
        root = inner(inner(inner(view, "record"), "reply"), "root") or parent
        record: Json = {
            "$type": to.POST,
            "text": answer.text,
            "createdAt": _now(),
            "reply": {"root": {"uri": text(root, "uri"), "cid": text(root, "cid")}, "parent": parent},
        }
        if found := facets(answer.text, self._did_of):
            record["facets"] = found
        if answer.language:
            record["langs"] = [answer.language]
        if answer.attachments:
            pictures = [self._picture(one) for one in answer.attachments]
            record["embed"] = {"$type": "app.bsky.embed.images", "images": pictures}
        return record

    def _picture(self, picture: Attachment) -> Json:
        return {"image": self._xrpc.upload(picture.content, picture.kind), "alt": picture.alt}

    def _did_of(self, handle: str) -> str:
        try:
            return text(self._xrpc.get("com.atproto.identity.resolveHandle", handle=handle), "did")
        except (MissingError, Broken):  # "@8.30 pm" looks like a handle too
            return ""

    def _hidden(self, root: str, rkey: str, uri: str) -> bool:
        """Add an answer to those that a post hides, keeping what else its gate says."""
        found = self._get(THREADGATE, rkey)
        gate = inner(found or {}, "value") or {"$type": THREADGATE, "post": root, "createdAt": _now()}
        told = gate.get("hiddenReplies")
        hidden = told if isinstance(told, list) else []
        if uri not in hidden:
            gate = {**gate, "hiddenReplies": [*hidden, uri][-HIDDEN:]}
            self._put(THREADGATE, rkey, gate, swap=text(found or {}, "cid") or None)
        return True

    def _get(self, collection: str, rkey: str) -> Json | None:
        """A record of ours, asked of the account's own server, which knows it at once."""
        us = self._xrpc.session().did
        try:
            return self._xrpc.get("com.atproto.repo.getRecord", repo=us, collection=collection, rkey=rkey)
        except MissingError:
            return None

    def _put(self, collection: str, rkey: str, record: Json, *, swap: str | None) -> str:
        """Write a record where ``swap`` stands now (None: nothing); its address."""
        us = self._xrpc.session().did
        body = {"repo": us, "collection": collection, "rkey": rkey, "record": record, "swapRecord": swap}
        return text(self._xrpc.write("com.atproto.repo.putRecord", body, effect=Effect.KEYED), "uri")

    def _receipt(self, uri: str, record: Json) -> Receipt:
        at = iso(record.get("createdAt"), field="createdAt")
        return Receipt(id=uri, at=at, url=to.address_of(uri, self._xrpc.session().handle))


def _check(answer: Answer) -> None:
    """What is known before anything is sent."""
    long, heavy = graphemes(answer.text), len(answer.text.encode())
    if answer.private:
        raise Refused("Bluesky takes no private messages through this door. Answer in public, or elsewhere.")
    if not answer.text.strip() and not answer.attachments:
        raise Refused("An answer must have words or a picture. Write some.")
    if long > LENGTH:
        raise Refused(f"An answer on Bluesky has at most {LENGTH} characters. This one has {long}. Shorten it.")
    if heavy > BYTES:
        raise Refused(
            f"An answer on Bluesky has at most {BYTES:,} bytes (an emoji has many). This one has {heavy}. Shorten it."
        )
    if len(answer.attachments) > PICTURES:
        raise Refused(f"An answer on Bluesky has at most {PICTURES} pictures. Take some away.")
    for one in answer.attachments:
        if not one.kind.startswith("image/") or len(one.content) > PICTURE_BYTES:
            raise Refused(f"Bluesky takes pictures of at most 2 MB. Make {one.name} smaller, or leave it out.")


def _ref(view: Json) -> Json:
    return {"uri": text(view, "uri"), "cid": text(view, "cid")}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
