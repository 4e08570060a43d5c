"""The topics of a week, and what the public teaches: lists, one of them with its messages, what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from entourage.web.core.permissions import BrandRequest, May, may, room
from entourage.web.core.queries import number_in
from entourage.web.reading import actions, queries
from entourage.web.reading.forms import FindingForm
from entourage.web.reading.models import Finding, Lesson, Progress, Topic, TopicWeek
from entourage.web.reading.views.risen import near, risen, rose
from entourage.web.reading.views.ways import way_to

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

# The share of a week from which it is shown first.
BEGUN = 2 / 7


@require_GET
@room(May.SEE)
def topics(request: BrandRequest) -> HttpResponse:
    """What people talked about in a week; the newest that was looked at, unless the address names another."""
    weeks = queries.topic_weeks(request.brand)
    week = next((one for one in weeks if str(one.week) == request.GET.get("week", "")), _newest(weeks))
    found = queries.topics_of(request.brand, week.week) if week else []
    shown = {"weeks": weeks, "week": week, "topics": _shown(request.brand, found), **_indexing(request.brand)}
    return render(request, "reading/topics.html", shown)


def _indexing(brand: Brand) -> dict[str, Any]:
    return queries.indexing(brand, now=timezone.now())


def _newest(weeks: list[TopicWeek]) -> TopicWeek | None:
    """The newest week; on its first two days, the one before: hardly anything has been said yet."""
    begun = [one for one in weeks if one.share >= BEGUN]
    return next(iter(begun or weeks), None)


@require_GET
@room(May.SEE)
def topic(request: BrandRequest, pk: int) -> HttpResponse:
    """One topic with its messages, the most central first."""
    row = _found(Topic, request.brand, pk)
    said, after = _said(request, row)
    one = _shown(request.brand, [queries.told_of(row)])[0]
    return render(request, "reading/topic.html", {"one": one, "said": said, "after": after})


@require_GET
@room(May.SEE)
def lessons(request: BrandRequest) -> HttpResponse:
    """What the public teaches: questions on use, what fails, ideas, most people first."""
    asked = queries.Asked.read(request.GET)
    first = number_in(request.GET.get("after", "")) or 0
    found, more = queries.findings_of(request.brand, asked, after=first)
    shown = {
        "asked": asked,
        "findings": _shown(request.brand, found),
        "kinds": Lesson.choices,
        "states": [("open", gettext("still to do")), *Progress.choices],
        "after": way_to(asked.query, after=first + len(found)) if more else "",
        "before": way_to(asked.query, after=max(first - queries.PAGE, 0)) if first else "",
        **_indexing(request.brand),
    }
    return render(request, "reading/lessons.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@room(May.SEE)
def finding(request: BrandRequest, pk: int) -> HttpResponse:
    """One finding with its messages; who may mark says what becomes of it."""
    row = _found(Finding, request.brand, pk)
    form = FindingForm(request.POST or None, instance=row)
    if request.method == "POST":
        if not may(request.member, May.MARK):
            return HttpResponse(status=403)
        if form.is_valid():
            return _changed(request, row, form.cleaned_data)
        # The row holds what was sent: it is shown as it is kept.
        row = _found(Finding, request.brand, pk)
    said, after = _said(request, row)
    one = _shown(request.brand, [queries.told_of(row)])[0]
    shown = {"one": one, "said": said, "after": after, "form": form, "picture": queries.finding_weeks(row)}
    return render(request, "reading/finding.html", shown)


def _changed(request: BrandRequest, row: Finding, told: dict[str, str]) -> HttpResponse:
    row = _found(Finding, request.brand, row.pk)
    if actions.change_finding(finding=row, by=request.member, at=timezone.now(), **told):
        messages.success(request, gettext("Kept."))
    return redirect("reading:finding", request.brand.slug, row.pk)


def _found(model: type[Topic | Finding], brand: Brand, pk: int) -> Any:
    found = model.objects.of(brand).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _said(request: BrandRequest, row: Topic | Finding) -> tuple[list[Any], str]:
    """The messages from the rank in the address on, and the address of those that follow."""
    first = number_in(request.GET.get("after", "")) or 0
    said, more = queries.said_in(row, after=first)
    return said, f"?after={first + len(said)}#said" if more else ""


def _shown(brand: Brand, found: list[queries.Told]) -> list[dict[str, Any]]:
    """Gatherings with their sentences: whether each rises, and whether it is about what the brand does."""
    territory = queries.territory_of(brand) if found else None
    return [
        {"told": one, "row": one.row, "risen": risen(one.row), "rose": rose(one.row), "near": near(one, territory)}
        for one in found
    ]
