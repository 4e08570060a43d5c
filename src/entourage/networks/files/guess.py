"""Guess the mapping of a table from its titles and its first rows; every guess says why and how sure it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from entourage.networks.files.dates import sniff
from entourage.networks.files.mapping import Mapping, plain
from entourage.networks.files.presets import PRESETS
from entourage.networks.files.words import ACT_WORDS, TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MOST_COLUMNS = 500  # a table of people's words has a few dozen; more is a pivot or a broken line end
SHOWN = 3
LEAST = 3  # rows that count 1, 2, 3 before that is taken for a counter
_BY_TITLE = {title: field for field, titles in TITLES.items() for title in titles}
_NETWORKS = {
    "facebook": "facebook.com", "instagram": "instagram.com", "x": "twitter.com", "youtube": "youtube.com",
    "linkedin": "linkedin.com", "reddit": "reddit.com", "tiktok": "tiktok.com",
}  # fmt: skip
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
# Words of the titles of times of day, in a few languages; those beside them make it a duration, which looks the same.
_HOURS = frozenset(["clock", "heure", "hora", "hour", "ora", "time", "tijd", "uhrzeit"])
_DURATIONS = frozenset(["average", "play", "reply", "response", "spent", "total", "watch"])
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")  # a date as a moment or as a spreadsheet's day
_X_ADDRESS = re.compile(r"https?://(?:www\.)?x\.com/")


class ColumnGuess(msgspec.Struct, frozen=True, kw_only=True):
    """What a column is thought to be; ``field`` "" means that it is ignored."""

    column: str
    field: str
    confidence: float  # 0..1
    reason: str
    samples: tuple[str, ...] = ()


class Guess(msgspec.Struct, frozen=True, kw_only=True):
    """A mapping, why each column is what it is, and what the reader should know before trusting it."""

    mapping: Mapping
    columns: tuple[ColumnGuess, ...]
    warnings: tuple[str, ...] = ()


def guess(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, now: datetime, given: Mapping | None = None
) -> Guess:
    """The most likely mapping of a table with these titles, given its first rows; ``given`` is kept as it is."""
    titles = list(header)[:MOST_COLUMNS]
    preset = None if given else next((one for one in PRESETS.values() if one.fits(titles)), None)
    if given is not None:
        mapping, reasons = given, dict.fromkeys(given.columns, (1.0, "you chose it"))
    elif preset is not None:
        mapping = preset.mapping(titles)
        reasons = dict.fromkeys(mapping.columns, (0.95, f"its title is the one of {preset.label}"))
        if preset.open:
            mapping, reasons = _completed(mapping, reasons, *_by_titles(titles, rows, now=now))
    else:
        mapping, reasons = _by_titles(titles, rows, now=now)
    mapping, counter = (
        (mapping, "") if given or mapping.name == "entourage" else _without_counter(mapping, titles, rows)
    )
    mapping, form_warning = _dated(mapping, titles, rows, now=now)
    if "network" not in {*mapping.columns.values(), *mapping.constants} and (network := _network(rows)):
        mapping = msgspec.structs.replace(mapping, constants={**mapping.constants, "network": network})
    warnings = [
        *_wide(header),
        *([counter] if counter else []),
        *([form_warning] if form_warning else []),
        *([preset.note] if preset and preset.note else []),
    ]
    columns = tuple(_column(title, number, mapping, reasons, rows) for number, title in enumerate(titles))
    return Guess(mapping=mapping, columns=columns, warnings=tuple(warnings))


def _column(
    title: str, number: int, mapping: Mapping, reasons: dict[str, tuple[float, str]], rows: Sequence[Sequence[str]]
) -> ColumnGuess:
    confidence, reason = reasons.get(title, (0.0, "nothing known; it is ignored"))
    samples = tuple(value[:80] for row in rows if number < len(row) and (value := row[number].strip()))[:SHOWN]
    return ColumnGuess(
        column=title, field=mapping.columns.get(title, ""), confidence=confidence, reason=reason, samples=samples
    )


def _by_titles(
    titles: list[str], rows: Sequence[Sequence[str]], *, now: datetime
) -> tuple[Mapping, dict[str, tuple[float, str]]]:
    columns: dict[str, str] = {}
    reasons: dict[str, tuple[float, str]] = {}
    ranked = sorted((_rank(title), number) for number, title in enumerate(titles))
    for (rank, field), number in ranked:
        title = titles[number]
        if (
            field
            and field not in columns.values()
            and title not in columns
            and (not rows or _likely(field, _values(rows, number), now=now))
        ):
            columns[title], reasons[title] = field, (0.9 if rank < 100 else 0.6, f"its title says {title!r}")
    if "at" not in columns.values():
        _find_dates(titles, rows, columns, reasons, now=now)
    _find_clock(titles, rows, columns, reasons)
    return Mapping(columns=columns), reasons


def _completed(
    mapping: Mapping, reasons: dict[str, tuple[float, str]], more: Mapping, why: dict[str, tuple[float, str]]
) -> tuple[Mapping, dict[str, tuple[float, str]]]:
    """A preset's mapping with the columns that it leaves and that their titles tell."""
    free = {
        title: field
        for title, field in more.columns.items()
        if title not in mapping.columns and field not in mapping.columns.values()
    }
    columns = {**mapping.columns, **free}
    return msgspec.structs.replace(mapping, columns=columns), {**why, **reasons}


