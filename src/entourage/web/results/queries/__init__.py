"""What the results room reads: the newest audit, how far the running one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from entourage.web.core.queries import number_in
from entourage.web.listen.models import Activity
from entourage.web.people.queries import people_of
from entourage.web.results.models import Audit, AuditState

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from entourage.web.core.models import Brand
    from entourage.web.operations.models import Operation
    from entourage.web.people.models import Person

#: People of a page.
PAGE = 100
#: What is done while an audit is made, in order, in words.
STEPS: dict[str, str | Promise] = {
    "conversations": _("Finding who asked and who answered"),
    "service": _("Measuring how long people waited"),
    "people": _("Looking up who matters"),
    "operations": _("Counting who stayed after each operation"),
    "goals": _("Setting it against the goals"),
    "pictures": _("Drawing the pictures"),
}


def latest_audit(brand: Brand) -> Audit | None:
    """The newest audit that came to its end."""
    done = Audit.objects.of(brand).filter(state=AuditState.DONE)
    found: Audit | None = done.select_related("brand").order_by("-created_at").first()
    return found


def newest_try(brand: Brand) -> Audit | None:
    """The newest audit, whatever became of it: one that waits, runs or failed is said on the page."""
    found: Audit | None = Audit.objects.of(brand).defer("figures").order_by("-created_at").first()
    return found


def steps(audit: Audit | None) -> list[tuple[str | Promise, str]]:
    """Each step with "done", "now" or "" for what is still to come."""
    names = list(STEPS)
    reached = names.index(audit.step) if audit and audit.step in names else -1
    return [
        (STEPS[name], "done" if place < reached else "now" if place == reached else "")
        for place, name in enumerate(names)
    ]


def who_stayed(brand: Brand, operation: Operation, *, group: str, after: str = "") -> tuple[list[Person], int | None]:
    """Who of a group of newcomers ("recruits", "organic") stayed, a page at a time, and the key of the next page.

    The erased, and those who asked to be left alone, are not among them.
    """
    audit = latest_audit(brand)
    told = audit.figures["operations"] if audit else []
    kept = next((sorted(one[group]["kept_ids"]) for one in told if one["operation"] == operation.pk), [])
    edge = number_in(after)
    beyond = [key for key in kept if edge is None or key > edge]
    people = people_of(brand, beyond[:PAGE])
    shown = [one for key in beyond[:PAGE] if (one := people.get(key)) and one.left_alone_at is None]
    return shown, beyond[PAGE - 1] if len(beyond) > PAGE else None


def has_log(brand: Brand) -> bool:
    """Whether anything was imported."""
    return bool(Activity.objects.of(brand).exclude(act="").exists())
