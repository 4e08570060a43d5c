"""How promises were kept: the stored figures in one shape for page and command line, and the rows behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q

from entourage.web.core.queries import place_in
from entourage.web.people.models import Person
from entourage.web.service.models import Kept, Promise, Report, What

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entourage.web.core.models import Brand

#: Rows of a page.
PAGE = 50
#: What a row shows of who wrote; fifty whole conversations would take longer to build than to find.
WHO = ("conversation__person_id", *(f"conversation__account__{name}" for name in ("network_id", "handle", "name")))


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows of a report are asked for; each empty means all. ``counted`` are those of the attainment alone."""

    what: str = ""
    state: str = ""
    department: str | None = None
    network: str = ""
    counted: bool = False

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Filters:
        """From an address; what makes no sense is left out."""
        return cls(
            what=str(told.get("what", "")) if told.get("what") in What.values else "",
            state=str(told.get("state", "")) if told.get("state") in Kept.values else "",
            # A conversation may have no department: "department=" asks for those.
            department=str(told["department"])[:16].replace("\0", "") if "department" in told else None,
            network=str(told.get("network", ""))[:20].replace("\0", ""),
            counted=told.get("counted") == "1",
        )

    @property
    def query(self) -> str:
        """The same as an address tells it."""
        told = {"what": self.what, "state": self.state, "network": self.network, "counted": "1" if self.counted else ""}
        given = {name: value for name, value in told.items() if value}
        return urlencode(given | ({} if self.department is None else {"department": self.department}))


def latest_report(brand: Brand) -> Report | None:
    """The last report that was finished."""
    found: Report | None = (
        Report.objects.of(brand).filter(finished_at__isnull=False).order_by("-asked_at", "-pk").first()
    )
    return found


def waiting_report(brand: Brand) -> Report | None:
    """The report that is being made, if one is."""
    found: Report | None = Report.objects.of(brand).filter(finished_at=None).order_by("-asked_at", "-pk").first()
    return found


def summary(report: Report) -> dict[str, Any]:
    """The figures of a report, as the command line prints them and the page shows them."""
    figures = report.figures
    return {
        "brand": report.brand.slug,
        "since": report.starts_at.isoformat() if report.starts_at else None,
        "at": report.at.isoformat() if report.at else None,
        "conversations": figures["conversations"],
        "promises": _in_order(figures["promises"]),
        "by_department": {key: _in_order(told) for key, told in sorted(figures["by_department"].items())},
        "by_network": {key: _in_order(told) for key, told in sorted(figures["by_network"].items())},
        "first_response": figures["response"],
        "first_response_by_department": figures["response_by_department"],
        "first_response_by_network": figures["response_by_network"],
    }


def _in_order(told: dict[str, Any]) -> dict[str, Any]:
    """First answers first: the database keeps the names of an object in an order of its own."""
    return {what: told[what] for what in What.values if what in told}


def rows(report: Report, filters: Filters, *, after: str = "", size: int = PAGE) -> tuple[list[Promise], str]:
    """Promises of a report, the latest first, with ``name``; and from where the next page goes on."""
    return named_page(report, _filtered(report, filters), by="started_at", after=after, size=size)


def named_page(report: Report, found: Any, *, by: str, after: str, size: int) -> tuple[list[Any], str]:
    """So many rows from a place on, the latest moment ``by`` first, each with ``name``; and the place of the next."""
    if place := place_in(after):
        at, number = place
        found = found.filter(Q(**{f"{by}__lt": at}) | Q(**{by: at, "pk__lt": number}))
    own = [field.name for field in found.model._meta.concrete_fields]  # noqa: SLF001 - Django documents it
    told = list(found.select_related("conversation__account").only(*own, *WHO).order_by(f"-{by}", "-pk")[: size + 1])
    names = _names(report, told)
    for one in told:
        one.name = names.get(one.conversation.person_id) or str(one.conversation.account)
    more = len(told) > size
    return told[:size], f"{getattr(told[size - 1], by).isoformat()},{told[size - 1].pk}" if more else ""


def _filtered(report: Report, filters: Filters) -> Any:
    found = Promise.objects.of(report.brand_id).filter(report=report)
    for name in ("what", "state", "network"):
        if value := getattr(filters, name):
            found = found.filter(**{name: value})
    if filters.department is not None:
        found = found.filter(department=filters.department)
    return found.filter(counted=True) if filters.counted else found


def _names(report: Report, told: list[Any]) -> dict[int | None, str]:
    people = {one.conversation.person_id for one in told}
    return dict(Person.objects.of(report.brand_id).filter(pk__in=people).values_list("pk", "name"))
