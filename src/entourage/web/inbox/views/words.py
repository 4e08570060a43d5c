"""The words of the filter bar, and why a conversation cannot wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entourage.web.core.templatetags.entourage import brief_day, day_month, network, span
from entourage.web.inbox.models import State
from entourage.web.reading.models import VEHEMENT
from entourage.web.reading.queries import LANGUAGES, SIGN_CHOICES, language_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from entourage.web.inbox.models import Conversation, Label
    from entourage.web.inbox.queries import Count, Filters

#: Whose turn it is, or whose conversation: the words above the list.
BOXES = {
    "": _("Open"),
    "mine": _("Mine"),
    "unassigned": _("Nobody's"),
    "snoozed": _("Snoozed"),
    "waiting": _("Answered"),
    "resolved": _("Resolved"),
    "lapsed": _("Lapsed"),
    "all": _("All"),
}
#: Boxes that one works at, with their numbers; the others are looked up now and then.
COUNTED = ("", "mine", "unassigned")
WAITS = {"1": _("an hour"), "4": _("four hours"), "24": _("a day"), "72": _("three days")}
SORTS = {"waiting": _("longest wait first"), "due": _("next promise first")}
_EMPTY = {"sort": _("newest words first")}
PROMISES = {
    "first": _("first answer"),
    "next": _("answer"),
    "resolution": _("solution"),
}
#: What a hand on the keys can do here, beside what it can do on every page.
KEYS = [
    ("c", _("claim it, or let it go")),
    ("r", _("answer")),
    ("n", _("note for colleagues")),
    ("s", _("snooze")),
    ("e", _("resolve, or open again")),
    ("h", _("hand over")),
    ("l", _("labels")),
    ("d", _("department and who has it")),
    ("u", _("take the answer back")),
    ("Ctrl Enter", _("send what one writes")),
    ("Esc", _("leave the box")),
]
#: A promise that ends within this time is worth a word in the list.
SOON = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Chip:
    """A link above the list, with how many are behind it."""

    label: str
    query: str
    here: bool
    count: str | None

    @property
    def seldom(self) -> bool:
        """Whether one looks there only now and then."""
        return self.count is None


@dataclass(frozen=True, slots=True)
class Choice:
    """A select of the filter bar."""

    name: str
    label: str
    value: str
    options: list[tuple[str, Any]]
    # What the empty choice says.
    empty: Any

    @property
    def chosen(self) -> str:
        """The name of what is chosen."""
        return str(dict(self.options).get(self.value, self.value))


@dataclass(frozen=True, slots=True)
class Why:
    """A reason not to wait, and its colour."""

    text: str
    kind: str = ""


def brief(moment: datetime, now: datetime) -> str:
    """14:05 for today, 21 Nov, 14:05 for this year: what one reads at a glance."""
    local, today = timezone.localtime(moment), timezone.localtime(now)
    if local.date() == today.date():
        return date_format(local, "H:i")
    day = day_month(local) if local.year == today.year else brief_day(local)
    return f"{day}, {date_format(local, 'H:i')}"


def chips(filters: Filters, counts: Mapping[str, Count]) -> list[Chip]:
    """Whose turn it is, each with the other filters as they are."""
    return [
        Chip(
            label=str(label),
            query=replace(filters, box=box).query,
            here=filters.box == box,
            count=_counted(counts.get(box or "open")) if box in COUNTED else None,
        )
        for box, label in BOXES.items()
    ]


def _counted(count: Count | None) -> str | None:
    if count is None:
        return None
    return f"{count.number}+" if count.more else str(count.number)


def departments(names: Mapping[str, str], known: str = "") -> list[tuple[str, Any]]:
    """The departments to choose from, and the one that is chosen, though it be gone meanwhile."""
    return [*names.items(), *([(known, known)] if known and known not in names else [])]


def choices(filters: Filters, labels: list[Label], networks: list[str], names: Mapping[str, str]) -> list[Choice]:
    """The selects that narrow the list; one with nothing to choose from is left out."""
    languages = list(dict.fromkeys([*LANGUAGES, *filter(None, [filters.language])]))
    spoken = sorted(((code, language_name(code)) for code in languages), key=lambda pair: pair[1])
    known: list[tuple[str, str, list[tuple[str, Any]]]] = [
        ("department", gettext("Department"), departments(names, filters.department)),
        ("network", gettext("Network"), [(key, network(key)) for key in networks]),
        ("label", gettext("Label"), [(str(label.pk), label.name) for label in labels]),
        ("sign", gettext("Sign"), list(SIGN_CHOICES)),
        ("language", gettext("Language"), spoken),
        ("waiting", gettext("Waiting for longer than"), list(WAITS.items())),
        ("sort", gettext("Order"), list(SORTS.items())),
    ]
    return [
        Choice(name, label, str(getattr(filters, name)), options, _EMPTY.get(name, gettext("any")))
        for name, label, options in known
        if options
    ]


def chosen(filters: Filters, choices_made: list[Choice]) -> list[tuple[str, str]]:
    """What narrows the list beyond its box and its words: its name, and the address's part without it."""
    found = [(f"{one.label}: {one.chosen}", one.name) for one in choices_made if one.value]
    if filters.state:
        found.append((gettext("vehement only"), "state"))
    return [(label, replace(filters, **{name: ""}).query) for label, name in found]


def reasons(it: Conversation, now: datetime) -> list[Why]:
    """Why this one cannot wait, the strongest reason first."""
    found = []
    if it.state == State.OPEN and it.due_at is not None and it.due_at - now < SOON:
        promise = str(PROMISES.get(it.due_what, PROMISES["next"]))
        if it.due_at <= now:
            late = gettext("%(promise)s late by %(span)s") % {"promise": promise, "span": span(now - it.due_at)}
            found.append(Why(late, "bad"))
        else:
            due = gettext("%(promise)s due in %(span)s") % {"promise": promise, "span": span(it.due_at - now)}
            found.append(Why(due, "wait"))
    if (it.vehemence or 0) >= VEHEMENT:
        found.append(Why(gettext("vehement words"), "bad"))
    if it.intent:
        found.append(Why(it.get_intent_display()))
    if it.state != State.OPEN:
        found.append(Why(it.get_state_display()))
    return found
