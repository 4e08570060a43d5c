"""What the frame of every page needs: the brand, the reader, and the doors that their role opens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from entourage.web.core import cookies
from entourage.web.core.models import Brand, Member
from entourage.web.core.permissions import ALLOWED, May

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Door:
    """A link of the rail; ``key`` is the letter that follows ``g``.

    Behind the one that takes the ``rest`` stand the pages of its room that stand behind no other.
    """

    name: str
    label: str | Promise
    key: str
    rest: bool = False


@dataclass(frozen=True)
class Verb:
    """A verb of the product and the doors behind it."""

    label: str | Promise
    icon: str
    doors: tuple[Door, ...]


VERBS = (
    Verb(
        _("Listen"),
        "listen",
        (
            Door("listen:imports", _("Import"), "i"),
            Door("listen:connections", _("Connections"), "e"),
            Door("listen:accounts", _("Accounts"), "c"),
        ),
    ),
    Verb(
        _("Know"),
        "know",
        (
            Door("people:list", _("People"), "p"),
            Door("reading:reading", _("Reading"), "r"),
            Door("reading:topics", _("Topics"), "w"),
            Door("reading:lessons", _("Lessons"), "n"),
            Door("reading:search", _("Search"), "f"),
            Door("reading:territory", _("Territory"), "b"),
            Door("people:privacy", _("Privacy"), "y"),
        ),
    ),
    Verb(
        _("Serve"),
        "message",
        (
            Door("today:today", _("Today"), "d"),
            Door("inbox:list", _("Inbox"), "m"),
            Door("today:thanks", _("Thanks"), "h"),
            Door("today:critics", _("Critics"), "q"),
            Door("crisis:list", _("Crisis"), "z"),
            Door("outbox:list", _("Outbox"), "x"),
            Door("service:report", _("Promises"), "k"),
        ),
    ),
    Verb(_("Recruit"), "recruit", (Door("operations:list", _("Operations"), "o"),)),
    Verb(_("Prove"), "prove", (Door("results:audit", _("Audit"), "a"), Door("people:trust", _("Trust"), "u"))),
)
HOUSE = Verb(
    _("House"),
    "house",
    (
        Door("goals", _("Goals"), "s"),
        Door("team", _("Team"), "t"),
        Door("service:settings", _("Service"), "v", rest=True),
        Door("trail", _("Trail"), "l"),
    ),
)


@cache
def _needs(name: str) -> May | None:
    """What the page behind this name asks of a role; nothing where there is no such page."""
    try:
        view = resolve(reverse(name, args=["any"])).func
    except NoReverseMatch:
        return None
    return getattr(view, "needs", None)


def _open_doors(verb: Verb, member: Member, here: str) -> dict[str, Any]:
    doors = [
        {
            "label": door.label,
            "key": door.key,
            "url": reverse(door.name, args=[member.brand.slug]),
            "here": door.name == here,
            "alarm": door.name in member.brand.alarms,
        }
        for door in verb.doors
        if _needs(door.name) in ALLOWED[member.role]
    ]
    shown = {"here": any(door["here"] for door in doors), "alarm": any(door["alarm"] for door in doors)}
    return {"label": verb.label, "icon": verb.icon, "doors": doors, **shown}


def _door_of(view: str) -> str:
    """The door behind which a page stands: its own, that of its list (a connection, and what connects one, stand behind
    Connections), that of what it is a part of (its rows behind Promises), else the one that takes the rest of its room,
    else the room's first (a person stands behind People).
    """
    doors = [door for verb in (*VERBS, HOUSE) for door in verb.doors]
    room, _colon, page = view.partition(":")
    part = f"{room}:{page.partition('-')[0]}"
    for name in (view, f"{part}s", part):
        if any(name == door.name for door in doors):
            return name
    for door in doors:
        if page and door.name.startswith(part):
            return door.name
    of_room = sorted((door for door in doors if door.name.startswith(f"{room}:")), key=lambda door: not door.rest)
    return of_room[0].name if of_room else ""


def _rail(request: HttpRequest, member: Member) -> list[dict[str, Any]]:
    match = request.resolver_match
    here = _door_of(match.view_name) if match else ""
    verbs = (_open_doors(verb, member, here) for verb in (*VERBS, HOUSE))
    return [verb for verb in verbs if verb["doors"]]


def _brands(member: Member) -> list[Brand]:
    """The brands that this reader may switch to."""
    return list(Brand.objects.filter(members__user=member.user_id).only("name", "slug").order_by("name"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The brand and member of this page where it belongs to a brand, what they may do, and the reader's theme."""
    member: Member | None = getattr(request, "member", None)
    theme = request.COOKIES.get(cookies.THEME, "")
    shown: dict[str, Any] = {
        "brand": getattr(request, "brand", None),
        "member": member,
        "theme": theme if theme in cookies.THEMES else "",
        "allowed": set(),
    }
    if member is not None:
        shown |= {
            "rail": _rail(request, member),
            "allowed": {str(what) for what in ALLOWED[member.role]},
            # Asked of the database only by a page that shows the frame; a part of a page does not.
            "brands": SimpleLazyObject(lambda: _brands(member)),
        }
    return shown
