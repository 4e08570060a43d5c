"""What members and rules did with a conversation, each in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entourage.web.core.templatetags.entourage import clock
from entourage.web.reading.models import Department

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

    from entourage.web.core.models import Member
    from entourage.web.inbox.models import Step

SENTENCES: dict[str, Promise] = {
    "claimed": _("%(who)s claimed it"),
    "released": _("%(who)s let it go"),
    "lapsed": _("%(who)s had it and did not go on: it is free again"),
    "handed_over": _("%(who)s handed it over to %(to)s"),
    "assigned": _("%(who)s gave it to %(to)s"),
    "unassigned": _("%(who)s took it from %(from)s"),
    "answered": _("%(who)s answered"),
    "snoozed": _("%(who)s put it off until %(until)s"),
    "woken": _("it came back"),
    "resolved": _("%(who)s resolved it"),
    "opened": _("%(who)s opened it again"),
    "reopened": _("%(who)s opened it again"),
    "labelled": _("%(who)s labelled it %(label)s"),
    "unlabelled": _("%(who)s took the label %(label)s off"),
    "routed": _("%(who)s sent it to %(department)s"),
    "escalated": _("%(who)s raised it: %(why)s"),
}


def actor(by: Member | None) -> str:
    """Who did it: a member, else the house itself."""
    return str(by) if by is not None else "Entourage"


def sentence(step: Step, names: Mapping[int, str]) -> str:
    """The step in words; the bare word where no sentence was written for it."""
    told = SENTENCES.get(step.what)
    if told is None:
        return f"{actor(step.by)}: {step.what}"
    return str(told) % _Said(actor(step.by), step.detail, names)


class _Said(dict[str, str]):
    """What fills in a sentence; what the step does not tell is a dash."""

    def __init__(self, who: str, detail: dict[str, Any], names: Mapping[int, str]) -> None:
        super().__init__(who=who)
        for name, value in detail.items():
            self[name] = _told(name, value, names)

    def __missing__(self, name: str) -> str:
        return gettext("nobody") if name in {"to", "from"} else "–"


def _told(name: str, value: Any, names: Mapping[int, str]) -> str:
    if name in {"to", "from"} and isinstance(value, int):
        return names.get(value, gettext("somebody who has left"))
    if name == "until" and (moment := parse_datetime(str(value))):
        return clock(moment)
    if name == "department":
        return str(dict(Department.choices).get(str(value), gettext("no department")))
    return str(value)
