"""A row of a table into an activity, by a mapping."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from entourage.networks.activity import Account, Act, Activity, Change, Timing
from entourage.networks.base import Skip
from entourage.networks.files.dates import date_reader
from entourage.networks.files.ids import Seen, bare, content_id, is_ruined, name_id
from entourage.networks.files.mapping import FIELDS, check, plain
from entourage.networks.files.words import ACT_WORDS
from entourage.networks.moments import AHEAD, EARLIEST, past

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from entourage.networks.files.mapping import Mapping
    from entourage.networks.files.reading import Reading
    from entourage.networks.files.table import Records

ACCOUNTS_KEPT = 100_000  # accounts met again are not made again; more than this and memory would grow with the file
NETWORKS_KEPT = 10_000  # names of networks met: a wrong column may tell another one in each row
LONGEST_NETWORK = 20  # characters, as the tables have it
PAUSE = 2_000  # lines between two looks at whether the batch is full
_KINDS = {"own", "organisation", "bot"}
_TIMINGS = {timing.value: timing for timing in Timing}
_NETWORK_NAMES = {
    "twitter": "x", "x (twitter)": "x", "twitter/x": "x", "fb": "facebook", "ig": "instagram", "e-mail": "email",
}  # fmt: skip
_SPREADSHEET = "Open the file as text and import the column as text, not as a number; or export it again."
_ACTS = {act.value: act for act in Act}
_NOBODY = Account(id="")
_TAG = re.compile(r"\w+")
_ODD = frozenset("0123456789='")  # how an id begins that a spreadsheet rounded or protected


def read(records: Records, mapping: Mapping, header: list[str], reading: Reading) -> Iterator[None]:
    """Fill the batch with the rows of a table; pauses when there is enough to hand over."""
    rows = Rows(mapping, header, reading)
    seen, width, pause = Seen(), len(header), PAUSE
    for line, row in records:
        deletion = None
        try:
            cells = rows.cells(row if len(row) == width else _fitted(row, width))
            if deletion := rows.deletion(cells):
                reading.act(deletion)
            if deletion is None or rows.tells(cells):
                activity = rows.activity(cells, line, rows=0 if deletion else 1)
                if rows.told:
                    seen.check(activity, line)
                reading.act(activity)
        except Skip as skip:
            if deletion is None:
                reading.reject(skip, line=line, raw=records.raw)
            else:  # the row is counted: that the act is gone was taken
                reading.note(f"{skip.reason}; that the act was deleted was taken", line=line, field=skip.field)
        if line > pause:
            pause = line + PAUSE
            yield


def _fitted(row: list[str], width: int) -> list[str]:
    """A row as wide as the titles: cells missing at its end are empty; more cells than titles cannot be told apart."""
    if len(row) < width:
        return row + [""] * (width - len(row))
    if not any(cell.strip() for cell in row[width:]):
        return row[:width]
    cure = "Put the cell that holds the separator in quotes."
    raise Skip(f"a row must have {width} cells", field="", value=str(len(row)), cure=cure)


class Rows:
    """Translates rows; made once for a table, so that a row costs no look-up of titles.

    Each row is given the mapping's constants as further cells, so that every field is one index.
    """

    def __init__(self, mapping: Mapping, header: list[str], reading: Reading) -> None:
        check(mapping, header, file=reading.file)
        self._reading = reading
        columns = {field: header.index(title) for title, field in mapping.columns.items() if field and title in header}
        self.told = "id" in columns
        self._width = len(header)
        self._constants = [mapping.constants.get(field, "") for field in FIELDS]
        self._at = {field: columns.get(field, len(header) + n) for n, field in enumerate(FIELDS)}
        self._fallback = [
            (number, mapping.constants[field]) for field, number in columns.items() if mapping.constants.get(field)
        ]
        self._who = itemgetter(
            *(self._at[field] for field in ("actor_id", "actor_handle", "actor_url", "actor_name", "actor_kind"))
        )
        self._whom = itemgetter(*(self._at[field] for field in ("to_id", "to_handle", "to_name")))
        self._rest = itemgetter(
            *(self._at[field] for field in ("network", "text", "act", "url", "language", "origin", "rating", "tags"))
        )
        self._share = "timing" in columns  # only Entourage's own table tells ratings from 0 to 1: there 1 is the best
        self._unsaid = Act.REVIEW if "rating" in columns else Act.COMMENT  # what a row is that no column tells
        self._date = date_reader(mapping.date_format or "iso", mapping.time_zone)
        self._latest = reading.now + AHEAD
        self._words = {plain(word): _ACTS[act] for word, act in mapping.acts.items() if act in _ACTS}
        self._accounts: dict[tuple[str, ...], Account] = {}
        self._networks: dict[str, str] = {}
        # Few tables have these; the others pay nothing for them.
        self._clock = "clock" in columns
        self._later = bool({"timing", "edited_at", "deleted_at"} & columns.keys())

    def cells(self, row: list[str]) -> list[str]:
        """The cells of a row as wide as the titles, and after them the mapping's constants."""
        cells = list(map(str.strip, row))
        cells += self._constants
        for number, constant in self._fallback:
            cells[number] = cells[number] or constant
        return cells

    def deletion(self, cells: list[str]) -> Activity | None:
        """That the act of a row was deleted, where the row says so."""
        if not self._later or not (value := cells[self._at["deleted_at"]]):
            return None
        id_, who = bare(cells[self._at["id"]]), self._who(cells)
        if not id_:
            raise Skip("a deleted act must tell its id", field="id", cure="Fill in the id, or leave the row out.")
        if is_ruined(id_):
            reason = "a deleted act must tell its whole id; a spreadsheet rounded it"
            raise Skip(reason, field="id", value=id_, cure=_SPREADSHEET)
        return Activity(
            network=self._network(cells[self._at["network"]]),
            id=id_,
            act=Act.POST,
            actor=self._former(who),
            at=self._moment(value, field="deleted_at"),
            change=Change.DELETE,
        )

    def _former(self, who: tuple[str, str, str, str, str]) -> Account:
        """Who did what was deleted; nobody where that cannot be told, for the deletion must be taken anyway."""
        try:
            return self._account(who) if any(who[:4]) else _NOBODY
        except Skip:
            return _NOBODY

    def tells(self, cells: list[str]) -> bool:
        """Whether the row of a deleted act also tells the act; a bare one only says that it is gone."""
        return bool(cells[self._at["act"]])

    def activity(self, cells: list[str], line: int, *, rows: int = 1) -> Activity:
        """The activity of a row's cells."""
        network, text, word, url, language, origin, rating, tags = self._rest(cells)
        actor, at = self._account(self._who(cells)), self._moment(self._when(cells))
        answers, context = self._reference(cells, "in_reply_to", line), self._reference(cells, "context", line)
        act = _ACTS.get(word) or self._act(word, answers, context)
        to, network = self._to(self._whom(cells)), self._network(network)
        id_ = self._reference(cells, "id", line)
        return Activity(
            network=network,
            id=id_ or content_id(network, actor.id, to[0].id if to else "", at.isoformat(), act, text, answers),
            act=act,
            actor=actor,
            at=at,
            to=to,
            in_reply_to=answers,
            context=context,
            text=text,
            url=url if "://" in url else "",
            language=language,
            tags=tuple(tag.lower() for tag in _TAG.findall(tags)) if tags else (),
            origin=origin,
            rating=_rating(rating, share=self._share) if rating else None,
            rows=rows,
            **(self._told_later(cells) if self._later else {}),
        )

    def _told_later(self, cells: list[str]) -> dict[str, Any]:
        """What only Entourage's own table tells: an edition, and a moment that is not exact."""
        edited, timing = cells[self._at["edited_at"]], cells[self._at["timing"]]
        told = {"edited_at": self._moment(edited, field="edited_at") if edited else None}
        return told | {"timing": _TIMINGS.get(timing, Timing.EXACT)}

    def _network(self, told: str) -> str:
        """A network by one name, however a table writes it."""
        known = self._networks.get(told)
        if known is None:
            if len(self._networks) >= NETWORKS_KEPT:
                self._networks.clear()
            name = told.casefold()
            name = _NETWORK_NAMES.get(name, name).replace("\0", "")[:LONGEST_NETWORK] or "file"
            known = self._networks[told] = name
        return known

    def _when(self, cells: list[str]) -> str:
        """The date as it is told, with the time of day of another column where there is one."""
        told, clock = cells[self._at["at"]], cells[self._at["clock"]] if self._clock else ""
        if not (told and clock):
            return told
        hour, _, rest = clock.partition(":")
        return f"{told} {hour:0>2}:{rest}"

    def _moment(self, value: str, *, field: str = "at") -> datetime:
        if not value:
            raise Skip("must tell when", field=field, value=value, cure="Fill in the date.")
        at = self._date(value)
        if EARLIEST <= at <= self._latest:
            return at
        return past(at, now=self._reading.now, field=field, value=value)

    def _account(self, key: tuple[str, str, str, str, str]) -> Account:
        account = self._accounts.get(key)
        if account is None:
            if len(self._accounts) >= ACCOUNTS_KEPT:
                self._accounts.clear()
            account = self._accounts[key] = self._new_account(*key)
        return account

    def _new_account(self, id_: str, handle: str, url: str, name: str, kind: str) -> Account:
        id_, handle, note = bare(id_), handle.lstrip("@"), self._reading.note
        if is_ruined(id_):
            if not (handle or url or name):
                raise Skip(
                    "an account's id must be whole; a spreadsheet rounded it",
                    field="actor_id",
                    value=id_,
                    cure=_SPREADSHEET,
                )
            message = "ids of accounts were rounded by a spreadsheet; people are told apart by handle, address or name"
            note(message, field="actor_id", once="ruined actor")
            id_ = ""
        known = id_ or (f"@{handle.lower()}" if handle else url or name_id(name))
        if not known:
            raise Skip("must tell who did it", field="actor_id", cure="Fill in the id, handle or name.")
        if known.startswith("name:"):
            message = "people are told apart by their names only: namesakes are one person"
            note(message, field="actor_name", once="names only")
        return Account(id=known, handle=handle, name=name, url=url, kind=kind if kind in _KINDS else "")

    def _to(self, key: tuple[str, str, str]) -> tuple[Account, ...]:
        account = self._accounts.get(key)
        if account is None:
            id_, handle, name = bare(key[0]), key[1].lstrip("@"), key[2]
            known = id_ or (f"@{handle.lower()}" if handle else name_id(name))
            account = self._accounts[key] = Account(id=known, handle=handle, name=name)
        return (account,) if account.id else ()

    def _act(self, word: str, answers: str, context: str) -> Act:
        if not word:
            message = f"no column tells what was done; rows are {self._unsaid}s, and replies where they answer one"
            self._reading.note(message, field="act", once="no act")
            return Act.REPLY if answers and answers != context else self._unsaid
        act = self._words.get(plain(word)) or ACT_WORDS.get(plain(word))
        if act is None:
            cure = f"Add it to `acts` of the mapping as one of {', '.join(_ACTS)}."
            raise Skip("must be an act that is known", field="act", value=word, cure=cure)
        return act

    def _reference(self, cells: list[str], field: str, line: int) -> str:
        """An id of an act; one that a spreadsheet rounded is as if it were not told, and that is said."""
        value = cells[self._at[field]]
        if not value or value[0] not in _ODD:
            return value
        value = bare(value)
        if not is_ruined(value):
            return value
        what = "the row is known by its content instead" if field == "id" else "it is left out"
        message = f"{value} is an id that a spreadsheet rounded; {what}. {_SPREADSHEET}"
        self._reading.note(message, line=line, field=field)
        return ""


def _rating(value: str, *, share: bool) -> float:
    """A rating as 0..1; elsewhere than in our own table, 1 is one star of five."""
    try:
        rating = float(value.replace(",", "."))
    except ValueError:
        rating = -1.0
    if rating == 1 and not share:
        return 0.0
    if 0 <= rating <= 1:
        return rating
    if rating <= 5 and rating > 0:
        return (rating - 1) / 4
    raise Skip(
        "must be a rating from 1 to 5, or from 0 to 1",
        field="rating",
        value=value,
        cure="Correct it, or leave the column out.",
    )
