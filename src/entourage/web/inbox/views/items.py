"""The lines of a thread as a page shows them: messages, notes, steps, and what is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext

from entourage.web.inbox.views.received import Received, received
from entourage.web.inbox.views.steps import actor, sentence
from entourage.web.inbox.views.words import brief
from entourage.web.listen.queries import web_address
from entourage.web.outbox.models import Enclosure, Sending
from entourage.web.outbox.queries import newer_than
from entourage.web.reading.models import VEHEMENT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from entourage.web.inbox.queries import Item
    from entourage.web.listen.models import Activity
    from entourage.web.outbox.models import Outgoing
    from entourage.web.outbox.queries import Newer
    from entourage.web.reading.models import Reading

#: Signs by the class of their colour.
SIDES = {1: "for", 0: "neither", -1: "against"}
#: Colours of what becomes of an answer.
KINDS = {Sending.FAILED: "bad", Sending.HELD: "wait", Sending.BY_HAND: "wait", Sending.ACCEPTED: "good"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message of theirs or of ours, and what was read in it."""

    activity: Activity
    inward: bool
    reading: Reading | None
    now: datetime
    # What we sent with it from here.
    enclosures: list[Enclosure]
    # What came with it.
    received: list[Received]
    template = "inbox/item-message.html"

    @property
    def key(self) -> UUID:
        """Its place on the page."""
        return self.activity.pk

    @property
    def at(self) -> datetime:
        """When it was said."""
        return self.activity.at

    @property
    def when(self) -> str:
        """The same, at a glance."""
        return brief(self.at, self.now)

    @property
    def name(self) -> str:
        """Who said it."""
        return self.activity.account.name or str(self.activity.account)

    @property
    def text(self) -> str:
        """The words."""
        return self.activity.text

    @property
    def edited(self) -> bool:
        """Whether they changed it afterwards."""
        return self.activity.edited_at is not None

    @property
    def gone(self) -> bool:
        """Whether they took it back."""
        return self.activity.deleted_at is not None

    @property
    def word(self) -> str:
        """What was done where nothing was said."""
        return gettext("(no words)")

    @property
    def link(self) -> str:
        """Where it stands on its network."""
        return web_address(self.activity.url)

    @property
    def side(self) -> str:
        """The class of its sign's colour."""
        return SIDES.get(self.reading.sign, "unknown") if self.reading and self.reading.sign is not None else "unknown"

    @property
    def verdict(self) -> str:
        """What was read in it: a question, against us."""
        if self.reading is None:
            return ""
        sign = self.reading.get_sign_display() if self.reading.sign is not None else gettext("sign not sure")
        intent = self.reading.get_intent_display() if self.reading.intent else gettext("intent not sure")
        return f"{sign} · {intent}"

    @property
    def vehement(self) -> bool:
        """Whether its words are."""
        return self.reading is not None and self.reading.vehemence >= VEHEMENT


@dataclass(frozen=True, slots=True)
class Told:
    """A note, or a step that somebody or a rule took."""

    at: datetime
    name: str
    text: str
    template: str
    pk: int
    when: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """An answer on its way: where it is, and what one may still do."""

    outgoing: Outgoing
    now: datetime
    # Where what it answers stands on the network, and the files that go with it.
    link: str
    enclosures: list[Enclosure]
    # What they have written since, where it waits for somebody's yes.
    newer: Newer | None
    template = "inbox/item-outgoing.html"

    @property
    def at(self) -> datetime:
        """When it was written."""
        return self.outgoing.created_at

    @property
    def when(self) -> str:
        """The same, at a glance."""
        return brief(self.at, self.now)

    @property
    def name(self) -> str:
        """Who wrote it."""
        return actor(self.outgoing.by)

    @property
    def state(self) -> str:
        """Where it is, in words."""
        return str(self.outgoing.get_state_display())

    @property
    def kind(self) -> str:
        """The colour of that."""
        return KINDS.get(Sending(self.outgoing.state), "accent")

    @property
    def undo(self) -> bool:
        """Whether it can still be taken back."""
        return self.outgoing.state in {Sending.QUEUED, Sending.HELD, Sending.BY_HAND}

    @property
    def by_hand(self) -> bool:
        """Whether somebody must send it themselves."""
        return self.outgoing.state == Sending.BY_HAND

    @property
    def failed(self) -> bool:
        """Whether it can be tried again."""
        return self.outgoing.state == Sending.FAILED

    @property
    def held(self) -> bool:
        """Whether it waits for somebody's yes."""
        return self.outgoing.state == Sending.HELD


def shown(items: list[Item], *, now: datetime, names: Mapping[int, str], departments: Mapping[str, str]) -> list[Any]:
    """The items of a thread, each as its template wants it; names are of members and of departments."""
    files, came = _files(items), _came(items)
    since = newer_than([item.outgoing for item in items if item.kind == "outgoing"])
    link, lines = "", []
    for item in items:
        if item.kind == "message":
            said = item.message.activity
            sent = files.get(said.pk, [])
            # What left from here came back as the network shows it: it is told once.
            line: Any = Spoken(
                said, item.message.inward, item.reading, now, sent, [] if sent else came.get(said.pk, [])
            )
            link = line.link if line.inward else link
        elif item.kind == "outgoing":
            out = item.outgoing
            line = Leaving(out, now, link, files.get(out.pk, []), since.get(out.pk))
        elif item.kind == "note":
            note = item.note
            line = Told(item.at, actor(note.by), note.text, "inbox/item-note.html", note.pk, brief(item.at, now))
        else:
            step = item.step
            when = brief(item.at, now)
            line = Told(
                item.at, actor(step.by), sentence(step, names, departments), "inbox/item-step.html", step.pk, when
            )
        lines.append(line)
    return lines


def _came(items: list[Item]) -> dict[UUID, list[Received]]:
    said = [item.message.activity for item in items if item.kind == "message"]
    return received(said[0].brand_id, said) if said else {}


def _files(items: list[Item]) -> dict[UUID, list[Enclosure]]:
    """What goes, or went, with each of our answers, by its key in the outbox or in the log; no content is read."""
    leaving = [item.outgoing for item in items if item.kind == "outgoing"]
    ours = [item.message.activity for item in items if item.kind == "message" and not item.message.inward]
    found: dict[UUID, list[Enclosure]] = {}
    if leaving or ours:
        sent = Q(outgoing__in=leaving) | Q(outgoing__activity__in=[one.pk for one in ours])
        rows = Enclosure.objects.of((leaving or ours)[0].brand_id).filter(sent).select_related("outgoing")
        for row in rows.only("name", "alt", "outgoing__activity").order_by("pk"):
            for key in {row.outgoing_id, row.outgoing.activity} - {None}:
                found.setdefault(key, []).append(row)
    return found
