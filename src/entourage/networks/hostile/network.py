"""A network that repeats, leaves out, reorders, lies about where it is, storms, stumbles and goes silent; by a seed.

Everything it does wrong keeps the letter of the contract: it raises only the contract's errors, and it says
``Uncertain`` whenever something sent may have arrived. ``history`` and ``missing`` stumble and repeat, but what they
tell in the end is complete: that is what makes reconciliation a proof.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar
from zlib import crc32

from entourage.networks.base import Aside, Skip
from entourage.networks.hostile import ledger
from entourage.networks.hostile.declared import DECLARED
from entourage.networks.hostile.story import ME
from entourage.networks.live import Declared, Page, Receipt, Refused, Retry, Self, Uncertain
from entourage.networks.pace import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from entourage.networks.base import Found
    from entourage.networks.hostile.story import Event
    from entourage.networks.live import Answer

#: Time, for all hostile networks of this process; a test gives its own.
WORLD = World()
PAGE = 20
NEVER_TOLD = 0.05  # the share of events that no page ever tells: only history knows them
LATEST = timedelta(seconds=90)  # what arrives late arrives by then
STORM = 6  # refusals in a row, at most
SILENCE = timedelta(seconds=30)
REFUSED = "[refuse]"  # an answer with this in it is refused for good
# How often each call was made in this process: the same seed does the same in the same order.
_calls: Counter[str] = Counter()
_storms: Counter[str] = Counter()


class Network:
    """A connection to the hostile network."""

    declared: ClassVar[Declared] = DECLARED

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = {each.key: settings.get(each.key) or each.default for each in DECLARED.settings}
        self._cruelty = float(self._settings["cruelty"])
        self._chance = random.Random(0)  # noqa: S311 - mischief, not a secret

    def check(self) -> Self:
        """The account is always the same one; the question may be refused for a while."""
        self._stumble("check")
        return Self(account=ME, can=DECLARED.can)

    def read(self, cursor: str) -> Page:
        """A page that may repeat, reorder, leave out, be cut short, or lead anywhere."""
        self._stumble("read")
        events = self._events()
        at = min(int(cursor) if cursor.isdigit() else 0, len(events))
        wrong = self._wrong("repeats", "shuffled", "half", "ends early", "back", "jumps", "emptied", "stuck", "noise")
        if wrong == "stuck":
            return Page(found=(), cursor=cursor, more=True)
        start = max(0, at - PAGE) if wrong == "repeats" else at
        end = at + (3 if wrong == "half" else PAGE)
        found: list[Found] = [event.activity for event in events[start:end] if not self._never_told(event)]
        if wrong in {"shuffled", "repeats"}:
            self._chance.shuffle(found)
        if wrong == "noise":
            found += [
                Skip("is no message at all", field="kind", value="\x00", cure="Nothing to mend."),
                Aside(message="Nothing to tell."),
            ]
        more = end < len(events) and wrong != "ends early"
        return Page(found=tuple(found), cursor=self._lied(wrong, min(end, len(events))), more=more)

    def listen(self) -> Iterator[tuple[Found, ...]]:
        """A stream of the latest events: it stutters, repeats, falls silent, breaks off, or ends at once."""
        self._stumble("listen")
        seen = len(self._events())
        for _ in range(50):
            wrong = self._wrong("silent", "broken", "ended", "twice", "backwards")
            if wrong == "ended":
                return
            if wrong == "broken":
                raise Retry("The hostile network hung up.", after=timedelta(0))
            if wrong == "silent":
                WORLD.sleep(SILENCE.total_seconds())
            events = self._events()
            told = [event.activity for event in events[seen:] if not self._never_told(event)]
            seen = max(0, len(events) - 2) if wrong == "twice" else len(events)
            yield tuple(reversed(told)) if wrong == "backwards" else tuple(told)
            WORLD.sleep(1)

    def history(self, since: datetime) -> Iterator[tuple[Found, ...]]:
        """All that is there since then, in no order and some of it twice; it may break off, then begin again."""
        present = [one for one in self._truth().present.values() if one.at >= since]
        self._chance.shuffle(present)
        for at in range(0, len(present), PAGE):
            self._stumble("history")
            yield tuple(present[max(0, at - 2) : at + PAGE])

    def missing(self, network_ids: Sequence[str]) -> frozenset[str]:
        """Which of these were deleted; true, once it answers."""
        self._stumble("missing")
        return frozenset(network_ids) & self._truth().gone

    def send(self, answer: Answer) -> Receipt:
        """Taken or not, told or not: refused for a while, lost before or after it arrived, or with its receipt."""
        self._stumble("send")
        if REFUSED in answer.text:
            raise Refused("The hostile network does not like these words. Change the text.")
        keyed = self._settings["keyed"] == "1"
        if keyed and (before := self._of_key(answer.key)) is not None:
            return self._receipt(before)
        wrong = self._wrong("lost before", "lost after", *(["late"] if keyed else []))
        if wrong == "lost before":
            raise Uncertain("The hostile network did not answer; it may have arrived.", after=timedelta(seconds=5))
        entry = self._arrive(answer, late=LATEST * self._chance.random() if wrong == "late" else timedelta(0))
        if wrong:
            raise Uncertain("The hostile network did not answer; it may have arrived.", after=timedelta(seconds=5))
        return self._receipt(entry)

    def find(self, answer: Answer, *, since: datetime) -> Receipt | None:
        """The same words under the same message, if they can be seen by now."""
        self._stumble("find")
        for entry in ledger.entries(self._settings):
            same = (entry.what, entry.text, entry.to) == ("sent", answer.text, answer.to)
            if same and since <= (entry.seen_at or entry.at) <= WORLD.now():
                return self._receipt(entry)
        return None

    def like(self, network_id: str) -> None:
        """Like a message, once."""
        self._once("liked", network_id)

    def hide(self, network_id: str) -> None:
        """Hide a message, once."""
        self._once("hidden", network_id)

    def delete(self, network_id: str) -> None:
        """Delete a message, once; it is told as any deletion."""
        self._once("deleted", network_id)

    def close(self) -> None:
        """There is nothing to let go of."""

    def _once(self, what: str, network_id: str) -> None:
        self._stumble(what)
        if not any((one.what, one.id) == (what, network_id) for one in ledger.entries(self._settings)):
            ledger.enter(self._settings, what=what, at=WORLD.now(), id=network_id)

    def _arrive(self, answer: Answer, *, late: timedelta) -> ledger.Entry:
        now = WORLD.now()
        return ledger.enter(
            self._settings,
            what="sent",
            at=now,
            seen_at=now + late,
            id=f"{self._settings['seed']}-sent-{len(ledger.entries(self._settings))}",
            key=answer.key,
            text=answer.text,
            to=answer.to,
            recipient=answer.recipient.id if answer.recipient else "",
            private=answer.private,
        )

    def _of_key(self, key: str) -> ledger.Entry | None:
        sent = (one for one in ledger.entries(self._settings) if one.what == "sent" and one.key == key)
        return next(sent, None)

    def _receipt(self, entry: ledger.Entry) -> Receipt:
        return Receipt(id=entry.id, at=entry.seen_at or entry.at)

    def _stumble(self, call: str) -> None:
        """Count the call, and refuse it where its chance or a storm says so."""
        name = f"{self._settings['ledger']}:{self._settings['seed']}"
        _calls[f"{name}:{call}"] += 1
        self._chance.seed(f"{name}:{call}:{_calls[f'{name}:{call}']}")
        if not _storms[name] and self._chance.random() < self._cruelty / 4:
            _storms[name] = self._chance.randint(1, STORM)
        if _storms[name]:
            _storms[name] -= 1
            raise Retry("The hostile network asks to slow down.", after=timedelta(seconds=self._chance.randint(0, 20)))

    def _wrong(self, *ways: str) -> str:
        """One of these ways to go wrong, or none."""
        return self._chance.choice(ways) if self._chance.random() < self._cruelty else ""

    def _lied(self, wrong: str, cursor: int) -> str:
        """Where it says the next page begins."""
        wrongly = {
            "back": str(max(0, cursor - self._chance.randint(1, 3 * PAGE))),
            "jumps": str(cursor + self._chance.randint(1, 5)),
            "emptied": "",
        }
        return wrongly.get(wrong, str(cursor))

    def _never_told(self, event: Event) -> bool:
        """Whether no page and no stream ever tells this; the same at every look."""
        name = f"{self._settings['seed']}:{event.activity.id}:{event.at.isoformat()}"
        return self._cruelty > 0 and crc32(name.encode()) / 2**32 < NEVER_TOLD

    def _events(self) -> list[Event]:
        return ledger.events(self._settings, at=WORLD.now())

    def _truth(self) -> ledger.Truth:
        return ledger.truth(self._settings, at=WORLD.now())
