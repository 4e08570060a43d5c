"""Who may do what: four roles, one table, checked in each view by ``@room``."""

from __future__ import annotations

from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.cache import patch_cache_control

from entourage.web.core.models import Brand, Member, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase


class May(StrEnum):
    """What a view needs its reader to be allowed."""

    SEE = "see"  # the audit, people, operations, imports
    EXPORT = "export"  # take people's data out of the house
    ANSWER = "answer"  # claim, answer, note, label, resolve
    APPROVE = "approve"  # let go what waits for somebody's yes
    MARK = "mark"  # staff, bot, leave alone; operations; segments
    IMPORT = "import"
    PRIVACY = "privacy"  # erase, answer a person's request
    SETTINGS = "settings"  # goals, thresholds, own accounts
    TEAM = "team"  # invite, change roles


ALLOWED: dict[str, frozenset[May]] = {
    Role.OWNER: frozenset(May),
    Role.MANAGER: frozenset(May) - {May.TEAM},
    Role.AGENT: frozenset({May.SEE, May.MARK, May.ANSWER}),
    Role.ANALYST: frozenset({May.SEE, May.EXPORT}),
}


class BrandRequest(HttpRequest):
    """A request that ``@room`` has let through: its brand and member are known."""

    brand: Brand
    member: Member


def may(member: Member, what: May) -> bool:
    """Whether the member's role allows it."""
    return what in ALLOWED[member.role]


def roles_that(what: May) -> list[str]:
    """The roles that allow it."""
    return [role for role, allowed in ALLOWED.items() if what in allowed]


def room(what: May) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let a member of the brand in whose role allows ``what``; to anybody else the brand does not exist."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        @login_required
        def entered(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            member = (
                Member.objects.everywhere()
                .select_related("brand", "user")
                .filter(brand__slug=slug, user=request.user)
                .first()
            )
            if member is None:
                raise Http404
            if not may(member, what):
                raise PermissionDenied
            request.brand, request.member = member.brand, member
            # Moments are read in the brand's own time, wherever the reader sits.
            with timezone.override(ZoneInfo(member.brand.time_zone)):
                answer = view(request, *args, **kwargs)
            # People stand on these pages: no cache between us and the reader may keep them.
            patch_cache_control(answer, private=True, no_cache=True)
            return answer

        entered.needs = what  # type: ignore[attr-defined]  # read by the test that visits every page with every role
        return entered

    return decorate
