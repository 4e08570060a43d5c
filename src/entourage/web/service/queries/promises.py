"""Which promise holds: of the targets that fit, the one that names the most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from entourage.web.core.templatetags.entourage import network
from entourage.web.people.models import StandingName
from entourage.web.service.models import Target, What

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.web.core.models import Brand

#: Of two targets that name as many things, the one that names what stands first here.
WEIGHT = ("vehement", "standing", "network", "department")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a target may look at."""

    department: str
    network: str
    standing: str
    vehement: bool


def targets(brand: Brand) -> list[Target]:
    """All promises of the brand, the general ones first."""
    return sorted(Target.objects.of(brand), key=lambda one: (len(named(one)), _order(one), one.pk))


def named(target: Target) -> tuple[str, ...]:
    """What a target names."""
    return tuple(what for what in WEIGHT if getattr(target, what) not in ("", None))


def chosen(facts: Facts, among: Sequence[Target], what: str) -> Target | None:
    """The target that holds for a clock (``What``); none where nothing is promised."""
    fitting = [one for one in among if minutes(one, what) is not None and _fits(one, facts)]
    return max(fitting, key=lambda one: (len(named(one)), _order(one)), default=None)


def minutes(target: Target, what: str) -> int | None:
    """How many minutes of service a target allows."""
    fields = {What.FIRST: "first_minutes", What.NEXT: "next_minutes", What.RESOLUTION: "resolution_minutes"}
    value: int | None = getattr(target, fields[What(what)])
    return value


def reason(target: Target, departments: dict[str, str]) -> str:
    """Why a target holds, in words: what it names, or that it is for everybody."""
    told = {
        "vehement": gettext("vehement") if target.vehement else gettext("calm"),
        "standing": str(dict(StandingName.choices).get(target.standing, target.standing)),
        "network": network(target.network),
        "department": departments.get(target.department, target.department),
    }
    return ", ".join(told[what] for what in reversed(named(target))) or gettext("everybody")


def _fits(target: Target, facts: Facts) -> bool:
    return all(getattr(target, what) == getattr(facts, what) for what in named(target))


def _order(target: Target) -> tuple[bool, ...]:
    told = named(target)
    return tuple(what in told for what in WEIGHT)
