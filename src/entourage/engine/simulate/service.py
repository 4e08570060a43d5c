"""What the pages answer, when, and what people do about it: thanks, insistence, calls to the call centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.log import DAY_US, HOUR_US
from entourage.engine.simulate.calendar import HOURS, Desk, Week, desk
from entourage.engine.simulate.intents import AWAITED, Intent
from entourage.engine.simulate.rows import ACT, Rows, blank

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.simulate.operations import Plan
    from entourage.engine.simulate.people import People

I = Intent  # noqa: E741 - the tables below are read by eye
#: How often the brand answers on a good day; what is not here is never answered. It neglects to thank.
_ANSWERED: Final = {
    I.QUESTION: 0.80, I.DELIVERY: 0.74, I.DEFECT: 0.72, I.COMPLAINT: 0.6, I.FOLLOWUP: 0.62, I.IRONY: 0.12,
    I.PRAISE: 0.24, I.IDEA: 0.30, I.REVIEW_GOOD: 0.15, I.REVIEW_BAD: 0.45, I.JOB: 0.30, I.PRESS: 0.85, I.TASTING: 0.65,
    I.THANKS: 0.05,
}  # fmt: skip
_ANSWER: Final = {
    I.QUESTION: I.ANSWER, I.DELIVERY: I.ANSWER_DELIVERY, I.JOB: I.ANSWER_PASSED_ON, I.PRESS: I.ANSWER_PASSED_ON,
    I.IDEA: I.ANSWER_PASSED_ON, I.PRAISE: I.ANSWER_THANKS, I.TASTING: I.ANSWER_THANKS, I.THANKS: I.ANSWER_THANKS,
    I.REVIEW_GOOD: I.ANSWER_THANKS,
}  # fmt: skip
_WILLING: Final = np.array([_ANSWERED.get(intent, 0.0) for intent in Intent])
_WORDING: Final = np.array([_ANSWER.get(intent, I.ANSWER_SORRY) for intent in Intent], np.uint8)
#: Facebook is looked after, X is left to itself.
_CARE: Final = np.array([1.05, 0.95, 0.62])
_NIGHT, _WEEKEND, _CRISIS = 0.5, 0.75, 0.3
#: Median open hours to an answer, by page, and the spread of its logarithm.
_HOURS: Final = np.array([3.2, 0.6, 1.8])
_SPREAD: Final = 1.1
#: Competitors answer most of what waits, seven days a week.
_RIVALS: Final = np.array([0.0, 0.93, 0.80])
_CALL_IF_ANSWERED, _CALL_IF_NOT = 0.04, 0.21

#: A call to the call centre: ``reason`` is the intent of the message that came before it.
CALL: Final = np.dtype([("at", "<i8"), ("person", "<i4"), ("reason", "u1"), ("minutes", "<f4")])


@dataclass(frozen=True)
class Desks:
    """The opening hours of the brand and of its competitors, from a week on."""

    brand: Desk
    rivals: Desk


def desks(weeks: list[Week], plan: Plan) -> Desks:
    """Office hours for the brand (nobody in the deserted fortnight), long days for its competitors."""
    return Desks(desk(weeks, days=5, opens=9, closes=18, shut=plan.deserted), desk(weeks, days=7, opens=8, closes=21))


def chances(rows: Rows, week: Week, plan: Plan) -> NDArray[np.float64]:
    """Probability that each message is answered by the page it stands on."""
    slot = ((rows["at"] - week.start_us) // HOUR_US).clip(0, HOURS - 1)
    hour, weekday = week.hour[slot], week.weekday[slot]
    chance = _WILLING[rows["intent"]] * _CARE[rows["network"]]
    chance *= np.where((hour < 7) | (hour >= 21), _NIGHT, 1.0) * np.where(weekday >= 5, _WEEKEND, 1.0)
    if week.index in plan.crisis:
        chance *= _CRISIS
    if week.index in plan.deserted:
        chance[:] = 0.0
    rival = np.where(np.isin(rows["intent"], AWAITED), _RIVALS[rows["page"]], 0.5 * _WILLING[rows["intent"]])
    return np.asarray(np.where(rows["page"] == 0, chance, rival).clip(0, 0.97))


def answers(
    messages: Rows, week: Week, plan: Plan, open_hours: Desks, rng: np.random.Generator
) -> tuple[Rows, NDArray[np.bool_]]:
    """The pages' answers to the week's messages (without ids yet), and which messages get one."""
    answered = rng.random(len(messages)) < chances(messages, week, plan)
    answered &= messages["author"] >= 0
    asked = messages[answered]
    out = blank(len(asked), rng)
    # The same chance picks the answer that was written for the question (see texts.bank.PAIRED).
    for name in ("thread", "network", "page", "language", "private", "words"):
        out[name] = asked[name]
    out["target"], out["to"], out["author"] = asked["id"], asked["author"], -1 - asked["page"].astype(np.int32)
    out["act"] = np.where(asked["private"], ACT["message"], ACT["reply"])
    cold = (asked["page"] == 0) & (week.index in plan.crisis)
    out["intent"] = np.where(cold, Intent.ANSWER_COLD, _WORDING[asked["intent"]])
    out["at"] = _due(asked, week, open_hours, rng)
    return out, answered


def _due(asked: Rows, week: Week, open_hours: Desks, rng: np.random.Generator) -> NDArray[np.int64]:
    since = np.maximum(asked["at"], week.start_us)
    delay_us = _HOURS[asked["page"]] * np.exp(_SPREAD * rng.standard_normal(len(asked))) * HOUR_US
    brand = open_hours.brand.after(since, delay_us)
    rivals = open_hours.rivals.after(since, delay_us)
    return np.where(asked["page"] == 0, brand, rivals) + rng.integers(20, 3000, len(asked)) * 1_000_000


def reaction_chances(given: Rows, people: People) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability that each answer is met with insistence, and with thanks; together they stay under one."""
    temper = people.temper[given["to"]]
    cold = given["intent"] == Intent.ANSWER_COLD
    insistence = 0.16 * temper * (cold | (given["intent"] == Intent.ANSWER_SORRY)) + 0.2 * cold
    gratitude = np.where(given["intent"] == Intent.ANSWER_THANKS, 0.0, 0.24 * (1.2 - temper))
    return insistence, gratitude


