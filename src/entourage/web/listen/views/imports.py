"""A file on its way in: dropped, looked at, confirmed, taken in, reported."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, may, room
from entourage.web.core.queries import number_in
from entourage.web.core.sheets import sheet
from entourage.web.listen import actions, queries
from entourage.web.listen.forms import DONE, AccountsForm, ConfirmForm, MappingForm, UploadForm
from entourage.web.listen.models import Import, ImportState

if TYPE_CHECKING:
    from typing import Any

PAGE = 20
#: Names of our own accounts that are recalled, and on how many networks each may be.
OWN_SHOWN, SEVERAL = 5, 8


@room(May.SEE)
def imports(request: BrandRequest) -> HttpResponse:
    """Drop a file; below, what was taken in before."""
    if request.method != "POST":
        return _list(request, UploadForm())
    if not may(request.member, May.IMPORT):
        raise PermissionDenied
    return _upload(request, UploadForm(request.POST, request.FILES))


def _upload(request: BrandRequest, form: UploadForm) -> HttpResponse:
    if not form.is_valid():
        return _list(request, form)
    upload = form.upload
    path = actions.kept_path(upload.name or "file")
    shutil.move(upload.temporary_file_path(), path)
    path.chmod(0o600)
    named = {"own": form.cleaned_data["own"], "competitors": form.cleaned_data["competitors"]}
    with transaction.atomic():
        begun = actions.new_import(
            brand=request.brand,
            path=path,
            filename=upload.name or "file",
            options=actions.options(**named, then_score=True),
            by=request.member,
            at=timezone.now(),
        )
        actions.look_at(begun)
    return redirect("listen:import", request.brand.slug, begun.pk)


def _list(request: BrandRequest, form: UploadForm) -> HttpResponse:
    before = request.GET.get("before", "")
    rows = queries.imports_page(request.brand, before=number_in(before), size=PAGE)
    context = {"form": form, "imports": rows[:PAGE], "after": rows[PAGE - 1].pk if len(rows) > PAGE else None}
    return render(request, "listen/imports.html", {**context, "first_page": not before})


@room(May.SEE)
def one(request: BrandRequest, pk: int) -> HttpResponse:
    """One import: what its file is, how far it is, what became of it."""
    begun = _import(request, pk)
    context = _shown(begun)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        # While it moves the page asks again; once it stands, the whole page is asked for once more.
        answer = render(request, "listen/import.html#state", context)
        if not context["moving"]:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "listen/import.html", context)


def _shown(begun: Import) -> dict[str, Any]:
    look = begun.options.get("look")
    waiting = begun.state == ImportState.WAITING
    confirmed = bool(begun.options.get("confirmed"))
    asks = waiting and not confirmed and look is not None
    acts = [
        {**act, "at": datetime.fromisoformat(act["at"]), "did": DONE.get(act["act"], act["act"])}
        for act in (look or {}).get("acts", ())
    ]
    return {
        "run": begun,
        "look": look,
        "asks": asks,
        "acts": acts,
        "moving": begun.state == ImportState.RUNNING or (waiting and not asks),
        "confirmed": confirmed,
        "columns": MappingForm(look=look) if asks and look.get("mapping") else None,
        "form": ConfirmForm(initial=_initial(begun)) if asks else None,
        "own_known": _known(begun) if asks else [],
        "can_repeat": bool(begun.path) and Path(begun.path).is_file() and begun.state != ImportState.RUNNING,
    }


def _known(begun: Import) -> list[str]:
    """The first names of our own accounts; the same one on several networks once."""
    own = queries.own_accounts(begun.brand)[: SEVERAL * OWN_SHOWN]
    return list(dict.fromkeys(map(str, own)))[:OWN_SHOWN]


def _initial(begun: Import) -> dict[str, Any]:
    asked = begun.options
    told = {name: ", ".join(asked.get(name, ())) for name in AccountsForm.base_fields}
    return {**told, "repair": asked.get("repair", False), "keep_mapping": True}


@require_POST
@room(May.IMPORT)
def columns(request: BrandRequest, pk: int) -> HttpResponse:
    """Read the waiting file with these columns instead."""
    begun = _import(request, pk)
    if mapping := _mapping(request, begun):
        actions.remap(begun=begun, mapping=mapping, by=request.member, at=timezone.now())
    return redirect("listen:import", request.brand.slug, pk)


@require_POST
@room(May.IMPORT)
def confirm(request: BrandRequest, pk: int) -> HttpResponse:
    """Take the file in as it is shown; or try it, keeping nothing."""
    begun = _import(request, pk)
    form = ConfirmForm(request.POST)
    mapping = _mapping(request, begun)
    if not form.is_valid() or mapping is None:
        return redirect("listen:import", request.brand.slug, pk)
    told = form.cleaned_data
    actions.confirm(
        begun=begun,
        options=actions.options(
            own=told["own"], competitors=told["competitors"], repair=told["repair"], then_score=True
        ),
        mapping=mapping,
        dry_run="try" in request.POST,
        keep_mapping=told["keep_mapping"],
        by=request.member,
        at=timezone.now(),
    )
    return redirect("listen:import", request.brand.slug, pk)


def _mapping(request: BrandRequest, begun: Import) -> dict[str, Any] | None:
    """The columns as posted; none where the post is not of this file, empty where the file has no columns."""
    look = begun.options.get("look") or {}
    if not look.get("mapping"):
        return {}
    form = MappingForm(request.POST, look=look)
    return form.told() if form.is_valid() else None


@require_POST
@room(May.IMPORT)
def again(request: BrandRequest, pk: int) -> HttpResponse:
    """The same file once more: for good after a trial, or after a failure."""
    begun = _import(request, pk)
    if not (begun.path and Path(begun.path).is_file()):
        return redirect("listen:imports", request.brand.slug)
    run = actions.repeat(begun=begun, by=request.member, at=timezone.now())
    return redirect("listen:import", request.brand.slug, run.pk)


@room(May.IMPORT)
def rejected(request: BrandRequest, pk: int) -> HttpResponseBase:
    """The list of rejected rows; it holds what people wrote, so only who may import may take it."""
    path = Path(_import(request, pk).rejects_path or "/nowhere")
    if not path.is_file():
        raise Http404
    return sheet(queries.rejected_rows(path), name=f"rejected-{pk}.csv")


@room(May.SEE)
def mapping(request: BrandRequest, pk: int) -> HttpResponse:
    """How the columns were read, as a file for ``entourage import --mapping``."""
    begun = _import(request, pk)
    told = begun.mapping or (begun.options.get("look") or {}).get("mapping")
    if not told:
        raise Http404
    answer = JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="mapping-{pk}.json"'
    return answer


def _import(request: BrandRequest, pk: int) -> Import:
    found: Import = get_object_or_404(queries.imports(request.brand), pk=pk)
    return found
