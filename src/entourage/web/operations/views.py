"""Operations: the list with its people, marking one, changing one, the acts that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.operations.actions import change_operation, mark_operation, remove_operation
from entourage.web.operations.forms import OperationForm
from entourage.web.operations.models import Operation
from entourage.web.operations.queries import acts_of, operations_of, suggested

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

FIELDS = ("name", "kind", "starts_at", "ends_at", "hashtag", "post", "origin")


@require_GET
@room(May.SEE)
def list_all(request: BrandRequest) -> HttpResponse:
    """All operations with how many people took part."""
    return render(request, "operations/list.html", {"operations": operations_of(request.brand)})


@require_http_methods(["GET", "HEAD", "POST"])
@room(May.MARK)
def new(request: BrandRequest) -> HttpResponse:
    """Mark an operation; what the log suggests is filled in by a link."""
    form = OperationForm(request.POST or None, brand=request.brand, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in FIELDS}
        mark_operation(brand=request.brand, by=request.member, at=timezone.now(), **told)
        return redirect("operations:list", slug=request.brand.slug)
    return render(request, "operations/new.html", {"form": form, "suggestions": suggested(request.brand)})


@require_http_methods(["GET", "HEAD", "POST"])
@room(May.SEE)
def edit(request: BrandRequest, pk: int) -> HttpResponse:
    """One operation; who may mark can change it."""
    operation = _operation(request.brand, pk)
    form = OperationForm(request.POST or None, brand=request.brand, instance=operation)
    if request.method == "POST":
        _must_mark(request)
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in FIELDS}
            change_operation(operation=operation, by=request.member, at=timezone.now(), **told)
            return redirect("operations:list", slug=request.brand.slug)
    return render(request, "operations/edit.html", {"form": form, "operation": _operation(request.brand, pk)})


@require_POST
@room(May.MARK)
def delete(request: BrandRequest, pk: int) -> HttpResponse:
    """Forget an operation."""
    remove_operation(operation=_operation(request.brand, pk), by=request.member, at=timezone.now())
    return redirect("operations:list", slug=request.brand.slug)


@require_GET
@room(May.SEE)
def acts(request: BrandRequest, pk: int) -> HttpResponse:
    """The acts behind the count of an operation, the newest first."""
    operation = _operation(request.brand, pk)
    rows, after = acts_of(operation, before=request.GET.get("before", ""))
    return render(request, "operations/acts.html", {"operation": operation, "rows": rows, "after": after})


def _operation(brand: Brand, pk: int) -> Operation:
    found: Operation | None = Operation.objects.of(brand).select_related("brand").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _must_mark(request: BrandRequest) -> None:
    from django.core.exceptions import PermissionDenied

    from entourage.web.core.permissions import may

    if not may(request.member, May.MARK):
        raise PermissionDenied


def _initial(request: BrandRequest) -> dict[str, Any]:
    """What a suggestion's link says, or an operation that ended a moment ago."""
    return {name: request.GET[name] for name in FIELDS if name in request.GET}
