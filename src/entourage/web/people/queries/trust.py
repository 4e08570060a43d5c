"""How far the prediction can be trusted, in one sentence that a manager understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entourage.web.core.models import Unit
from entourage.web.core.templatetags.entourage import number

if TYPE_CHECKING:
    from entourage.web.people.models import Scoring


def units(count: float, unit: str) -> str:
    """So many weeks (days, hours), in words."""
    whole = round(count)
    shown = {"count": number(whole)}
    if unit == Unit.HOUR:
        return ngettext("%(count)s hour", "%(count)s hours", whole) % shown
    if unit == Unit.DAY:
        return ngettext("%(count)s day", "%(count)s days", whole) % shown
    return ngettext("%(count)s week", "%(count)s weeks", whole) % shown


def rule_name(name: str) -> str:
    """What a rule that predictions are compared with is called; its own name where it is ours."""
    return {
        "closeness": _("closeness"),
        "frequency": _("how often they came"),
        "recency_frequency": _("how recently and how often they came"),
        "own_past": _("what they did last time"),
        "bgbb": _("the plain BG/BB model"),
    }.get(name, name)


def trust_sentence(scoring: Scoring | None) -> str:
    """The verdict on the newest scores; says so where there is nothing to judge by."""
    if scoring is None or not scoring.backtest:
        return _("This prediction has not been tried on the past yet.")
    return verdict_sentence(scoring.backtest, scoring.unit)


def verdict_sentence(backtest: dict[str, Any], unit: str) -> str:
    """The verdict of a backtest (``Backtest.as_dict()``) in one sentence."""
    if "error" in backtest:
        return _("This prediction cannot be tried on the past yet: the messages do not reach back far enough.")
    verdict = backtest["verdict"]
    values = {
        "right": number(round(100 * verdict["auc"])),
        "forecast": units(verdict["forecast"], unit),
        "actual": units(verdict["actual"], unit),
        "returned": number(verdict["returned"]),
        "baseline": rule_name(verdict["baseline"]),
    }
    return _SENTENCES[verdict["code"]]() % values


# Written out one by one, so that each can be translated whole.
_SENTENCES = {
    "trust": lambda: _(
        "These predictions can be trusted: shown one person who came back and one who did not, closeness told them "
        "apart %(right)s times in 100, and it foresaw %(forecast)s of engagement where %(actual)s came."
    ),
    "trust_ranking_only": lambda: _(
        "Trust the order, not the totals: closeness told who came back %(right)s times in 100, but it foresaw "
        "%(forecast)s of engagement where %(actual)s came."
    ),
    "baseline_ranks_better": lambda: _(
        "Use the order with care: closeness told who came back %(right)s times in 100, and simply looking at "
        "%(baseline)s did better."
    ),
    "do_not_trust": lambda: _(
        "Do not trust these predictions: they told who came back %(right)s times in 100, where drawing lots does 50."
    ),
    "too_few_returned": lambda: _(
        "Too few people came back (%(returned)s) to say how far these predictions can be trusted."
    ),
}
