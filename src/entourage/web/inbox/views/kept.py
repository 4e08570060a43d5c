"""What is kept for later: macros, labels, views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.inbox import actions, queries
from entourage.web.inbox.forms import MacroForm, NameForm, ViewForm
from entourage.web.inbox.models import Label, Macro, View
from entourage.web.reading.queries import language_name

if TYPE_CHECKING:
    from django.http import HttpResponse

    from entourage.web.core.models import Brand

Row = TypeVar("Row", Label, Macro, View)


def _row_or_404(model: type[Row], brand: Brand, pk: int) -> Row:
    found: Row | None = model.objects.of(brand).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
@room(May.SEE)
def macros(request: BrandRequest) -> HttpResponse:
    """Answers written beforehand."""
    asked = request.GET.get("change", "")
    known = queries.macros(request.brand)
    changing = next((macro for macro in known if str(macro.pk) == asked), None)
    return _macros(request, MacroForm(instance=changing), changing)


def _macros(request: BrandRequest, form: MacroForm, changing: Macro | None, status: int = 200) -> HttpResponse:
    shown = {
        "macros": [(macro, language_name(macro.language)) for macro in queries.macros(request.brand)],
        "form": form,
        "changing": changing,
        "variables": queries.VARIABLES.items(),
    }
    return render(request, "inbox/macros.html", shown, status=status)


@require_POST
@room(May.ANSWER)
def add_macro(request: BrandRequest) -> HttpResponse:
    """Write an answer down."""
    return _keep_macro(request, None)


@require_POST
@room(May.ANSWER)
def change_macro(request: BrandRequest, pk: int) -> HttpResponse:
    """Write it otherwise."""
    return _keep_macro(request, _row_or_404(Macro, request.brand, pk))


def _keep_macro(request: BrandRequest, macro: Macro | None) -> HttpResponse:
    form = MacroForm(request.POST, instance=macro)
    form.instance.brand = request.brand
    if not form.is_valid():
        return _macros(request, form, macro, status=422)
    told: dict[str, Any] = {name: form.cleaned_data[name] for name in ("name", "text", "department", "language")}
    rival = queries.macro_named(request.brand, told["name"])
    if rival is not None and rival != macro:
        form.add_error("name", gettext("Another macro has this name already. Choose another, or change that one."))
        return _macros(request, form, macro, status=422)
    known = _row_or_404(Macro, request.brand, macro.pk) if macro else None
    actions.save_macro(brand=request.brand, by=request.member, at=timezone.now(), macro=known, **told)
    messages.success(request, gettext("The macro “%(name)s” is kept.") % {"name": told["name"]})
    return redirect("inbox:macros", request.brand.slug)


@require_POST
@room(May.ANSWER)
def remove_macro(request: BrandRequest, pk: int) -> HttpResponse:
    """Throw a macro away."""
    macro = _row_or_404(Macro, request.brand, pk)
    actions.remove_macro(macro=macro, by=request.member, at=timezone.now())
    messages.success(request, gettext("The macro “%(name)s” is gone.") % {"name": macro.name})
    return redirect("inbox:macros", request.brand.slug)


@require_GET
@room(May.SEE)
def labels(request: BrandRequest) -> HttpResponse:
    """Labels, and searches of the inbox that are kept."""
    saved = queries.views(request.brand, request.member)
    return render(request, "inbox/labels.html", {"labels": queries.labels(request.brand), "saved": saved})


@require_POST
@room(May.ANSWER)
def add_label(request: BrandRequest) -> HttpResponse:
    """Make a label."""
    form = NameForm(request.POST)
    if form.is_valid():
        actions.make_label(brand=request.brand, name=form.cleaned_data["name"], by=request.member, at=timezone.now())
    else:
        messages.error(request, gettext("A label must have a name of at most 40 letters."))
    return redirect("inbox:labels", request.brand.slug)


@require_POST
@room(May.ANSWER)
def remove_label(request: BrandRequest, pk: int) -> HttpResponse:
    """Take a label off all conversations."""
    label = _row_or_404(Label, request.brand, pk)
    actions.remove_label(label=label, by=request.member, at=timezone.now())
    messages.success(request, gettext("The label “%(name)s” is gone.") % {"name": label.name})
    return redirect("inbox:labels", request.brand.slug)


@require_POST
@room(May.ANSWER)
def add_view(request: BrandRequest) -> HttpResponse:
    """Keep the filters of the list under a name."""
    form = ViewForm(request.POST)
    query = queries.Filters.read(QueryDict(request.POST.get("query", ""))).query
    if form.is_valid():
        name, shared = form.cleaned_data["name"], form.cleaned_data["shared"]
        by, now = request.member, timezone.now()
        actions.save_view(brand=request.brand, name=name, query=query, by=by, at=now, everybody=shared)
        messages.success(request, gettext("The view “%(name)s” is kept.") % {"name": name})
    else:
        messages.error(request, gettext("A view must have a name of at most 80 letters."))
    address = reverse("inbox:list", args=[request.brand.slug])
    return redirect(f"{address}?{query}" if query else address)


@require_POST
@room(May.ANSWER)
def remove_view(request: BrandRequest, pk: int) -> HttpResponse:
    """Throw a view away; the conversations in it stay."""
    view = _row_or_404(View, request.brand, pk)
    if view.member_id not in {None, request.member.pk}:
        raise Http404
    actions.remove_view(view=view, by=request.member, at=timezone.now())
    messages.success(request, gettext("The view “%(name)s” is gone; its conversations are not.") % {"name": view.name})
    return redirect("inbox:labels", request.brand.slug)
