"""First responses of a report: which are left out, and the conversations behind each number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from entourage.web.core.models import Brand
from entourage.web.service.models import FirstResponse
from entourage.web.service.queries.report import PAGE, named_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entourage.web.service.models import Report

#: What asks nothing of a brand: a condition in SQL on the activity ``a``, with its values in order.
Source = Callable[[Brand], tuple[str, list[Any]]]
_ALSO: list[Source] = []


def also_left_out(source: Source) -> None:
    """Have what a room above knows to ask nothing left out of first responses; said once, when it is loaded."""
    if source not in _ALSO:
        _ALSO.append(source)


def left_out(brand: Brand) -> tuple[str, dict[str, Any]]:
    """The condition of an act that asks nothing, for a statement that names its values; false where none is."""
    conditions, values = ["false"], dict[str, Any]()
    for source in _ALSO:
        condition, given = source(brand)
        for value in given:
            name = f"left_{len(values)}"
            condition = condition.replace("%s", f"%({name})s", 1)
            values[name] = value
        conditions.append(condition)
    return f"({' OR '.join(conditions)})", values


@dataclass(frozen=True, slots=True)
class Waits:
    """Which first responses are asked for; each empty means all."""

    unanswered: bool = False
    department: str | None = None
    network: str = ""

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Waits:
        """From an address; what makes no sense is left out."""
        return cls(
            unanswered=told.get("unanswered") == "1",
            # A conversation may have no department: "department=" asks for those.
            department=str(told["department"])[:16].replace("\0", "") if "department" in told else None,
            network=str(told.get("network", ""))[:20].replace("\0", ""),
        )

    @property
    def query(self) -> str:
        """The same as an address tells it."""
        given = {"unanswered": "1"} if self.unanswered else {}
        given |= {"network": self.network} if self.network else {}
        return urlencode(given | ({} if self.department is None else {"department": self.department}))


def waits(report: Report, asked: Waits, *, after: str = "", size: int = PAGE) -> tuple[list[FirstResponse], str]:
    """First responses of a report, the latest question first; and from where the next page goes on."""
    found = FirstResponse.objects.of(report.brand_id).filter(report=report)
    if asked.unanswered:
        found = found.filter(due=True, answered_at__isnull=True)
    if asked.department is not None:
        found = found.filter(department=asked.department)
    if asked.network:
        found = found.filter(network=asked.network)
    return named_page(report, found, by="asked_at", after=after, size=size)
