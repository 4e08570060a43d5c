"""What members and rules did with a conversation, each in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entourage.web.core.templatetags.entourage import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

    from entourage.web.core.models import Member
    from entourage.web.inbox.models import Step

#: What members do.
SENTENCES: dict[str, Promise] = {
    "claimed": _("%(who)s claimed it"),
    "released": _("%(who)s let it go"),
    "handed_over": _("%(who)s handed it over to %(to)s"),
    "assigned": _("%(who)s gave it to %(to)s"),
    "unassigned": _("%(who)s gave it to nobody"),
    "answered": _("%(who)s answered"),
    "approved": _("%(who)s approved the answer of %(to)s"),
    "withdrawn": _("%(who)s withdrew the answer of %(to)s"),
    "snoozed": _("%(who)s put it off until %(until)s"),
    "resolved": _("%(who)s resolved it"),
    "reopened": _("%(who)s opened it again"),
    "routed": _("%(who)s sent it to %(department)s"),
    "labelled": _("%(who)s labelled it %(label)s"),
    "unlabelled": _("%(who)s took the label %(label)s off"),
    "promised": _("%(who)s promised them something"),
    "promise_kept": _("%(who)s kept a promise"),
    "promise_taken_back": _("%(who)s took a promise back"),
}
#: What happens by itself, by its reason where it has one.
BY_ITSELF: dict[str, Promise] = {
    "opened wrote": _("open again: they have written"),
    "opened": _("open: it waits for an answer"),
    "resolved thanks": _("resolved: they thanked us"),
    "resolved praise": _("resolved: they praised us"),
    "resolved spam": _("resolved: spam"),
    "resolved contest_entry": _("resolved: an entry to a contest"),
    "resolved quiet": _("resolved: quiet since our answer"),
    "resolved": _("resolved: nothing is left to answer"),
    "lapsed": _("lapsed: too old to be answered"),
    "woken": _("no longer snoozed"),
    "routed": _("went to %(department)s as it was read"),
    "routed by rule": _("went to %(department)s by the rule “%(rule)s”"),
    "assigned same": _("went to %(to)s, who knows them"),
    "assigned": _("went to %(to)s"),
    "unassigned": _("taken from %(from)s, who is away or may not answer"),
    "labelled": _("labelled %(label)s by a rule"),
    "escalated": _("raised to %(to)s: the promise is about to be broken"),
    "escalated nobody": _("marked: the promise is about to be broken, and nobody who leads its department is there"),
}


def actor(by: Member | None) -> str:
    """Who did it: a member, else the house itself."""
    return str(by) if by is not None else "Entourage"


def sentence(step: Step, names: Mapping[int, str], departments: Mapping[str, str]) -> str:
    """The step in words; the bare word where no sentence was written for it."""
    told = SENTENCES.get(step.what) if step.by is not None else _by_itself(step)
    return (
        str(told) % _Said(actor(step.by), step.detail, names, departments) if told else f"{actor(step.by)}: {step.what}"
    )


def _by_itself(step: Step) -> Promise | None:
    reason = "by rule" if step.detail.get("rule") else str(step.detail.get("why", ""))
    if step.what == "escalated" and step.detail.get("to") is None:
        reason = "nobody"
    return BY_ITSELF.get(f"{step.what} {reason}", BY_ITSELF.get(step.what))


class _Said(dict[str, str]):
    """What fills in a sentence; what the step does not tell is somebody, or a dash."""

    def __init__(
        self, who: str, detail: dict[str, Any], names: Mapping[int, str], departments: Mapping[str, str]
    ) -> None:
        super().__init__(who=who)
        for name, value in detail.items():
            is_department = name == "department"
            self[name] = _department(value, departments) if is_department else _told(name, value, names)

    def __missing__(self, name: str) -> str:
        return gettext("nobody") if name in {"to", "from"} else "–"


def _department(key: Any, departments: Mapping[str, str]) -> str:
    return departments.get(str(key), str(key)) if key else gettext("no department")


def _told(name: str, value: Any, names: Mapping[int, str]) -> str:
    if name in {"to", "from"}:
        return names.get(value, gettext("somebody who has left")) if value is not None else gettext("nobody")
    if name == "until" and (moment := parse_datetime(str(value))):
        return clock(moment)
    return str(value)
