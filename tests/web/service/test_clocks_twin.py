"""The clocks of stored conversations against the slow twins of hours and promises, whatever happened in what order.

Three people write and are answered at random around a day on which the clock jumps, in split shifts, with a holiday
between; bots answer, members resolve and reopen, and messages come in late: threads are told and clocks set in between.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.reference import opening, promises
from tests.web import world
from tests.web.service.served import agent, answers, asks, page, person, threaded

from entourage.engine.service.deadlines import Clock, Event
from entourage.engine.service.hours import Hours
from entourage.web.inbox.models import Step
from entourage.web.service import actions
from entourage.web.service.bridge import make_report, set_clocks
from entourage.web.service.models import Promise, Report

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
WEEK = [[[0, 170], [540, 720], [780, 1080]]] * 5 + [[[0, 240]], [[90, 200], [600, 660]]]
PROMISED = {Clock.FIRST: 95, Clock.NEXT: 35, Clock.RESOLUTION: 400}
# The zone, and the night in which its clock jumps; nowhere in India.
NIGHTS = {
    "Europe/Paris": date(2026, 3, 29),
    "America/New_York": date(2026, 11, 1),
    "Australia/Lord_Howe": date(2026, 4, 5),
    "Asia/Kolkata": date(2026, 3, 29),
}
PEOPLE = ("Ann", "Bob", "Dee")
WORDS = {"ask": Event.ASKED, "answer": Event.ANSWERED, "resolved": Event.RESOLVED, "reopened": Event.REOPENED,
         "after": Event.ANSWERED_AFTER, "bot": Event.BOT}  # fmt: skip


def drawn(chance: random.Random, begins: datetime) -> dict[str, list[tuple[datetime, str]]]:
    """What happens in each conversation: it begins with their words, no two things in one minute."""
    minutes = iter(chance.sample(range(4 * 24 * 60), 60))
    told = {}
    for name in PEOPLE:
        moments = sorted(begins + MINUTE * next(minutes) for _ in range(chance.randint(1, 9)))
        later = [chance.choice(list(WORDS)) for _ in moments[1:]]
        told[name] = list(zip(moments, ["ask", *later], strict=True))
    return told


def hours_of(zone: str, night: date) -> Hours:
    week = [tuple((shift[0], shift[1]) for shift in day) for day in WEEK]
    return Hours.weekly(zone, week, {night + timedelta(days=2): ()})


def set_up(brand: Brand, zone: str, night: date) -> None:
    told: dict[str, Any] = {"brand": brand, "by": None, "at": world.AT}
    desk = actions.save_desk(key="care", week=WEEK, zone=zone, **told)
    actions.save_holiday(day=night + timedelta(days=2), desk=desk, **told)
    actions.save_target(
        first=PROMISED[Clock.FIRST], following=PROMISED[Clock.NEXT], resolution=PROMISED[Clock.RESOLUTION], **told
    )


def come_in(
    brand: Brand, happened: dict[str, list[tuple[datetime, str]]], chance: random.Random, *, now: datetime
) -> None:
    """All of it in any order but the first words of each, which the rest stands below; told anew in between.

    What members say is there at once: only what networks tell comes late.
    """
    robot = world.account(brand, "robot", role="own", told_kind="bot")
    member = agent(brand, "gus")
    first = {name: asks(brand, name, at=rows[0][0], intent="complaint") for name, rows in happened.items()}
    rest = [(name, at, what) for name, rows in happened.items() for at, what in rows[1:]]
    chance.shuffle(rest)
    rest.sort(key=lambda one: one[2] not in ("resolved", "reopened"))
    talks = threaded(brand, now=now)
    for name, at, what in rest:
        asked = first[name]
        if what == "ask":
            said = world.act(person(brand, name), "comment", at, toward=page(brand), reply_to=asked, text="And?")
            world.reading(said, None, "complaint")
        elif what == "bot":
            world.act(robot, "reply", at, toward=asked.account, reply_to=asked, text="We are on it")
        elif what in ("resolved", "reopened"):
            Step.objects.create(brand=brand, conversation=talks[name], at=at, by=member, what=what)
        else:
            answers(asked, at=at, timing="after" if what == "after" else "exact")
        if what not in ("resolved", "reopened") and chance.random() < 0.3:
            threaded(brand, now=now)
            set_clocks(brand, now=now)


def twin(happened: dict[str, list[tuple[datetime, str]]], hours: Hours) -> set[Any]:
    """Of each clock: whose, which, from when, until when, and by when it must end."""
    found = set()
    for place, rows in enumerate(happened.values()):
        events = {place: [(_us(at), WORDS[what]) for at, what in rows]}
        for _, what, started, ended, _by in promises.clocks(events):
            due = opening.add(hours, _moment(started), MINUTE * PROMISED[what])
            found.add((PEOPLE[place], what.name.lower(), _moment(started), _moment(ended) if ended >= 0 else None, due))
    return found


def _us(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000


def _moment(us: int) -> datetime:
    return datetime.fromtimestamp(us / 1_000_000, UTC)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("zone", NIGHTS)
def test_every_clock_is_the_twins(zone: str, seed: int) -> None:
    chance, night = random.Random(f"{zone} {seed}"), NIGHTS[zone]  # noqa: S311 - draws a test
    begins = datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(days=1)
    now = begins + timedelta(days=5)
    brand = world.brand("tea")
    set_up(brand, zone, night)
    happened = drawn(chance, begins)
    come_in(brand, happened, chance, now=now)
    # Somebody else's word at the end: what all that happened is looked at from.
    world.act(page(brand), "post", now - MINUTE)
    threaded(brand, now=now)
    make_report(Report(brand=brand, asked_at=now), now=now)
    rows = Promise.objects.of(brand).select_related("conversation")
    names = {person(brand, name).pk: name for name in PEOPLE}
    told = {(names[one.conversation.person_id], one.what, one.started_at, one.ended_at, one.due_at) for one in rows}
    assert told == twin(happened, hours_of(zone, night))
    # What pages show is the one of those that run which ends first.
    set_clocks(brand, now=now)
    for name, talk in threaded(brand, now=now).items():
        runs = [due for who, _, _, ended, due in told if who == name and ended is None]
        assert talk.due_at == (min(runs, default=None) if talk.state == "open" else None)
