"""The audit, computed: what pages and the PDF show is stored here once, as numbers and keys."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from entourage.engine.errors import NotEnoughData
from entourage.web.core.actions import record
from entourage.web.listen.models import Activity
from entourage.web.listen.queries import horizon_end, most_addressed, own_accounts
from entourage.web.operations.actions import read_the_log
from entourage.web.results.bridge.conversations import frame, gather
from entourage.web.results.bridge.goals import goals
from entourage.web.results.bridge.people import monday, who_matters
from entourage.web.results.bridge.pictures import draw
from entourage.web.results.bridge.service import service
from entourage.web.results.bridge.staffing import staffed
from entourage.web.results.bridge.staying import staying
from entourage.web.results.models import Audit, AuditedConversation, AuditState
from entourage.web.service.bridge.stretch import ENOUGH, WEEKS, stretches

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from entourage.web.core.models import Brand, Member

#: What is done, in order; the page that waits shows which.
STEPS = ("conversations", "service", "people", "operations", "goals", "pictures")

Progress = "Callable[[str, int, int], None]"


def build(
    *,
    brand: Brand,
    now: datetime,
    by: Member | None = None,
    audit: Audit | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Audit:
    """Compute the audit of the last weeks of the log and store it; done twice, the second replaces nothing but itself.

    ``progress`` gets the step's name, how many are done and how many there are.

    Raises
    ------
    NotEnoughData: nothing was imported, or no account is marked as ours; the message says which account it may be.
    """
    ends = horizon_end(brand, now=now)
    audit = audit or Audit(brand=brand, by=by)
    audit.starts_at, audit.ends_at, audit.state = ends - timedelta(weeks=WEEKS[0]), ends, AuditState.RUNNING
    audit.save()
    try:
        _check(brand)
        audit.figures = _figures(audit, brand, progress or (lambda *_: None))
    except Exception as error:
        _fail(audit, error)
        raise
    _finish(audit, brand, by)
    return audit


def _figures(audit: Audit, brand: Brand, progress: Callable[[str, int, int], None]) -> dict[str, Any]:
    def step(name: str) -> None:
        audit.step = name
        audit.save(update_fields=["step"])
        progress(name, STEPS.index(name), len(STEPS))

    step("conversations")
    widened = _gather_enough(audit, brand)
    step("service")
    figures: dict[str, Any] = {"version": _version(), "widened": widened, "simulated": brand.simulated}
    talks = frame(audit)
    figures["service"] = service(talks, since=audit.starts_at, at=audit.ends_at)
    figures["staffing"] = staffed(audit, brand, talks)
    step("people")
    figures["people"], figures["monday"] = who_matters(brand), monday(audit, brand)
    step("operations")
    read_the_log(brand=brand, until=audit.ends_at)
    figures["operations"] = staying(brand, at=audit.ends_at)
    step("goals")
    figures["goals"] = goals(audit)
    step("pictures")
    audit.figures = figures
    draw(audit)
    return figures


def _gather_enough(audit: Audit, brand: Brand) -> bool:
    """Gather the conversations of a quarter, or of more until there are enough of ours; whether more was needed."""
    tries = 0
    for starts_at in stretches(brand, until=audit.ends_at):
        audit.starts_at, tries = starts_at, tries + 1
        with transaction.atomic():
            gather(audit, brand)
        if AuditedConversation.objects.of(brand).filter(audit=audit, page="")[:ENOUGH].count() >= ENOUGH:
            break
    audit.save(update_fields=["starts_at"])
    return tries > 1


def _check(brand: Brand) -> None:
    if not Activity.objects.of(brand).exclude(act="").exists():
        raise NotEnoughData(
            f"The audit of {brand.slug} needs at least one import. Got none; import a file with "
            f"`entourage import FILE --brand {brand.slug}`."
        )
    if not own_accounts(brand).exists():
        most = [f"{account} ({number:,})" for account, number in most_addressed(brand, limit=5)]
        raise NotEnoughData(
            f"The audit of {brand.slug} must know which account is yours. Got none marked; say it with `--own NAME`. "
            f"Most addressed here: {', '.join(most) or 'nobody'}."
        )


def _fail(audit: Audit, error: Exception) -> None:
    audit.state, audit.error, audit.finished_at = AuditState.FAILED, str(error), timezone.now()
    audit.save(update_fields=["state", "error", "finished_at"])


@transaction.atomic
def _finish(audit: Audit, brand: Brand, by: Member | None) -> None:
    """Show this audit from now on; the conversations of the earlier ones are not needed any more."""
    audit.state, audit.step, audit.error, audit.finished_at = AuditState.DONE, "", "", timezone.now()
    audit.save()
    AuditedConversation.objects.of(brand).exclude(audit=audit).delete()
    record(brand=brand, by=by, at=audit.finished_at, what="audit.made", subject=audit.pk)


def _version() -> str:
    try:
        return version("entourage")
    except PackageNotFoundError:
        return "0"
