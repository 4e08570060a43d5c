"""Departments with their hours, holidays, those who answer, and what is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entourage.web.core.models import Member
from entourage.web.core.permissions import BrandRequest, May, may, room
from entourage.web.reading.models import Department
from entourage.web.service import actions, queries
from entourage.web.service.forms import AwayForm, DepartmentForm, HolidayForm, NewDepartmentForm, SeatForm, TargetForm
from entourage.web.service.models import Desk, Holiday, Seat, Target
from entourage.web.service.views import shown

if TYPE_CHECKING:
    from entourage.web.core.models import Brand


@require_GET
@room(May.SEE)
def overview(request: BrandRequest) -> HttpResponse:
    """Who is there when, for whom, and what is promised."""
    return _overview(request)


def _overview(request: BrandRequest, status: int = 200, **forms: Any) -> HttpResponse:
    brand, now = request.brand, timezone.now()
    parts = shown.overview(brand, now=now)
    mine = next((seat.absent_until for _, seat in parts["team"] if seat and seat.member_id == request.member.pk), None)
    filled = {
        "department_form": NewDepartmentForm(brand=brand),
        "holiday_form": HolidayForm(brand=brand),
        "target_form": TargetForm(brand=brand),
        "away_form": AwayForm(initial={"absent_until": mine}),
    } | forms
    return render(request, "service/settings.html", {**parts, **filled, "now": now}, status=status)


@require_POST
@room(May.SETTINGS)
def new_department(request: BrandRequest) -> HttpResponse:
    """Add a department of the brand's own."""
    form = NewDepartmentForm(request.POST, brand=request.brand)
    if not form.is_valid():
        return _overview(request, 422, department_form=form)
    told = {name: form.cleaned_data[name] for name in ("key", "name")}
    desk = actions.save_desk(brand=request.brand, by=request.member, at=timezone.now(), **told)
    return redirect("service:department", request.brand.slug, desk.key)


@require_http_methods(["GET", "HEAD", "POST"])
@room(May.SEE)
def department(request: BrandRequest, pk: str) -> HttpResponse:
    """The hours of a department, and its lead."""
    desk = _desk(request.brand, pk)
    form = DepartmentForm(request.POST or None, desk=desk)
    status = 200
    if request.method == "POST":
        _must(request, May.SETTINGS)
        if form.is_valid():
            actions.save_desk(
                brand=request.brand, key=desk.key, name=desk.name, by=request.member, at=timezone.now(),
                **form.settings(),
            )  # fmt: skip
            messages.success(request, gettext("Saved. Clocks that run are set anew."))
            return redirect("service:settings", request.brand.slug)
        status = 422
    told = {"desk": desk, "name": queries.called(desk), "form": form, "own": desk.key not in Department.values}
    return render(request, "service/department.html", told, status=status)


@require_POST
@room(May.SETTINGS)
def remove_department(request: BrandRequest, pk: str) -> HttpResponse:
    """Forget a department's settings; one of the brand's own goes whole."""
    actions.remove_desk(desk=_desk(request.brand, pk), by=request.member, at=timezone.now())
    return redirect("service:settings", request.brand.slug)


@require_POST
@room(May.SETTINGS)
def add_holiday(request: BrandRequest) -> HttpResponse:
    """Let a date differ."""
    form = HolidayForm(request.POST, brand=request.brand)
    if not form.is_valid():
        return _overview(request, 422, holiday_form=form)
    told = dict(form.cleaned_data)
    key = told.pop("department")
    desk = _kept_desk(request, key) if key else None
    actions.save_holiday(brand=request.brand, desk=desk, by=request.member, at=timezone.now(), **told)
    return redirect("service:settings", request.brand.slug)


@require_POST
@room(May.SETTINGS)
def remove_holiday(request: BrandRequest, pk: int) -> HttpResponse:
    """Let a date be as its weekday."""
    holiday = get_object_or_404(Holiday.objects.of(request.brand).select_related("brand"), pk=pk)
    actions.remove_holiday(holiday=holiday, by=request.member, at=timezone.now())
    return redirect("service:settings", request.brand.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@room(May.SEE)
def seat(request: BrandRequest, pk: int) -> HttpResponse:
    """For whom a member answers."""
    who = get_object_or_404(Member.objects.of(request.brand).select_related("user", "brand"), pk=pk)
    kept: Seat | None = Seat.objects.of(request.brand).filter(member=who).first()
    form = SeatForm(request.POST or None, brand=request.brand, seat=kept)
    status = 200
    if request.method == "POST":
        _must(request, May.SETTINGS)
        if form.is_valid():
            actions.save_seat(member=who, by=request.member, at=timezone.now(), **form.cleaned_data)
            return redirect("service:settings", request.brand.slug)
        status = 422
    return render(request, "service/seat.html", {"who": who, "seat": kept, "form": form}, status=status)


@require_POST
@room(May.SETTINGS)
def remove_seat(request: BrandRequest, pk: int) -> HttpResponse:
    """Give a member nothing more."""
    kept = get_object_or_404(Seat.objects.of(request.brand).select_related("brand"), member=pk)
    actions.remove_seat(seat=kept, by=request.member, at=timezone.now())
    return redirect("service:settings", request.brand.slug)


@require_POST
@room(May.ANSWER)
def away(request: BrandRequest) -> HttpResponse:
    """Say until when oneself is away."""
    form = AwayForm(request.POST)
    if not form.is_valid():
        return _overview(request, 422, away_form=form)
    until = form.cleaned_data["absent_until"]
    if not actions.be_away(member=request.member, until=until, by=request.member, at=timezone.now()):
        messages.info(request, gettext("You answer for no department: nothing is given to you anyway."))
    return redirect("service:settings", request.brand.slug)


@require_POST
@room(May.SETTINGS)
def add_target(request: BrandRequest) -> HttpResponse:
    """Promise something."""
    form = TargetForm(request.POST, brand=request.brand)
    if not form.is_valid():
        return _overview(request, 422, target_form=form)
    actions.save_target(brand=request.brand, by=request.member, at=timezone.now(), **form.promise())
    return redirect("service:settings", request.brand.slug)


@require_POST
@room(May.SETTINGS)
def remove_target(request: BrandRequest, pk: int) -> HttpResponse:
    """Promise it no longer."""
    target = get_object_or_404(Target.objects.of(request.brand).select_related("brand"), pk=pk)
    actions.remove_target(target=target, by=request.member, at=timezone.now())
    return redirect("service:settings", request.brand.slug)


def _desk(brand: Brand, key: str) -> Desk:
    found = queries.desk_of(brand, key)
    if found is None:
        raise Http404
    return found


def _kept_desk(request: BrandRequest, key: str) -> Desk:
    """The department's row; one that nobody has set up yet is there day and night, and is so from now on by its row."""
    desk = _desk(request.brand, key)
    if desk.pk:
        return desk
    return actions.save_desk(brand=request.brand, key=key, by=request.member, at=timezone.now())


def _must(request: BrandRequest, what: May) -> None:
    if not may(request.member, what):
        raise PermissionDenied
