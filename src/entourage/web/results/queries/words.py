"""The audit's numbers in words, the same on the page and in print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import UNKNOWN, number, percent, span
from entourage.web.listen.models import Account, AccountRole

if TYPE_CHECKING:
    from entourage.web.results.models import Audit

Triple = Sequence[float | None]
#: Below this, a share in whole percent would read 0.
ONE_PERCENT = 0.01


def hours(value: float | None) -> str:
    """Hours as 7 h 17 min; a dash where the data do not reach."""
    return UNKNOWN if value is None else span(value * 3600)


def interval_of(triple: Triple, write: Callable[[float | None], str] = number) -> str:
    """The interval of a stored estimate in words; an end that the data do not reach is said."""
    low, high = triple[1], triple[2]
    if low is None and high is None:
        return ""
    if high is None:
        return gettext("%(low)s or longer") % {"low": write(low)}
    if low is None:
        return gettext("up to %(high)s") % {"high": write(high)}
    first, last = write(low), write(high)
    return first if first == last else gettext("%(low)s to %(high)s") % {"low": first, "high": last}


def share_of(value: float | None) -> str:
    """A share in percent, with a decimal where it would otherwise read as nobody."""
    return percent(value, 1 if value is not None and 0 < value < ONE_PERCENT else 0)


def from_us(moment_us: int) -> datetime:
    """A stored moment as an aware datetime."""
    return datetime.fromtimestamp(moment_us / 1_000_000, UTC)


def page_names(audit: Audit) -> dict[str, str]:
    """The pages of an audit by key: ours under the brand's name, competitors under theirs."""
    names = {"": audit.brand.name}
    competitors = Account.objects.of(audit.brand_id).filter(role=AccountRole.COMPETITOR)
    for account in competitors.order_by("network", "handle"):
        key = (account.handle or account.name or account.network_id).lower()
        names.setdefault(key, account.name or account.handle or account.network_id)
    figures = audit.figures
    for one in (*figures["service"]["competitors"], *figures.get("staffing", {}).get("competitors", [])):
        names.setdefault(one["page"], one["page"])
    return names


def people_count(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": number(count)}
