"""One week after the other: posts, people, crowds, answers, and what all that leaves for the next week."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from entourage.engine.simulate import calendar, life, moods, pages, service
from entourage.engine.simulate.crowds import crowds
from entourage.engine.simulate.intents import AWAITED, Intent
from entourage.engine.simulate.operations import PAID, Plan
from entourage.engine.simulate.people import Floats, People, Role
from entourage.engine.simulate.placing import placed
from entourage.engine.simulate.rows import MEANINGFUL_ACT, ROW, Numbers, Rows, blank, by_people, joined

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from entourage.engine.simulate.calendar import Week

#: What a week of crisis or of silence costs the brand's esteem.
_CRISIS_BLOW, _SILENCE_BLOW = 0.13, 0.08
#: Answers may come up to this many weeks later: a deserted fortnight and what is before and after it.
_AHEAD: Final = 5


def _no_rows() -> Rows:
    return np.zeros(0, ROW)


@dataclass(frozen=True)
class Lived:
    """What a week brought: its rows by time, the calls, and for each person the true chance of having engaged."""

    rows: Rows
    calls: NDArray[Any]
    chance: Floats
    week: Week


@dataclass(frozen=True)
class World:
    """Everything that the next week depends on; living a week gives another world and leaves this one as it was.

    ``fork`` tells apart the one history (0) and the rehearsals of its future (1, 2 ...): same start, other chance.
    """

    people: People
    plan: Plan
    seed: int
    weeks: int
    until: datetime
    state: life.State
    index: int = 0
    fork: int = 0
    shelf: Rows = field(default_factory=_no_rows)
    pending: Rows = field(default_factory=_no_rows)
    recent: Rows = field(default_factory=_no_rows)
    unread: Rows = field(default_factory=_no_rows)

    def chance(self) -> np.random.Generator:
        """The generator of this week alone: a week is the same however the ones before were cut into pieces."""
        return np.random.default_rng((self.seed, self.fork, self.index))


@cache
def _week(index: int, weeks: int, until: datetime) -> Week:
    return calendar.week(index, weeks=weeks, until=until)


def lived(world: World) -> tuple[Lived, World]:
    """The week that comes, and the world after it."""
    week = _week(world.index, world.weeks, world.until)
    rng, numbers = world.chance(), Numbers(world.index)
    posts = numbers.give(pages.published(week, world.plan, rng))
    shelf = pages.in_sight(world.shelf, posts, week)
    mood = moods.moods(world.people, crisis=week.index in world.plan.crisis)
    rate = life.rates(world.state, world.people, index=week.index, season=week.season)
    chance = life.engaged_chance(rate, mood)
    said = _said(world, rate, mood, week, rng)
    due, later = _split(joined(placed(said, shelf, world.recent, numbers, rng), world.pending), week)
    chance = 1 - (1 - chance) * _silence(world, week)
    served = _served(world, due, week, numbers, rng)
    now, after = _split(joined(posts, due, later, served.written), week)
    felt = _felt(world.people, now, served)
    next_world = replace(
        world,
        state=life.aged(world.state, felt, world.people, blow=_blow(world.plan, week.index), rng=rng),
        index=world.index + 1,
        shelf=shelf,
        pending=after,
        recent=now[by_people(now) & ~now["private"]],
        unread=_unread(now, served),
    )
    return Lived(now, served.calls, chance, week), next_world


def _said(world: World, rate: Floats, mood: NDArray[np.int64], week: Week, rng: np.random.Generator) -> Rows:
    """What people set out to do: spontaneous sessions and the organised crowds; where it stands is decided later."""
    people = world.people
    sessions = rng.poisson(rate)
    # Whoever comes by themselves or through an advertisement comes by doing something; others with their operation.
    arriving = (people.arrival == week.index) & (people.origin <= PAID) & (people.role != Role.BOUGHT)
    sessions[arriving & (sessions == 0)] = 1
    author = np.repeat(np.arange(len(people)), sessions)
    at, author = _bursts(week.moments(rng, people.late[author]), author, rng)
    rows = blank(len(author), rng)
    rows["author"], rows["at"], rows["intent"] = author, at, moods.intents(mood[author], rng)
    rows = np.concatenate((rows, crowds(people, world.state.alive, week, world.plan, rng)))
    author = rows["author"]
    rows["network"], rows["page"], rows["language"] = (
        people.network[author],
        people.page[author],
        people.language[author],
    )
    _flirt(rows, people, rng)
    return rows


def _bursts(
    starts: NDArray[np.int64], author: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sessions become acts: each act calls another with the same chance, some minutes later (a Hawkes cluster)."""
    size = rng.geometric(moods.STOP, len(starts))
    first = np.cumsum(size) - size
    gaps = (rng.exponential(9 * 60e6, int(size.sum()))).astype(np.int64)
    if len(gaps):
        gaps[first] = 0
    elapsed = np.cumsum(gaps)
    return np.repeat(starts - elapsed[first], size) + elapsed, np.repeat(author, size)


