"""The Monday audit: the page, its progress, its rows, its PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.core.templatetags.entourage import network as network_name
from entourage.web.listen.queries import most_addressed, own_accounts
from entourage.web.operations.models import Operation
from entourage.web.results.actions import ask_for_audit
from entourage.web.results.models import AuditState
from entourage.web.results.queries import has_log, latest_audit, newest_try, steps, who_stayed
from entourage.web.results.queries.conversations import Asked, chosen
from entourage.web.results.queries.conversations import conversations as read_conversations
from entourage.web.results.queries.printed import file_name, printed
from entourage.web.results.queries.report import report
from entourage.web.results.queries.words import page_names

if TYPE_CHECKING:
    from django.http import HttpRequest

    from entourage.web.core.models import Brand


@require_GET
@room(May.SEE)
def audit(request: BrandRequest) -> HttpResponse:
    """The newest audit; while one is made, how far it is; without any, what to do first."""
    shown = latest_audit(request.brand)
    context: dict[str, Any] = _progress(request.brand)
    if shown:
        return render(request, "results/audit.html", {"report": report(shown), "audit": shown, **context})
    return render(request, "results/audit.html", {"audit": None, **_missing(request.brand), **context})


@require_GET
@room(May.SEE)
def progress(request: BrandRequest) -> HttpResponse:
    """How far the running audit is; when it is done, the page is asked to show it."""
    context = _progress(request.brand)
    if context["running"] or not request.htmx:  # type: ignore[attr-defined]
        return render(request, "results/audit.html#progress", context)
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


@require_POST
@room(May.MARK)
def start(request: BrandRequest) -> HttpResponse:
    """Ask for a new audit."""
    ask_for_audit(brand=request.brand, by=request.member, at=timezone.now())
    return redirect("results:audit", slug=request.brand.slug)


@require_GET
@room(May.SEE)
def conversations(request: BrandRequest) -> HttpResponse:
    """The conversations behind a number of the audit."""
    shown, asked = latest_audit(request.brand), Asked.of(request.GET)
    if shown is None:
        return redirect("results:audit", slug=request.brand.slug)
    names = page_names(shown)
    figures = shown.figures["service"]
    context = {
        "audit": shown,
        "asked": asked,
        "chosen": chosen(asked),
        "found": read_conversations(request.brand, shown, asked),
        "pages": [("", names[""]), *((one["page"], names[one["page"]]) for one in figures["competitors"])],
        "networks": [(one["network"], network_name(one["network"])) for one in figures["networks"]],
    }
    return render(request, "results/conversations.html", context)


@require_GET
@room(May.SEE)
def stayed(request: BrandRequest, pk: int) -> HttpResponse:
    """Who stayed after an operation, or of those who came by themselves in the same days."""
    operation = Operation.objects.of(request.brand).filter(pk=pk).first()
    if operation is None:
        raise Http404
    group = "organic" if request.GET.get("group") == "organic" else "recruits"
    people, after = who_stayed(request.brand, operation, group=group, after=request.GET.get("after", ""))
    context = {"operation": operation, "group": group, "people": people, "after": after}
    return render(request, "results/stayed.html", context)


@require_GET
@room(May.EXPORT)
def pdf(request: BrandRequest) -> HttpResponse:
    """The audit in print, in the language asked for, else in the brand's."""
    shown = latest_audit(request.brand)
    if shown is None:
        return redirect("results:audit", slug=request.brand.slug)
    language = _language(request)
    with translation.override(language):
        response = HttpResponse(printed(shown), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{file_name(shown)}"'
    return response


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else str(request.brand.language)  # type: ignore[attr-defined]


def _progress(brand: Brand) -> dict[str, Any]:
    begun = newest_try(brand)
    running = begun is not None and begun.state in (AuditState.WAITING, AuditState.RUNNING)
    failed = begun if begun is not None and begun.state == AuditState.FAILED else None
    return {"running": begun if running else None, "failed": failed, "steps": steps(begun) if running else []}


def _missing(brand: Brand) -> dict[str, Any]:
    """What must be there before an audit can be made."""
    if not has_log(brand):
        return {"missing": "log"}
    if not own_accounts(brand).exists():
        return {"missing": "own", "most": most_addressed(brand, limit=5)}
    return {"missing": ""}
