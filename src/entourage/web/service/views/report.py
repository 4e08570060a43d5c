"""How promises were kept, and the conversations behind each number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.templatetags.entourage import network, percent, span
from entourage.web.service import actions, queries
from entourage.web.service.models import Kept, What

if TYPE_CHECKING:
    from entourage.web.service.models import Report


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: of whom, which promise, how it was kept, and the addresses of its rows."""

    name: str
    what: str
    told: dict[str, Any]
    query: str

    @property
    def whole(self) -> int:
        """How many were due."""
        return int(self.told["met"]) + int(self.told["missed"])

    @property
    def share(self) -> str:
        """Which share was kept."""
        return percent(self.told["share"][0])

    @property
    def range(self) -> str:
        """Its interval, in words."""
        low, high = self.told["share"][1:]
        return gettext("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)} if low is not None else ""


@dataclass(frozen=True, slots=True)
class Waited:
    """How long people waited for a first answer: of whom, and the address of the rows."""

    name: str
    told: dict[str, Any]
    query: str

    @property
    def share(self) -> str:
        """Which share of those due has no answer."""
        return percent(self.told["unanswered_share"][0])

    @property
    def range(self) -> str:
        """Its interval, in words."""
        low, high = self.told["unanswered_share"][1:]
        return gettext("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)} if low is not None else ""

    @property
    def median(self) -> str:
        """What half of them waited."""
        return _hours(self.told["median_h"])

    @property
    def median_range(self) -> str:
        """Its interval, in words."""
        return _range(self.told["median_h"])

    @property
    def ninth(self) -> str:
        """What one in ten waited."""
        return _hours(self.told["p90_h"])

    @property
    def ninth_range(self) -> str:
        """Its interval, in words."""
        return _range(self.told["p90_h"])


@require_GET
@room(May.SEE)
def page(request: BrandRequest) -> HttpResponse:
    """Which share of what was promised was kept, and how long people waited for a first answer."""
    report, waiting = queries.latest_report(request.brand), queries.waiting_report(request.brand)
    if request.htmx and waiting is None:  # type: ignore[attr-defined]  # django-htmx puts it there
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    told: dict[str, Any] = {"report": report, "waiting": waiting}
    if report is not None:
        told |= _shown(report, queries.names(request.brand))
    template = "service/report.html#counting" if request.htmx else "service/report.html"  # type: ignore[attr-defined]
    return render(request, template, told)


@require_POST
@room(May.ANSWER)
def count(request: BrandRequest) -> HttpResponse:
    """Have the promises counted anew."""
    actions.ask_report(brand=request.brand, by=request.member, at=timezone.now())
    return redirect("service:report", request.brand.slug)


@require_GET
@room(May.SEE)
def rows(request: BrandRequest) -> HttpResponse:
    """The promises behind a number, each with its conversation."""
    filters = queries.Filters.read(request.GET)
    report = queries.latest_report(request.brand)
    found, after = queries.rows(report, filters, after=request.GET.get("after", "")) if report else ([], "")
    told = {
        "report": report, "rows": found, "after": after, "filters": filters, "names": queries.names(request.brand),
        "whats": What.choices, "states": Kept.choices,
    }  # fmt: skip
    return render(request, "service/rows.html", told)


@require_GET
@room(May.SEE)
def first(request: BrandRequest) -> HttpResponse:
    """The conversations behind a figure of first answers."""
    asked, report = queries.Waits.read(request.GET), queries.latest_report(request.brand)
    found, after = queries.waits(report, asked, after=request.GET.get("after", "")) if report else ([], "")
    told = {"report": report, "rows": found, "after": after, "asked": asked, "names": queries.names(request.brand)}
    return render(request, "service/first.html", told)


def _shown(report: Report, names: dict[str, str]) -> dict[str, Any]:
    told = queries.summary(report)
    departments = names | {"": gettext("no department")}
    networks = {one: network(one) for one in told["by_network"] | told["first_response_by_network"]}
    return {
        "told": told,
        "waited": Waited("", told["first_response"], "") if told["first_response"] else None,
        "lines": [Line("", what, one, f"what={what}") for what, one in told["promises"].items()],
        "departments": _lines(told["by_department"], "department", departments),
        "networks": _lines(told["by_network"], "network", networks),
        "waited_departments": _waited(told["first_response_by_department"], "department", departments),
        "waited_networks": _waited(told["first_response_by_network"], "network", networks),
        "whats": dict(What.choices),
    }


def _waited(groups: dict[str, Any], by: str, names: dict[str, str]) -> list[Waited]:
    return [Waited(names.get(key, key), one, urlencode({by: key})) for key, one in sorted(groups.items())]


def _lines(groups: dict[str, Any], by: str, names: dict[str, str]) -> list[Line]:
    return [
        Line(names.get(key, key), what, one, urlencode({"what": what, by: key}))
        for key, whats in sorted(groups.items())
        for what, one in whats.items()
        if any(value for name, value in one.items() if name != "share")
    ]


def _hours(told: list[float | None]) -> str:
    """As the audit writes them."""
    return gettext("not reached") if told[0] is None else span(told[0] * 3600)


def _range(told: list[float | None]) -> str:
    low, high = told[1:]
    if low is None:
        return ""
    if high is None:
        return gettext("%(low)s or longer") % {"low": span(low * 3600)}
    return gettext("%(low)s to %(high)s") % {"low": span(low * 3600), "high": span(high * 3600)}
