"""How fast a network lets itself be asked: its headers read, and a budget that is kept before it bites.

Networks write their limits in four dialects: ``Retry-After`` (seconds or a date), ``X-RateLimit-*`` (a reset as ISO
8601, as seconds since 1970, or as seconds from now), ``RateLimit-*`` and the one ``RateLimit`` field of the draft.

Source: RFC 9110 section 10.2.3 (Retry-After); draft-ietf-httpapi-ratelimit-headers, versions 07 and 09.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import msgspec

LONGEST = timedelta(days=1)  # a network that says "in a year" means a mistake; its word is asked for again tomorrow
EPOCH_FROM = 1_000_000_000  # a reset above this counts seconds since 1970 (2001 on), below it seconds from now
EPOCH_MS_FROM = 1_000_000_000_000
# Reading stops while this share of a window is left, so that an answer can always leave.
KEPT_FOR_SENDING = 0.1
_NUMBER = re.compile(r"\s*(\d{1,15})")
_FIELD = re.compile(r"\b(limit|remaining|reset|r|t)=(\d{1,15})")
_NONE = timedelta(0)


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


class World(msgspec.Struct, frozen=True):
    """Time and chance, given from outside so that tests need no sleeping."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = _sleep
    chance: Callable[[], float] = random.random  # in [0, 1)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the headers of an answer say of a window: how many calls are left of how many, and for how long."""

    remaining: int
    limit: int = 0  # 0: not told
    reset: timedelta = _NONE


def told(headers: Mapping[str, str], *, now: datetime) -> Told | None:
    """The window that the headers tell of; none where they tell nothing.

    ``headers`` are looked up in lower case. A reset that is a moment is measured on the network's own clock, where its
    ``Date`` tells it.

    Examples
    --------
    >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> told({"x-ratelimit-remaining": "7", "x-ratelimit-reset": "2026-11-22T12:05:00.000Z"}, now=noon).reset.seconds
    300
    >>> told({"ratelimit": '"default";r=3;t=30'}, now=noon).remaining
    3
    """
    for prefix in ("x-ratelimit-", "ratelimit-"):
        remaining = _number(headers.get(f"{prefix}remaining"))
        if remaining is not None:
            limit = _number(headers.get(f"{prefix}limit")) or 0
            return Told(remaining=remaining, limit=limit, reset=_until(headers.get(f"{prefix}reset"), headers, now))
    fields = dict(_FIELD.findall(headers.get("ratelimit", "")))
    remaining = _number(fields.get("remaining", fields.get("r")))
    if remaining is None:
        return None
    reset = _until(fields.get("reset", fields.get("t")), headers, now)
    return Told(remaining=remaining, limit=_number(fields.get("limit")) or 0, reset=reset)


def retry_after(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long the headers ask to wait: ``Retry-After`` first, else the reset of an empty window.

    Examples
    --------
    >>> retry_after({"retry-after": "120"}, now=datetime(2026, 11, 22, tzinfo=UTC)).seconds
    120
    """
    if value := headers.get("retry-after"):
        return _until(value, headers, now)
    window = told(headers, now=now)
    return window.reset if window is not None and window.remaining == 0 and window.reset > _NONE else None


class Budget:
    """What is left of a network's windows, as its last answers told; shared by all that speak with the same keys.

    A window is known by its name (``""`` for the general one): a network may count deletions apart. Safe to use from
    several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._windows: dict[str, tuple[Told, datetime]] = {}

    def learn(self, window: str, headers: Mapping[str, str], *, now: datetime) -> None:
        """Keep what these headers tell of a window."""
        new = told(headers, now=now)
        if new is not None:
            with self._lock:
                self._windows[window] = (new, now + new.reset)

    def spend(self, window: str, *, now: datetime, sending: bool) -> timedelta:
        """Take one call out of a window; a length above zero says that it is not taken, and how long to wait.

        Reading leaves a tenth of the window to what sends.
        """
        with self._lock:
            known = self._windows.get(window)
            if known is None or now >= known[1]:
                self._windows.pop(window, None)
                return _NONE
            left, ends = known
            if left.remaining <= (0 if sending else int(left.limit * KEPT_FOR_SENDING)):
                return ends - now
            self._windows[window] = (msgspec.structs.replace(left, remaining=left.remaining - 1), ends)
            return _NONE

    def exhaust(self, window: str, after: timedelta, *, now: datetime) -> None:
        """The network refused: nothing more until then, whatever was thought to be left."""
        with self._lock:
            self._windows[window] = (Told(remaining=0, reset=after), now + after)


_shared: dict[str, Budget] = {}
_sharing = threading.Lock()


def shared(key: str) -> Budget:
    """The budget of this process for a key (a digest of the address and the secret, never the secret itself)."""
    with _sharing:
        return _shared.setdefault(key, Budget())


def _number(value: str | None) -> int | None:
    found = _NUMBER.match(value or "")
    return int(found[1]) if found else None


def _until(value: str | None, headers: Mapping[str, str], now: datetime) -> timedelta:
    """From now until a reset in any of its dialects, between nothing and a day."""
    if not value:
        return _NONE
    theirs = _moment(headers.get("date", "")) or now
    if (moment := _moment(value)) is not None:
        return max(_NONE, min(moment - theirs, LONGEST))
    seconds = float(_number(value) or 0)
    if seconds >= EPOCH_FROM:
        seconds = seconds / (1000 if seconds >= EPOCH_MS_FROM else 1) - theirs.timestamp()
    return timedelta(seconds=max(0.0, min(seconds, LONGEST.total_seconds())))


def _moment(value: str) -> datetime | None:
    """An ISO 8601 or an HTTP date; none for a number or nonsense."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        if not value or value.strip().isdigit():
            return None
        try:
            moment = read(value.strip())
        except (ValueError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