def reactions(given: Rows, people: People, rng: np.random.Generator) -> Rows:
    """What people write back to an answer: thanks, or that it is no answer."""
    insistence, gratitude = reaction_chances(given, people)
    chance = rng.random(len(given))
    insists, thanks = chance < insistence, chance > 1 - gratitude
    delay_us = (np.exp(rng.normal(0.6, 1.1, len(given))) * HOUR_US).astype(np.int64)
    back = _written_back(given, given["id"], given["at"] + delay_us, rng)
    back["author"] = given["to"]
    back["intent"] = np.where(insists, Intent.FOLLOWUP, Intent.THANKS)
    return back[insists | thanks]


def insistence(ignored: Rows, people: People, rng: np.random.Generator) -> Rows:
    """The second message of those who got no answer, two to four days later."""
    temper = people.temper[ignored["author"]]
    chance = (0.04 + 0.28 * temper) * np.isin(ignored["intent"], AWAITED) * (ignored["intent"] != Intent.FOLLOWUP)
    again = ignored[rng.random(len(ignored)) < chance]
    at = again["at"] + (rng.uniform(1.6, 4, len(again)) * DAY_US).astype(np.int64)
    back = _written_back(again, again["id"], at, rng)
    back["author"], back["intent"] = again["author"], Intent.FOLLOWUP
    return back


def _written_back(rows: Rows, target: NDArray[np.int64], at: NDArray[np.int64], rng: np.random.Generator) -> Rows:
    back = blank(len(rows), rng)
    for name in ("thread", "network", "page", "language", "private"):
        back[name] = rows[name]
    back["target"], back["at"], back["to"] = target, at, -1 - rows["page"].astype(np.int32)
    back["act"] = np.where(rows["private"], ACT["message"], ACT["reply"])
    return back


def calls(messages: Rows, answered: NDArray[np.bool_], open_hours: Desks, rng: np.random.Generator) -> NDArray[np.void]:
    """The calls that the week's messages cost: those who are left without an answer call five times as often."""
    waiting = (messages["page"] == 0) & (messages["author"] >= 0) & np.isin(messages["intent"], AWAITED)
    chance = np.where(answered, _CALL_IF_ANSWERED, _CALL_IF_NOT)
    calling = messages[waiting & (rng.random(len(messages)) < chance)]
    out = np.zeros(len(calling), CALL)
    # The call centre is a contractor: it is there even when nobody looks after the pages.
    out["at"] = open_hours.rivals.after(calling["at"] + DAY_US, rng.exponential(9, len(calling)) * HOUR_US)
    out["person"], out["reason"] = calling["author"], calling["intent"]
    out["minutes"] = np.exp(rng.normal(1.7, 0.5, len(calling))).round(1)
    return out