def _flirt(rows: Rows, people: People, rng: np.random.Generator) -> None:
    """Some of what ordinary people say goes to a competitor; a few write in their other language."""
    away = (
        (people.role[rows["author"]] == Role.ORDINARY) & (rows["origin"] == 0) & (rng.random(len(rows)) < moods.FLIRT)
    )
    rows["page"][away] = 1 + (rows["words"][away] % np.uint64(2)).astype(np.uint8)
    rows["language"][rng.random(len(rows)) < 0.03] ^= 1


def _split(rows: Rows, week: Week) -> tuple[Rows, Rows]:
    cut = np.searchsorted(rows["at"], week.end_us)
    return rows[:cut], rows[cut:]


def _silence(world: World, week: Week) -> Floats:
    """Probability that nothing already under way at the start of the week makes a person engage in it.

    A reply that is already on its way will come; an answer that comes this week may be met with a reply.
    """
    due = world.pending[(world.pending["page"] == 0) & (world.pending["at"] < week.end_us)]
    silence = np.ones(len(world.people), np.float32)
    silence[due["author"][by_people(due) & MEANINGFUL_ACT[due["act"]]]] = 0
    given = due[~by_people(due) & (due["intent"] >= Intent.ANSWER)]
    insistence, gratitude = service.reaction_chances(given, world.people)
    np.multiply.at(silence, given["to"], (1 - insistence - gratitude).astype(np.float32))
    return silence


@dataclass(frozen=True)
class _Served:
    written: Rows
    messages: Rows
    answered: NDArray[np.bool_]
    calls: NDArray[Any]


def _served(world: World, due: Rows, week: Week, numbers: Numbers, rng: np.random.Generator) -> _Served:
    """The week's service: answers, what they bring back, what silence brings, and the calls."""
    desks = service.desks(
        [_week(week.index + ahead, world.weeks, world.until) for ahead in range(-1, _AHEAD)], world.plan
    )
    given = due[~by_people(due) & (due["intent"] >= Intent.ANSWER)]
    turn = partial(_round, world, week=week, desks=desks, numbers=numbers, rng=rng)
    rounds = [turn(messages=np.concatenate((world.unread, due[by_people(due)])), given=given)]
    # What people write back this week is read by the pages this week; what they write back to that, next week.
    back = rounds[0].written[by_people(rounds[0].written)]
    rounds.append(turn(messages=back[back["at"] < week.end_us], given=_no_rows()))
    return _Served(
        *(
            np.concatenate([getattr(one, name) for one in rounds])
            for name in ("written", "messages", "answered", "calls")
        )
    )


def _round(
    world: World,
    *,
    messages: Rows,
    given: Rows,
    week: Week,
    desks: service.Desks,
    numbers: Numbers,
    rng: np.random.Generator,
) -> _Served:
    """Messages are answered or not; answers (these, and earlier ones due now) and silence bring messages back."""
    answers, answered = service.answers(messages, week, world.plan, desks, rng)
    given = np.concatenate((numbers.give(answers), given))
    back = numbers.give(service.reactions(given[given["at"] < week.end_us], world.people, rng))
    again = numbers.give(service.insistence(messages[~answered], world.people, rng))
    return _Served(
        np.concatenate((answers, back, again)), messages, answered, service.calls(messages, answered, desks, rng)
    )


def _unread(now: Rows, served: _Served) -> Rows:
    """What people wrote back this week and no page has read yet."""
    fresh = np.isin(now["id"], served.written["id"]) & ~np.isin(now["id"], served.messages["id"])
    return now[fresh & by_people(now)]


def _felt(people: People, rows: Rows, served: _Served) -> life.Felt:
    count = len(people)
    acts = rows["author"][by_people(rows) & MEANINGFUL_ACT[rows["act"]]]
    waiting = np.isin(served.messages["intent"], AWAITED)
    return life.Felt(
        acts=np.bincount(acts, minlength=count),
        answered=np.bincount(served.messages["author"][served.answered], minlength=count),
        ignored=np.bincount(served.messages["author"][waiting & ~served.answered], minlength=count),
    )


def _blow(plan: Plan, index: int) -> float:
    return _CRISIS_BLOW * (index in plan.crisis) + _SILENCE_BLOW * (index in plan.deserted)
