"""Who stayed after each operation, beside those who came by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import day, number
from entourage.web.operations.models import Operation
from entourage.web.results.queries.report.parts import Figure, Section
from entourage.web.results.queries.words import interval_of, people_count, share_of

if TYPE_CHECKING:
    from entourage.web.results.queries.report.parts import Facts

Told = dict[str, Any]
#: The day on which a relation is called lasting or not.
JUDGED = timedelta(days=90)


def sections(facts: Facts) -> list[Section]:
    """One section an operation; one that says how to mark them where there is none."""
    told = [one for one in facts.audit.figures["operations"] if one["operation"] in facts.operations]
    return [_section(facts, one) for one in told] or [_none(facts)]


def todo(facts: Facts) -> tuple[str, str]:
    """What the operations ask for, and where it is said: not again as it was, or once more."""
    told = [one for one in facts.audit.figures["operations"] if one["operation"] in facts.operations]
    worse = [one for one in told if one["gap"][2] is not None and one["gap"][2] < 0]
    if worse:
        line = gettext(
            "Do not repeat %(operation)s as it was: fewer of its people stayed than of those who came alone."
        )
        return _about(facts, worse[0], line)
    better = [one for one in told if one["gap"][1] is not None and one["gap"][1] > 0]
    if better:
        line = gettext("Plan the next operation like %(operation)s, on a small scale first: more of its people stayed.")
        return _about(facts, better[0], line)
    return "", ""


def _about(facts: Facts, one: Told, line: str) -> tuple[str, str]:
    return line % {"operation": facts.operations[one["operation"]]}, f"#stayed-{one['operation']}"


def _none(facts: Facts) -> Section:
    return Section(
        "operations",
        gettext("Who stayed?"),
        gettext("No operation is marked yet."),
        lead=[
            gettext(
                "Mark a past contest, tasting or campaign by its dates and its hashtag: the next audit says who stayed."
            )
        ],
        href=reverse("operations:list", args=[facts.slug]),
        action=gettext("Mark an operation"),
    )


def _section(facts: Facts, one: Told) -> Section:
    name = facts.operations[one["operation"]]
    chart = facts.charts.get(f"stayed-{one['operation']}")
    return Section(
        f"stayed-{one['operation']}",
        gettext("Who stayed after %(operation)s?") % {"operation": name},
        _finding(one),
        lead=_beside(one),
        figures=_figures(facts, one),
        charts=[chart] if chart else [],
        notes=_notes(facts, one),
        source=gettext(
            "Newcomers: not heard of in the 90 days before. Stayed: at least two acts that earn nothing, in two "
            "different weeks between day 30 and day 90 after the end. Beside them: newcomers of the same dates under "
            "the same rule, without the operation's mark. Evidence: associated (nobody was drawn at random). "
            "Intervals: Wilson and Newcombe, 95%; the curve follows each person until their last act, its band is "
            "Kaplan-Meier's."
        ),
        href=reverse("operations:edit", args=[facts.slug, one["operation"]]),
        action=gettext("See the operation"),
    )


def _finding(one: Told) -> str:
    recruits = one["recruits"]
    if not recruits["people"]:
        return gettext("It brought nobody new.")
    newcomers = {"count": number(recruits["people"])}
    if one["state"] == "too_early":
        return (
            ngettext(
                "It brought %(count)s newcomer; it is too early to say whether they stay.",
                "It brought %(count)s newcomers; it is too early to say who stays.",
                recruits["people"],
            )
            % newcomers
        )
    if one["state"] == "provisional":
        return ngettext(
            "Provisional: %(share)s of its %(count)s newcomer is still here on day %(day)s.",
            "Provisional: %(share)s of its %(count)s newcomers are still here on day %(day)s.",
            recruits["people"],
        ) % {**newcomers, "share": share_of(recruits["here"][0]), "day": one["judged_day"]}
    return ngettext(
        "%(kept)s of its %(count)s newcomer stayed: %(share)s.",
        "%(kept)s of its %(count)s newcomers stayed: %(share)s.",
        recruits["people"],
    ) % {**newcomers, "kept": number(recruits["kept"]), "share": share_of(recruits["kept_share"][0])}


def _beside(one: Told) -> list[str]:
    """The comparison in a sentence; a difference is said only where its interval leaves zero out."""
    organic, (gap, low, high) = one["organic"], one["gap"]
    if gap is None or low is None or high is None or not one["recruits"]["people"]:
        return (
            [gettext("Nobody came by themselves in the same days: there is nobody to set beside them.")]
            if not organic["people"]
            else []
        )
    share = organic["kept_share"][0] if one["state"] == "kept" else organic["here"][0]
    told = {
        "share": share_of(share),
        "count": number(organic["people"]),
        "points": number(abs(100 * gap)),
        "range": interval_of(
            [None, *sorted((abs(100 * low), abs(100 * high)))] if low * high > 0 else [None, 100 * low, 100 * high]
        ),
    }
    if high < 0:
        return [
            gettext(
                "Of the %(count)s people who came by themselves in the same days, %(share)s did: %(points)s points "
                "more (difference %(range)s points)."
            )
            % told
        ]
    if low > 0:
        return [
            gettext(
                "Of the %(count)s people who came by themselves in the same days, %(share)s did: %(points)s points "
                "fewer (difference %(range)s points)."
            )
            % told
        ]
    return [
        gettext(
            "Of the %(count)s people who came by themselves in the same days, %(share)s did; too close to tell apart "
            "(difference %(range)s points)."
        )
        % told
    ]


def _figures(facts: Facts, one: Told) -> list[Figure]:
    recruits, organic = one["recruits"], one["organic"]
    acts = reverse("operations:acts", args=[facts.slug, one["operation"]])
    stayed = reverse("results:stayed", args=[facts.slug, one["operation"]])
    judged = one["state"] == "kept"
    share = "kept_share" if judged else "here"
    label = gettext("Stayed") if judged else gettext("Still here on day %(day)s") % {"day": one["judged_day"]}
    return [
        Figure(gettext("Took part"), number(one["entrants"]), href=acts),
        Figure(gettext("Newcomers among them"), number(recruits["people"])),
        Figure(
            label, share_of(recruits[share][0]), interval_of(recruits[share], share_of), href=stayed if judged else ""
        ),
        Figure(
            gettext("Came by themselves, same days"),
            share_of(organic[share][0]),
            interval_of(organic[share], share_of),
            gettext("of %(people)s") % {"people": people_count(organic["people"])},
            f"{stayed}?group=organic" if judged else "",
        ),
    ]


def _notes(facts: Facts, one: Told) -> list[str]:
    notes = []
    if one["state"] != "kept":
        operation = Operation.objects.of(facts.audit.brand_id).get(pk=one["operation"])
        notes.append(
            gettext("A lasting relation is judged on day 90, on %(day)s; until then this is provisional.")
            % {"day": day(operation.ends_at + JUDGED)}
        )
    if one["short_history"]:
        notes.append(
            gettext(
                "The log begins less than 90 days before this operation: some who look new may have been there "
                "before, among its people and among those who came by themselves."
            )
        )
    return notes
