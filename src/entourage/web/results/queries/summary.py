"""The audit for programs: every figure under a plain name, people by name as long as they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entourage.web.results.queries.report import report
from entourage.web.results.queries.report.facts import facts as read_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.web.results.models import Audit
    from entourage.web.results.queries.report import Facts

Told = dict[str, Any]
KINDS = ("closest", "angry", "drifting", "quiet", "back", "unanswered")


def summary(audit: Audit) -> Told:
    """All the figures, ready for JSON; intervals are [value, low, high], null where the data do not reach."""
    facts, told, figures = read_facts(audit), report(audit), audit.figures
    ours = figures["service"]["ours"]
    return {
        "brand": audit.brand.slug,
        "period": [audit.starts_at.isoformat(), audit.ends_at.isoformat()],
        "version": figures["version"],
        "simulated": audit.brand.simulated,
        "verdict": figures["service"].get("verdict"),
        "conversations": ours["conversations"] if ours else 0,
        "unanswered_share": _estimate(ours["unanswered_share"]) if ours else None,
        "first_response": _response(ours) if ours else None,
        "networks": [{"network": one["network"], **_page(one)} for one in figures["service"]["networks"]],
        "competitors": [
            {"page": facts.pages[one["page"]], **_page(one), "our_share_minus_theirs": _estimate(one["gap"])}
            for one in figures["service"]["competitors"]
        ],
        "staffing": _staffing(facts),
        "hours": figures["service"]["hours"],
        "silences": figures["service"]["silences"],
        "timing": figures["service"].get("timing", {}),
        "only_answered_conversations": figures["service"].get("only_answered", False),
        "people": {
            "counts": figures["people"]["counts"],
            "tone": figures["people"].get("tone", {}),
            "trust": figures["people"]["trust"],
            **{kind: _people(facts, figures["people"].get(kind, [])) for kind in KINDS},
        },
        "closest": _people(facts, figures["people"].get("closest", [])),
        "answer": _people(facts, figures["monday"]["answer"]),
        "thank": _people(facts, figures["monday"]["thank"]),
        "operations": [_operation(facts, one) for one in figures["operations"]],
        "goals": figures["goals"],
        "findings": [
            {"question": one.question, "finding": one.finding} for one in told.sections if one.key != "method"
        ],
        "todo": [line for line, _ in told.todo],
    }


def _estimate(triple: Sequence[float | None]) -> Told:
    return {"value": triple[0], "low": triple[1], "high": triple[2]}


def _response(one: Told) -> Told:
    return {
        "median_h": one["median_h"][0],
        "median_h_interval": one["median_h"][1:],
        "p90_h": one["p90_h"][0],
        "p90_h_interval": one["p90_h"][1:],
        "answered_only_median_h": one["answered_only_median_h"],
        "due": one["due"],
        "answered": one["answered"],
        "unanswered": one["unanswered"],
        "moment_unknown": one["moment_unknown"],
    }


def _staffing(facts: Facts) -> Told | None:
    """When people write and are answered; null in an audit that was made before this was measured."""
    told = facts.audit.figures.get("staffing")
    if not told:
        return None
    outside = told["outside"]
    return {
        "ours": _hours(told["ours"]) if told["ours"] else None,
        "competitors": [{"page": facts.pages[one["page"]], **_hours(one)} for one in told["competitors"]],
        "outside_hours_of_service": {**outside, "share": _estimate(outside["share"])} if outside else None,
    }


def _hours(one: Told) -> Told:
    kept = {name: one[name] for name in ("verdict", "gaps", "asked", "answered")}
    return {**kept, "begin_in_gaps": _estimate(one["alone"]), "answers_in_gaps": _estimate(one["then"])}


def _page(one: Told) -> Told:
    return {
        "conversations": one["conversations"],
        "unanswered_share": _estimate(one["unanswered_share"]),
        "first_response": _response(one),
    }


def _people(facts: Facts, told: list[Told]) -> list[Told]:
    """With their names; the erased are left out, and so are those who asked to be left alone."""
    people = ((facts.people.get(one["person"]), one) for one in told)
    return [
        {"name": person.name, "handles": person.handles, **one}
        for person, one in people
        if person and person.left_alone_at is None
    ]


def _operation(facts: Facts, one: Told) -> Told:
    cohorts = {
        name: {
            "people": one[name]["people"],
            "kept": one[name]["kept"],
            "kept_share": _estimate(one[name]["kept_share"]),
            "still_here": _estimate(one[name]["here"]),
        }
        for name in ("recruits", "organic")
    }
    return {
        "name": facts.operations.get(one["operation"]),
        "state": one["state"],
        "took_part": one["entrants"],
        **cohorts,
        "difference": _estimate(one["gap"]),
        "evidence": one["label"],
    }
