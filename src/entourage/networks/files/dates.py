"""Dates of a column: which form they have, and a reader for that form.

A date such as 03/04/2024 has two meanings. The whole sample decides: a 13 in first place can only be a day, in second
place it makes the first a month; a reading that puts dates in the future is wrong. Where nothing decides, the day is
taken first, and that is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from entourage.networks.base import Broken, Skip
from entourage.networks.moments import AHEAD, EARLIEST

Reader = Callable[[str], datetime]

FORMS = {
    "iso": "2024-03-01T10:00:00Z",
    "epoch_s": "seconds since 1970",
    "epoch_ms": "milliseconds since 1970",
    "serial": "a spreadsheet's day number",
    "dmy": "day/month/year",
    "mdy": "month/day/year",
    "words": "1 March 2024, 1er mars 2024",
}
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets count days of their own time zone from here
_CLOCK = (
    r"(?:[ ,T]*(?:at|à|a|-)?[ ,]*(\d{1,2})[:h.](\d{2})(?::(\d{2})(?:\.\d+)?)?[ \u202f\u00a0]*([AaPp]\.?[Mm]\.?)?)?"
    r"[ ]*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})" + _CLOCK)
_DAY_WORD = re.compile(r"(?:\w+\.?,? +)?(\d{1,2})(?:er|st|nd|rd|th)?[ .-]+([^\W\d_]+)\.?[ ,.-]+(\d{4})" + _CLOCK)
_WORD_DAY = re.compile(r"(?:[^\W\d_]+\.?,? +)?([^\W\d_]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})" + _CLOCK)
_TWITTER = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{1,2}):(\d{2}):(\d{2}) ([+-]\d{4}) (\d{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier jan janv", "february fevrier feb fevr fev", "march mars mar", "april avril apr avr",
            "may mai", "june juin jun", "july juillet jul juil", "august aout aug", "september septembre sep sept",
            "october octobre oct", "november novembre nov", "december decembre dec",
        ), 1,
    )
    for name in names.split()
}  # fmt: skip
_WRONG = "Correct the date, or choose another date format in the mapping."


class Form(NamedTuple):
    """The form of a column of dates, how sure that is (0..1), why, and what to say if it could be another."""

    name: str
    confidence: float
    reason: str
    warning: str = ""


def sniff(values: Sequence[str], *, now: datetime) -> Form:
    """The form that most of the sample has; its name is "" where no form reads half of it."""
    told = [value.strip() for value in values if value.strip()]
    if not told:
        return Form("", 0.0, "the column is empty")
    orders = [_NUMBERS.fullmatch(value) for value in told]
    if sum(order is not None for order in orders) > len(told) / 2:
        return _order([order for order in orders if order is not None], now=now)
    shares = {name: _share(name, told, now=now) for name in ("iso", "epoch_s", "epoch_ms", "serial", "words")}
    name, share = max(shares.items(), key=lambda item: item[1])
    if share < 0.5:
        return Form("", 0.0, f"no known form of dates reads {told[0]!r}")
    return Form(name, share, f"{share:.0%} of the sample are {FORMS[name]}")


def _share(name: str, values: Sequence[str], *, now: datetime) -> float:
    reader, good = date_reader(name, "UTC"), 0
    for value in values:
        try:
            good += EARLIEST <= reader(value) <= now + 366 * AHEAD
        except Skip:
            continue
    return good / len(values)


def _order(found: list[re.Match[str]], *, now: datetime) -> Form:
    firsts, seconds = (max(int(match[n]) for match in found) for n in (1, 2))
    if firsts > 12 >= seconds:
        return Form("dmy", 1.0, f"{firsts} in first place can only be a day")
    if seconds > 12 >= firsts:
        return Form("mdy", 1.0, f"{seconds} in second place can only be a day")
    if any(match[7] for match in found) and seconds > 12:
        return Form("mdy", 0.7, "times are written with AM and PM")
    late = {order: _latest(found, order) > now + AHEAD for order in ("dmy", "mdy")}
    if late["dmy"] and not late["mdy"]:
        return Form("mdy", 0.9, "day first would put dates in the future")
    if late["mdy"] and not late["dmy"]:
        return Form("dmy", 0.9, "month first would put dates in the future")
    told = found[0][0]
    meanings = f"dates such as {told} could be day first or month first"
    warning = f"{meanings}; they are read day first: choose `mdy` in the mapping if that is wrong"
    return Form("dmy", 0.5, "nothing in the sample tells the day from the month", warning)


def _latest(found: list[re.Match[str]], order: str) -> datetime:
    moments = []
    for match in found:
        try:
            moments.append(_numbers(match[0], order=order, zone=UTC))
        except Skip:
            continue
    return max(moments, default=EARLIEST)


def date_reader(form: str, time_zone: str) -> Reader:
    """A reader of dates of one form, a key of ``FORMS`` or a pattern with ``%``; naive times are in ``time_zone``.

    Raises
    ------
    Broken: the form or the time zone does not exist.

    Examples
    --------
    >>> date_reader("dmy", "Europe/Paris")("01/03/2024 10:00").isoformat()
    '2024-03-01T09:00:00+00:00'
    >>> date_reader("words", "UTC")("1er août 2024 à 14 h 30".replace(" h ", "h")).isoformat()
    '2024-08-01T14:30:00+00:00'
    """
    zone = zone_of(time_zone)
    if "%" in form:
        return partial(_pattern, pattern=form, zone=zone)
    if form in {"dmy", "mdy"}:
        return partial(_numbers, order=form, zone=zone)
    readers: dict[str, Reader] = {
        "iso": partial(_iso, zone=zone),
        "epoch_s": partial(_epoch, unit=1),
        "epoch_ms": partial(_epoch, unit=1_000),
        "serial": partial(_serial, zone=zone),
        "words": partial(_words, zone=zone),
    }
    if form not in readers:
        raise Broken(
            f"`date_format` of the mapping must be one of {', '.join(FORMS)}, or a pattern with %. Got {form!r}."
        )
    return readers[form]


def zone_of(name: str) -> tzinfo:
    """A time zone by its IANA name."""
    if name in {"", "UTC"}:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Broken(f"`time_zone` of the mapping must be a name such as Europe/Paris. Got {name!r}.") from None


def _wrong(value: str, must: str) -> Skip:
    return Skip(f"must be {must}", field="at", value=value, cure=_WRONG)


def _iso(value: str, *, zone: tzinfo) -> datetime:
    value = value.strip()
    if value[13:14] == "." and value[10] in " T":  # 14.05 is five past two; Python would read a part of a second
        value = value[:13] + value[13:].replace(".", ":", 2)
    try:
        moment = datetime.fromisoformat(value.removesuffix(" UTC"))
        return moment.replace(tzinfo=zone).astimezone(UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _wrong(value, "a possible ISO 8601 date") from None


def _epoch(value: str, *, unit: int) -> datetime:
    try:
        return datetime.fromtimestamp(float(value) / unit, UTC)
    except (ValueError, OverflowError, OSError):
        raise _wrong(value, FORMS["epoch_s" if unit == 1 else "epoch_ms"]) from None


def _serial(value: str, *, zone: tzinfo) -> datetime:
    try:
        moment = _SERIAL_ZERO + timedelta(days=float(value.replace(",", ".")))
        return moment.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _wrong(value, FORMS["serial"]) from None


def _numbers(value: str, *, order: str, zone: tzinfo) -> datetime:
    match = _NUMBERS.fullmatch(value.strip())
    if match is None:
        raise _wrong(value, f"a date as {FORMS[order]}")
    one, two, year, *clock = match.groups()
    day, month = (one, two) if order == "dmy" else (two, one)
    century = 2000 if len(year) == 2 else 0
    return _made(value, (century + int(year), int(month), int(day)), clock, zone)


def _words(value: str, *, zone: tzinfo) -> datetime:
    told = value.strip()
    if match := _TWITTER.fullmatch(told):
        word, day, *clock, offset, year = match.groups()
        return _made(value, (int(year), _month(word, value), int(day)), [*clock, None, offset], zone)
    if match := _DAY_WORD.fullmatch(told):
        day, word, year, *clock = match.groups()
    elif match := _WORD_DAY.fullmatch(told):
        word, day, year, *clock = match.groups()
    else:
        raise _wrong(value, "a date in English or French words")
    return _made(value, (int(year), _month(word, value), int(day)), clock, zone)


def _month(word: str, value: str) -> int:
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    if plain in _MONTHS:
        return _MONTHS[plain]
    raise _wrong(value, "a date with a month in English or French")


def _made(value: str, day: tuple[int, int, int], clock: Sequence[str | None], zone: tzinfo) -> datetime:
    hour, minute, second, half, offset = clock
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    try:
        naive = datetime(*day, hours, int(minute or 0), int(second or 0))  # noqa: DTZ001 - its zone follows
        return naive.replace(tzinfo=_offset(offset) if offset else zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _wrong(value, "a possible date") from None


def _offset(told: str) -> tzinfo:
    if told in {"Z", "UTC", "GMT"}:
        return UTC
    moment = datetime.strptime(told.replace(":", ""), "%z")
    return moment.tzinfo or UTC


def _pattern(value: str, *, pattern: str, zone: tzinfo) -> datetime:
    try:
        moment = datetime.strptime(value.strip(), pattern)  # noqa: DTZ007 - its zone follows
        return moment.replace(tzinfo=zone).astimezone(UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, re.error):
        raise _wrong(value, f"a date as {pattern}") from None