def _rank(title: str) -> tuple[int, str]:
    """How good a title is for its field: its place among the field's titles, 100 more if it only contains one."""
    known = plain(title)
    if known in _BY_TITLE:
        field = _BY_TITLE[known]
        return TITLES[field].index(known), field
    for way in sorted(_BY_TITLE, key=len, reverse=True):
        if len(way) > 3 and f" {way} " in f" {known} ":
            return 100, _BY_TITLE[way]
    return 1_000, ""


def _values(rows: Sequence[Sequence[str]], number: int) -> list[str]:
    return [row[number] for row in rows if number < len(row) and row[number].strip()]


def _likely(field: str, values: list[str], *, now: datetime) -> bool:
    """Whether what the column holds can be that field: a title alone may lie."""
    if not values:
        return field not in {"at", "rating"}
    if field == "at":
        return sniff(values, now=now).confidence > 0
    if field == "act":
        return sum(plain(value) in ACT_WORDS for value in values) > len(values) / 2
    if field == "rating":
        return all(re.fullmatch(r"\d(?:[.,]\d+)?", value.strip()) for value in values)
    return True


def _find_dates(
    titles: list[str],
    rows: Sequence[Sequence[str]],
    columns: dict[str, str],
    reasons: dict[str, tuple[float, str]],
    *,
    now: datetime,
) -> None:
    for number, title in enumerate(titles):
        form = sniff(_values(rows, number), now=now) if title not in columns else None
        if form is not None and form.confidence > 0.8 and form.name != "serial":
            columns[title], reasons[title] = "at", (0.5, f"it holds dates: {form.reason}")
            return


def _find_clock(
    titles: list[str], rows: Sequence[Sequence[str]], columns: dict[str, str], reasons: dict[str, tuple[float, str]]
) -> None:
    """The column with the times of day, where the dates stand without."""
    at = next((n for n, title in enumerate(titles) if columns.get(title) == "at"), None)
    dates = _values(rows, at) if at is not None else []
    if not dates or any(":" in value or _NUMBER.fullmatch(value.strip()) for value in dates):
        return
    for number, title in enumerate(titles):
        words = set(plain(title).split())
        values = _values(rows, number) if words & _HOURS and not words & _DURATIONS and title not in columns else []
        if values and all(_CLOCK.fullmatch(value.strip()) for value in values):
            columns[title], reasons[title] = "clock", (0.8, "it holds times of day, and the dates have none")
            return


def _dated(mapping: Mapping, titles: list[str], rows: Sequence[Sequence[str]], *, now: datetime) -> tuple[Mapping, str]:
    """The mapping with the form of its dates, and what to say if that form is a choice."""
    number = next((n for n, title in enumerate(titles) if mapping.columns.get(title) == "at"), None)
    values = _values(rows, number) if number is not None else []
    if not values or (mapping.date_format and mapping.name not in PRESETS):
        return mapping, ""
    form = sniff(values, now=now)
    if not form.name or (form.confidence <= 0.5 and mapping.date_format):
        return mapping, ""
    return msgspec.structs.replace(mapping, date_format=form.name), form.warning


def _without_counter(mapping: Mapping, titles: list[str], rows: Sequence[Sequence[str]]) -> tuple[Mapping, str]:
    """The mapping without an ``id`` that only counts the rows: 1 in this file is not 1 in the next one."""
    if {"in_reply_to", "context"} & set(mapping.columns.values()):
        return mapping, ""  # rows point at each other by these numbers
    number = next((n for n, title in enumerate(titles) if mapping.columns.get(title) == "id"), None)
    values = _values(rows, number) if number is not None else []
    first = int(values[0]) if values and values[0] in {"0", "1"} else None
    if number is None or first is None or len(values) < LEAST or values != [str(first + n) for n in range(len(values))]:
        return mapping, ""
    columns = {title: field for title, field in mapping.columns.items() if field != "id"}
    warning = f"the column {titles[number]!r} only counts the rows; they are known by their content instead"
    return msgspec.structs.replace(mapping, columns=columns), warning


def _network(rows: Sequence[Sequence[str]]) -> str:
    cells = " ".join(cell for row in rows[:20] for cell in row if "http" in cell[:5])
    if _X_ADDRESS.search(cells):
        return "x"
    return next((network for network, host in _NETWORKS.items() if host in cells), "")


def _wide(header: Sequence[str]) -> list[str]:
    if len(header) <= MOST_COLUMNS:
        return []
    return [f"the table has {len(header):,} columns; the first {MOST_COLUMNS} are looked at: is this the right export?"]
