"""An answer on its way to Mastodon: to whom it begins, who may see it, what goes with it, and whether it is there."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from entourage.networks.base import Skip, shown
from entourage.networks.http import Effect
from entourage.networks.live import Receipt, Refused, Retry, Uncertain
from entourage.networks.mastodon.reading import NOT_THERE, PAGE, moment, nodes_of, own, status_path
from entourage.networks.mastodon.translate import account, message_id
from entourage.networks.mastodon.words import essence, plain
from entourage.networks.moments import iso
from entourage.networks.payload import Json, inner, text

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.networks.activity import Attachment
    from entourage.networks.http import Client
    from entourage.networks.live import Answer
    from entourage.networks.mastodon.translate import Home
    from entourage.networks.pace import World

# From the most to the least public: an answer is never seen by more people than what it answers.
SEEN_BY = ("public", "unlisted", "private", "direct")
PAGES = 25  # of own posts that are searched for an answer: a thousand since it was tried
SOON = timedelta(seconds=30)
SKEW = timedelta(minutes=5)  # their clock may be behind ours
LOOKS = 20  # at a picture that the server still works on
BETWEEN_LOOKS_S = 0.5
WORKING = (202, 206)  # HTTP: taken but not ready; part of it is ready


def sent(client: Client, home: Home, answer: Answer, *, world: World) -> Receipt:
    """Send it under its key; the same key again within an hour gives the same receipt."""
    parent = _parent(client, answer, home)
    content = {
        "status": _addressed(answer, parent, home),
        "in_reply_to_id": number_of(answer.to, home) or None,
        "visibility": _visibility(answer, parent),
        "language": answer.language[:2] or None,
        "media_ids": [_attached(client, one, world=world) for one in answer.attachments],
    }
    content = {key: value for key, value in content.items() if value}
    headers = {"Idempotency-Key": answer.key}
    told = client.call("POST", "/api/v1/statuses", effect=Effect.KEYED, json=content, headers=headers).body
    return receipt(told if isinstance(told, dict) else {}, home)


def there(client: Client, home: Home, answer: Answer, *, since: datetime) -> Receipt | None:
    """The own post with the same words under the same message, among those since then."""
    below: dict[str, Any] = {"limit": PAGE, "exclude_reblogs": "true"}
    for _ in range(PAGES):
        nodes = nodes_of(client, own(home), below, urgent=True)
        for node in nodes:
            if _same(node, answer, home):
                return receipt(node, home)
        if not nodes or moment(nodes[-1], since) < since - SKEW:
            return None
        below["max_id"] = text(nodes[-1], "id")
    return None


def receipt(node: Json, home: Home) -> Receipt:
    """What the server's word about a post of ours proves."""
    try:
        at = iso(node.get("created_at"), field="created_at")
    except Skip:
        at = None
    if at is None or not text(node, "id"):
        raise Uncertain("Mastodon answered, but not with the post; it may have arrived.", after=SOON)
    return Receipt(id=message_id(text(node, "id"), host=home.host), at=at, url=text(node, "url"))


def number_of(network_id: str, home: Home) -> str:
    """The number of a message on this server; another server's cannot be answered from here."""
    host, _, number = network_id.rpartition("/")
    if network_id and (host != home.host or not number):
        raise Refused(f"This message is on {host or network_id}, not on {home.host}. Answer it from an account there.")
    return number


def _parent(client: Client, answer: Answer, home: Home) -> Json:
    """The message that is answered, as it stands now; empty where nothing is answered."""
    number = number_of(answer.to, home)
    if not number:
        return {}
    told = client.get(status_path(number), allow=NOT_THERE, urgent=True)
    if told.status in NOT_THERE or not isinstance(told.body, dict):
        raise Refused("The message is gone, or its author no longer shows it to us. There is nothing to answer.")
    return told.body


def _addressed(answer: Answer, parent: Json, home: Home) -> str:
    """The words, beginning with whom they answer: who is not named in a post is not told of it."""
    theirs = answer.recipient.handle or answer.recipient.id if answer.recipient else ""
    if not theirs and (author := inner(parent, "account")):
        theirs = account(author, host=home.host).handle
    local = theirs.removesuffix(f"@{home.host}")
    named = re.search(rf"@{re.escape(local)}(?![\w@.-]*\w)", answer.text, re.IGNORECASE)
    return answer.text if not theirs or theirs == home.me.id or named else f"@{local} {answer.text}"


def _visibility(answer: Answer, parent: Json) -> str:
    if answer.private:
        return "direct"
    seen = text(parent, "visibility")
    return seen if seen in SEEN_BY[1:] else ""  # none: as the account's owner has set for what is public


def _attached(client: Client, one: Attachment, *, world: World) -> str:
    """Give the server a file and wait until it has looked at it; given twice, one is forgotten."""
    files = {"file": (one.name, one.content, one.kind)}
    told = client.call("POST", "/api/v2/media", effect=Effect.SETTLES, files=files, data={"description": one.alt})
    number = text(told.body if isinstance(told.body, dict) else {}, "id")
    status, looks = told.status, 0
    while status in WORKING and looks < LOOKS:
        world.sleep(BETWEEN_LOOKS_S)
        status, looks = client.get(f"/api/v1/media/{quote(number, safe='')}", urgent=True).status, looks + 1
    if status in WORKING or not number:
        raise Retry(f"Mastodon still works on {shown(one.name)}.", after=SOON)
    return number


def _same(node: Json, answer: Answer, home: Home) -> bool:
    number = number_of(answer.to, home)
    return text(node, "in_reply_to_id") == number and essence(plain(text(node, "content"))) == essence(answer.text)
