"""What the results room reads: the newest audit, how far the running one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from entourage.web.listen.models import Activity
from entourage.web.results.models import Audit, AuditState

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from entourage.web.core.models import Brand

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


def has_log(brand: Brand) -> bool:
    """Whether anything was imported."""
    return bool(Activity.objects.of(brand).exclude(act="").exists())
