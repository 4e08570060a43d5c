"""What was taken in, read for pages and for the rooms above."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from entourage.web.listen.models import Account, AccountRole, Activity, Import, SavedMapping
from entourage.web.listen.queries.connections import (
    ASLEEP,
    NAMED,
    Health,
    brands_in_need,
    comparable,
    connection_called,
    connections,
    due,
    health,
    offer_name,
    silence_after,
    to_hear,
)
from entourage.web.listen.queries.files import (
    LETTER,
    file_name,
    files,
    files_of,
    files_with,
    in_brief,
    picture_kind,
    sort_of,
)

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

from entourage.web.listen.queries.offering import Offer
from entourage.web.listen.queries.offers import OFFERS
from entourage.web.listen.queries.rejected import REJECTED, rejected_rows

__all__ = [
    "ASLEEP",
    "LETTER",
    "NAMED",
    "OFFERS",
    "REJECTED",
    "Health",
    "Offer",
    "brands_in_need",
    "comparable",
    "competitor_accounts",
    "connection_called",
    "connections",
    "due",
    "file_name",
    "files",
    "files_of",
    "files_with",
    "find_account",
    "harmless",
    "health",
    "horizon_end",
    "imports",
    "imports_page",
    "in_brief",
    "most_addressed",
    "offer_name",
    "own_accounts",
    "picture_kind",
    "rejected_rows",
    "saved_mapping",
    "silence_after",
    "sort_of",
    "to_hear",
    "web_address",
]

SECOND = timedelta(seconds=1)
LOOKED_AT = 20_000  # acts looked at to find whom people turn to; enough to tell, quick at any size
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins so


def horizon_end(brand: Brand, *, now: datetime | None = None) -> datetime:
    """The moment of the brand's questions: just after its last act, and never later than now.

    Rounded up to the next whole second, so that what happened at the last moment still counts as before it.
    """
    now = now or datetime.now(UTC)
    last = Activity.objects.of(brand).order_by("-at").values_list("at", flat=True).first()
    return min(now, last.replace(microsecond=0) + SECOND) if last else now


def own_accounts(brand: Brand) -> QuerySet[Account]:
    """The brand's own accounts."""
    return Account.objects.of(brand).filter(role=AccountRole.OWN).order_by("network", "handle", "id")


def competitor_accounts(brand: Brand) -> QuerySet[Account]:
    """The accounts of its competitors."""
    return Account.objects.of(brand).filter(role=AccountRole.COMPETITOR).order_by("network", "handle", "id")


def find_account(brand: Brand, name: str) -> list[Account]:
    """The accounts with this id, handle or name on their network; capitals and the @ do not matter."""
    wanted = name.strip().removeprefix("@").lower()
    if not wanted:
        return []
    told = Q(plain_handle__in=[wanted, f"@{wanted}"]) | Q(plain_name=wanted) | Q(plain_id=wanted)
    lowered = Account.objects.of(brand).annotate(
        plain_handle=Lower("handle"), plain_name=Lower("name"), plain_id=Lower("network_id")
    )
    return list(lowered.filter(told).order_by("network", "id"))


def most_addressed(brand: Brand, *, limit: int = 10) -> list[tuple[Account, int]]:
    """Whom the last acts are turned to most often, and how often: among them are the brand's own accounts."""
    recent = Activity.objects.of(brand).filter(deleted_at=None).order_by("-at")
    counted = Counter(recent.values_list("toward", flat=True)[:LOOKED_AT])
    del counted[None]
    accounts = Account.objects.of(brand).in_bulk([key for key, _acts in counted.most_common(limit)])
    return [(accounts[key], acts) for key, acts in counted.most_common(limit) if key in accounts]


def web_address(told: str) -> str:
    """The address if it is one of the web, else none: a file may hold ``javascript:`` where a link should be."""
    return told if told.startswith(("https://", "http://")) else ""


def harmless(cell: str) -> str:
    """A cell as a spreadsheet shows it, without running it: an apostrophe stands before a formula of a stranger's."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def imports(brand: Brand) -> QuerySet[Import]:
    """The brand's imports, the newest first."""
    return Import.objects.of(brand).select_related("brand", "by__user").order_by("-created_at")


def imports_page(brand: Brand, *, before: int | None, size: int) -> list[Import]:
    """Imports from the newest on, or from before the one with this number; one more than ``size`` if there are more."""
    rows = Import.objects.of(brand).select_related("by__user").order_by("-pk")
    return list((rows.filter(pk__lt=before) if before else rows)[: size + 1])


def saved_mapping(brand: Brand, header: str) -> SavedMapping | None:
    """How this header was read last time, as somebody confirmed it."""
    return SavedMapping.objects.of(brand).filter(header=header).first()
