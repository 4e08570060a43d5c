"""By when each conversation must hear from us, which promise holds, and what happens when it is not kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.web import world
from tests.web.service.served import AT, HOUR, again, agent, answers, asks, person, steps, threaded

from entourage.web.inbox.models import Conversation, Label, Step
from entourage.web.service import actions
from entourage.web.service.bridge import set_clocks
from entourage.web.service.models import Handling, Seat, Target
from entourage.web.service.queries import Facts, chosen, reason

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db

# AT is Monday the 16th of March 2026, 10 o'clock in Paris.
OFFICE = [[[540, 720], [780, 1080]]] * 5 + [[], []]


@pytest.fixture
def tea() -> Brand:
    return world.brand("tea")


def promise(brand: Brand, first: int | None = None, **told) -> Target:
    return actions.save_target(brand=brand, by=None, at=AT, first=first, **told)


def due(brand: Brand, now=AT + HOUR) -> dict[str, tuple[str, timedelta] | None]:
    """Which promise of each runs, and by when after AT it ends."""
    threaded(brand, now=now)
    set_clocks(brand, now=now)
    return {
        name: (one.due_what, one.due_at - AT) if one.due_at else None for name, one in threaded(brand, now=now).items()
    }


def test_of_the_targets_that_fit_the_one_that_names_the_most_holds():
    """Ann writes to care on Mastodon and is an ally; Dee is vehement."""
    drawn = """
        department  network   standing  vehement  first  next
        -           -         -         -         480    240
        care        -         -         -         120    -
        -           mastodon  -         -         90     -
        -           -         ally      -         60     -
        -           -         -         yes       30     -
        care        mastodon  -         -         45     -
    """
    rows = [line.split() for line in drawn.strip().split("\n")][1:]
    among = [
        Target(
            department=row[0].strip("-"),
            network=row[1].strip("-"),
            standing=row[2].strip("-"),
            vehement={"yes": True, "-": None}[row[3]],
            first_minutes=int(row[4]),
            next_minutes=None if row[5] == "-" else int(row[5]),
        )
        for row in rows
    ]

    def first(*facts):
        return chosen(Facts(*facts), among, "first").first_minutes

    assert first("hr", "x", "unknown", False) == 480
    assert first("care", "x", "unknown", False) == 120
    assert first("care", "mastodon", "ally", False) == 45
    assert first("care", "x", "ally", False) == 60
    assert first("care", "x", "ally", True) == 30
    assert first("hr", "mastodon", "unknown", False) == 90
    # A promise of a first answer says nothing about later ones: there the general one holds.
    assert chosen(Facts("care", "mastodon", "ally", True), among, "next").next_minutes == 240
    assert chosen(Facts("care", "mastodon", "ally", True), among, "resolution") is None
    assert reason(among[5], {"care": "customer care"}) == "customer care, Mastodon"
    assert reason(among[0], {}) == "everybody"


def test_a_first_answer_is_due_in_hours_of_service(tea):
    actions.save_desk(brand=tea, key="care", week=OFFICE, by=None, at=AT)
    promise(tea, 180)
    asks(tea, "Ann", intent="complaint")
    asks(tea, "Bob")
    assert due(tea) == {"Ann": ("first", timedelta(hours=4)), "Bob": ("first", timedelta(hours=3))}


def test_a_holiday_of_all_and_one_of_a_department_close_it(tea):
    actions.save_desk(brand=tea, key="care", week=OFFICE, by=None, at=AT)
    desk = actions.save_desk(brand=tea, key="hr", week=OFFICE, by=None, at=AT)
    actions.save_holiday(brand=tea, day=date(2026, 3, 16), by=None, at=AT)
    actions.save_holiday(brand=tea, day=date(2026, 3, 17), desk=desk, by=None, at=AT)
    promise(tea, 60)
    asks(tea, "Ann", intent="complaint")
    asks(tea, "Bob", intent="job_seeker")
    assert due(tea) == {"Ann": ("first", timedelta(days=1)), "Bob": ("first", timedelta(days=2))}


def test_after_an_answer_the_next_one_is_due_and_nothing_when_it_is_their_turn(tea):
    promise(tea, 120, following=30)
    asked = asks(tea, "Ann")
    answers(asks(tea, "Bob"), at=AT + timedelta(minutes=5))
    answers(asked, at=AT + timedelta(minutes=5))
    again(asked, at=AT + timedelta(minutes=20))
    assert due(tea) == {"Ann": ("next", timedelta(minutes=50)), "Bob": None}


def test_thanks_after_an_answer_starts_no_clock(tea):
    promise(tea, 120, following=30)
    asked = asks(tea, "Ann")
    answers(asked, at=AT + timedelta(minutes=5))
    again(asked, at=AT + timedelta(minutes=20), intent="thanks", sign=1)
    assert due(tea) == {"Ann": None}


def test_the_promise_that_ends_first_is_shown_and_the_target_that_says_it(tea):
    general = promise(tea, 600, resolution=240)
    asks(tea, "Ann")
    assert due(tea) == {"Ann": ("resolution", timedelta(hours=4))}
    assert Handling.objects.of(tea).get().target == general


def test_a_changed_promise_sets_every_clock_anew_and_twice_changes_nothing(tea):
    target = promise(tea, 60)
    asks(tea, "Ann")
    assert due(tea) == {"Ann": ("first", HOUR)}
    assert set_clocks(tea, now=AT + HOUR) == 0
    promise(tea, 120)
    assert due(tea) == {"Ann": ("first", 2 * HOUR)}
    actions.remove_target(target=Target.objects.of(tea).get(pk=target.pk), by=None, at=AT)
    assert due(tea) == {"Ann": None}


def test_what_is_answered_has_no_clock_any_more(tea):
    promise(tea, 60)
    asked = asks(tea, "Ann")
    due(tea)
    answers(asked, at=AT + timedelta(minutes=30))
    assert due(tea) == {"Ann": None}
    assert Handling.objects.of(tea).get().clocked is None


def test_who_is_close_and_who_is_vehement_have_their_own_promise(tea):
    promise(tea, 240)
    promise(tea, 60, standing="regular")
    promise(tea, 30, vehement=True)
    world.standing(person(tea, "Ann"), 8)
    asks(tea, "Ann")
    asks(tea, "Bob")
    asks(tea, "Dee", intent="complaint", sign=-1)
    assert due(tea) == {
        "Ann": ("first", HOUR),
        "Bob": ("first", 4 * HOUR),
        "Dee": ("first", timedelta(minutes=30)),
    }


def escalated(brand, now) -> list[str]:
    due(brand, now)
    actions.escalate(brand, now=now)
    return [
        name for name, one in threaded(brand, now=now).items() if any(what == "escalated" for what, _ in steps(one))
    ]


def test_what_is_not_answered_in_time_goes_to_the_lead_once(tea):
    boss = agent(tea, "boss")
    actions.save_desk(brand=tea, key="care", lead=boss, warn_minutes=10, by=None, at=AT)
    promise(tea, 60)
    asks(tea, "Ann", intent="complaint")
    assert escalated(tea, AT + timedelta(minutes=49)) == []
    assert escalated(tea, AT + timedelta(minutes=50)) == ["Ann"]
    one = threaded(tea)["Ann"]
    assert one.assignee == boss
    assert [label.name for label in Label.objects.of(tea).filter(pk__in=one.labels)] == ["too late"]
    told = {"what": "first", "due": (AT + HOUR).isoformat(), "to": boss.pk}
    assert steps(one) == [("escalated", told)]
    assert escalated(tea, AT + 2 * HOUR) == ["Ann"]
    assert len(steps(threaded(tea)["Ann"])) == 1


def test_a_lead_who_is_away_gets_nothing_and_who_is_answering_keeps_it(tea):
    boss, gus = agent(tea, "boss"), agent(tea, "gus")
    actions.save_desk(brand=tea, key="care", lead=boss, by=None, at=AT)
    Seat.objects.create(brand=tea, member=boss, departments=[], absent_until=AT + timedelta(days=1))
    promise(tea, 60)
    asks(tea, "Ann", intent="complaint")
    threaded(tea)
    Conversation.objects.of(tea).update(assignee=gus)
    assert escalated(tea, AT + 2 * HOUR) == ["Ann"]
    assert threaded(tea)["Ann"].assignee == gus
    Seat.objects.of(tea).delete()
    asks(tea, "Bob", intent="complaint")
    threaded(tea)
    Conversation.objects.of(tea).update(assignee=gus, claimed_by=gus, claimed_until=AT + timedelta(hours=9))
    assert escalated(tea, AT + 2 * HOUR) == ["Ann", "Bob"]
    assert threaded(tea)["Bob"].assignee == gus


def test_what_was_due_long_ago_wakes_nobody(tea):
    promise(tea, 60)
    asks(tea, "Ann", at=AT - timedelta(days=10))
    assert escalated(tea, AT + HOUR) == []


def test_a_member_who_resolves_ends_the_clocks_and_what_goes_leaves_nothing(tea):
    promise(tea, 60, resolution=600)
    asks(tea, "Ann")
    due(tea)
    one = threaded(tea)["Ann"]
    Step.objects.create(brand=tea, conversation=one, at=AT + HOUR, by=agent(tea, "gus"), what="resolved")
    Conversation.objects.of(tea).update(state="resolved", state_said=True, resolved_at=AT + HOUR)
    assert due(tea) == {"Ann": None}
    Conversation.objects.of(tea).delete()
    assert not Handling.objects.of(tea).exists()
