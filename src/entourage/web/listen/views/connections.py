"""The pages of live connections: which there are and how they do, connecting one, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from entourage.web.core.permissions import BrandRequest, May, room
from entourage.web.listen import actions, queries
from entourage.web.listen.forms import ConnectForm
from entourage.web.listen.models import Connection, ConnectionState

if TYPE_CHECKING:
    from django.http import HttpResponse

LONGEST_CODE = 500  # characters
# What is said once it is done.
DONE = {
    "pause": _("It is paused: nothing is read or sent."),
    "resume": _("It is read again, from where it was."),
    "read": _("It is being read."),
    "compare": _("What the network holds is being compared with what is here."),
    "trust": _("What is gone there is being removed here."),
}


@room(May.SEE)
def connections(request: BrandRequest) -> HttpResponse:
    """All connections with their health; below, the networks that can be connected."""
    now = timezone.now()
    rows = [(row, queries.health(row, now=now)) for row in queries.connections(request.brand)]
    return render(request, "listen/connections.html", {"rows": rows, "offers": queries.OFFERS.values(), "now": now})


@room(May.SETTINGS)
def new(request: BrandRequest) -> HttpResponse:
    """The form of one network; its keys are checked by a job once it is sent."""
    offer = queries.OFFERS.get(request.GET.get("network", ""))
    if offer is None:
        return redirect("listen:connections", request.brand.slug)
    form = ConnectForm(request.POST or None, offer=offer)
    if not form.is_valid():
        return render(request, "listen/connect.html", {"form": form, "offer": offer})
    told = form.told(secret=False)
    name = queries.offer_name(told, network=offer.name)
    return _connected(request, form, name=name, secrets=form.told(secret=True))


@room(May.SETTINGS)
def anew(request: BrandRequest, pk: int) -> HttpResponse:
    """The same form for a connection that is there: what is left empty of its keys stays, where they go as before."""
    connection = _connection(request, pk)
    offer = queries.OFFERS.get(connection.network)
    if offer is None:
        raise Http404
    kept = _kept(connection)
    held = [field.key for field in offer.fields if field.secret and field.key in kept]
    form = ConnectForm(request.POST or None, offer=offer, known=connection.settings, held=held)
    if not form.is_valid():
        return render(request, "listen/connect.html", {"form": form, "offer": offer, "connection": connection})
    secrets = {**({} if form.moved else kept), **form.told(secret=True)}
    return _connected(request, form, name=connection.name, secrets=secrets)


def _kept(connection: Connection) -> dict[str, str]:
    try:
        return actions.secrets_of(connection)
    except actions.KeysLost:
        return {}


def _connected(request: BrandRequest, form: ConnectForm, *, name: str, secrets: dict[str, str]) -> HttpResponse:
    told: dict[str, Any] = {"network": form.offer.key, "name": name, "settings": form.told(secret=False)}
    told |= {"brand": request.brand, "by": request.member, "at": timezone.now()}
    made = actions.connect_by_code(**told) if form.by_code else actions.connect(**told, secrets=secrets)
    return redirect("listen:connection", request.brand.slug, made.pk)


@room(May.SEE)
def one(request: BrandRequest, pk: int) -> HttpResponse:
    """One connection: how it does and why, what it has brought, how much of the network's own is here."""
    context = _shown(_connection(request, pk))
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        answer = render(request, "listen/connection.html#state", context)
        if not context["moving"]:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "listen/connection.html", context)


def _shown(connection: Connection) -> dict[str, Any]:
    now = timezone.now()
    return {
        "connection": connection,
        "offer": queries.OFFERS.get(connection.network),
        "health": queries.health(connection, now=now),
        "moving": _moving(connection),
        "wants_code": bool(connection.allow_url) and connection.state == ConnectionState.RECONNECT,
        "compares": "history" in connection.can,
        "now": now,
    }


def _moving(connection: Connection) -> bool:
    """Whether a job is asking the network something that the page waits for."""
    asks_page = connection.state == ConnectionState.RECONNECT and not (connection.error or connection.allow_url)
    return asks_page or (connection.checked_at is None and connection.state == ConnectionState.LIVE)


@require_POST
@room(May.SETTINGS)
def do(request: BrandRequest, pk: int) -> HttpResponse:
    """Pause, resume, read at once, compare, or end a connection."""
    connection, what = _connection(request, pk), request.POST.get("do", "")
    told: dict[str, Any] = {"connection": connection, "by": request.member, "at": timezone.now()}
    match what:
        case "pause":
            actions.pause(**told)
        case "resume":
            actions.resume(**told)
        case "read":
            actions.read_now(connection=connection, at=told["at"])
        case "compare" | "trust":
            actions.ask_reconciling(**told, trust=what == "trust")
        case "code":
            actions.give_code(connection=connection, code=request.POST.get("code", "")[:LONGEST_CODE], at=told["at"])
        case "disconnect":
            actions.disconnect(**told)
            name = {"name": connection.name}
            messages.success(request, gettext("%(name)s is disconnected and its keys are forgotten.") % name)
            return redirect("listen:connections", request.brand.slug)
    if what in DONE:
        messages.success(request, DONE[what])
    return redirect("listen:connection", request.brand.slug, pk)


def _connection(request: BrandRequest, pk: int) -> Connection:
    found: Connection = get_object_or_404(queries.connections(request.brand), pk=pk)
    return found
