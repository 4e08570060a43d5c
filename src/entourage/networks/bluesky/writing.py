"""What is written to Bluesky: facets over bytes, keys of records. Pure."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from entourage.graphemes import graphemes

if TYPE_CHECKING:
    from collections.abc import Callable

    from entourage.networks.payload import Json

LENGTH = 300  # graphemes of a post (lexicon app.bsky.feed.post)
BYTES = 3_000
HANDLE = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
MENTION = re.compile(rf"(?<![\w@.])@({HANDLE})\b")
LINK = re.compile(r"https?://[^\s<>\"']+")
TAG = re.compile(r"(?<!\S)#(\w*[^\W\d]\w*)")
LONGEST_TAG = 64  # graphemes; Bluesky takes no longer one
CLOSING = {")": "(", "]": "["}

# Record keys have the shape of a TID: 13 characters of base 32 that sort as they were made.
DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
FIRST_US = 1_672_531_200_000_000  # 2023: a plausible past, for a key in the future may be refused somewhere
YEAR_US = 365 * 24 * 3600 * 1_000_000
CLOCK_BITS = 10


def rkey_of(key: str) -> str:
    """The record key of an answer, the same for the same key: it cannot become two posts.

    It has the shape of a TID whose moment (somewhere in 2023) and clock are drawn from a hash: 55 bits, so that two of
    a million answers meet with a chance of one in a hundred thousand.

    Examples
    --------
    >>> rkey_of("one") == rkey_of("one") != rkey_of("two"), len(rkey_of("one"))
    (True, 13)
    """
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:16], "big")
    moment, clock = divmod(number % (YEAR_US << CLOCK_BITS), 1 << CLOCK_BITS)
    tid = (FIRST_US + moment) << CLOCK_BITS | clock
    return "".join(DIGITS[tid >> shift & 31] for shift in range(60, -1, -5))


def facets(text: str, did_of: Callable[[str], str]) -> list[Json]:
    """The links, mentions and tags of a text, where Bluesky wants them: between two counts of bytes.

    ``did_of`` finds the account of a handle, or "" where there is none: such a mention stays plain text.
    """
    found = [*_links(text), *_mentions(text, did_of), *_tagged(text)]
    links = [(start, end) for start, end, feature in found if "uri" in feature]
    return [
        _facet(text, start, end, feature)
        for start, end, feature in sorted(found, key=lambda one: one[:2])
        if "uri" in feature or not any(low <= start < high for low, high in links)
    ]


_Found = tuple[int, int, "Json"]


def _links(text: str) -> list[_Found]:
    found = []
    for match in LINK.finditer(text):
        url = _bare(match[0])
        found.append((match.start(), match.start() + len(url), {"$type": "app.bsky.richtext.facet#link", "uri": url}))
    return found


def _bare(url: str) -> str:
    """An address without the sentence's own signs after it."""
    while url and (url[-1] in ".,;:!?…" or _closes_nothing(url)):
        url = url[:-1]
    return url


def _closes_nothing(url: str) -> bool:
    last = url[-1]
    return last in CLOSING and url.count(last) > url.count(CLOSING[last])


def _mentions(text: str, did_of: Callable[[str], str]) -> list[_Found]:
    kind = "app.bsky.richtext.facet#mention"
    told = [(match, did_of(match[1].lower())) for match in MENTION.finditer(text)]
    return [(match.start(), match.end(), {"$type": kind, "did": did}) for match, did in told if did]


def _tagged(text: str) -> list[_Found]:
    kind = "app.bsky.richtext.facet#tag"
    told = [match for match in TAG.finditer(text) if graphemes(match[1]) <= LONGEST_TAG]
    return [(match.start(), match.end(), {"$type": kind, "tag": match[1]}) for match in told]


def _facet(text: str, start: int, end: int, feature: Json) -> Json:
    begins = len(text[:start].encode())
    return {
        "index": {"byteStart": begins, "byteEnd": begins + len(text[start:end].encode())},
        "features": [feature],
    }
