"""Contact pressure: nobody hears from the brand too often without having asked, and each no has its reason."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection as database
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reference import pressure as slow
from tests.web import world
from tests.web.outbox.doors import connection, question

from entourage.web.outbox import actions, queries
from entourage.web.outbox.models import Outgoing, Pressure, Purpose, Sending
from entourage.web.people import actions as people

HOUR = timedelta(hours=1)
COUNTED = ("queued", "sending", "sent", "accepted", "by_hand")


def rules(brand, **fields):
    return Pressure.objects.create(brand=brand, **{"holdout": 0.0, **fields})


def contact(who, hours, state="sent", purpose="thanks", deed="reply", **fields):
    """A row to this person, so many hours before (or after) the moment."""
    account, at = world.account_of(who), world.AT - hours * HOUR
    known = {
        "brand": who.brand, "network": account.network, "account": account.pk, "person_id": who.pk, "state": state,
        "purpose": purpose, "deed": deed, "created_at": at, "due_at": at,
        "sent_at": at if state in {"sent", "accepted"} else None,
    }  # fmt: skip
    return Outgoing(**{**known, **fields})


def thanked(brand, asked, **fields):
    given = {"deed": "reply", "purpose": "thanks", "to": asked, "text": "Thank you.", "by": None, "at": world.AT}
    return actions.queue(brand=brand, **{**given, **fields})


def room_of(who, **fields):
    return queries.pressure_on(who.brand, [who.pk], at=world.AT, **fields)[who.pk]


@pytest.fixture
def tea(db):
    return world.brand("tea")


row = st.tuples(
    st.integers(-24 * 10, 24 * 70),
    st.sampled_from(Sending.values),
    st.sampled_from(Purpose.values),
    st.sampled_from(["reply", "message", "like", "hide", "delete"]),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    crowd=st.lists(st.lists(row, max_size=8), min_size=1, max_size=4),
    most=st.integers(0, 4),
    days=st.integers(1, 45),
    apart=st.integers(0, 30),
)
def test_room_is_what_a_look_at_every_hour_finds(tea, crowd, most, days, apart):
    Pressure.objects.of(tea).delete()
    rules(tea, most=most, days=days, apart_days=apart)
    people_of = {world.person(tea, f"P{tea.people.count()}"): rows for rows in crowd}
    Outgoing.objects.bulk_create(contact(who, *one) for who, rows in people_of.items() for one in rows)
    found = queries.pressure_on(tea, [who.pk for who in people_of], at=world.AT)
    for who, rows in people_of.items():
        counted = [
            -hours
            for hours, state, purpose, deed in rows
            if state in COUNTED and purpose != "answer" and deed in {"reply", "message", "like"}
        ]
        lately, free = slow.room(counted, slow.Rules(most, days, apart), 0)
        there = found[who.pk]
        assert (there.contacts, there.allowed) == (lately, free == 0)
        assert there.next_at == (None if free in {0, None} else world.AT + free * HOUR)
        assert bool(there.reason) != there.allowed


def test_contacts_on_all_accounts_of_a_person_count_together(tea):
    rules(tea, most=1)
    _page, ann, asked = question(tea)
    other = world.account(tea, "ann@mastodon", network="mastodon", person=ann)
    Outgoing.objects.bulk_create([contact(ann, 24 * 8, account=other.pk, network="mastodon")])
    with pytest.raises(actions.Blocked, match="They have heard from us 1 time in 30 days") as blocked:
        thanked(tea, asked)
    assert blocked.value.next_at == world.AT + timedelta(days=22)


def test_an_answer_is_never_held_back(tea):
    rules(tea, most=0)
    _page, ann, asked = question(tea)
    people.leave_alone(person=ann, by=None, at=world.AT)
    assert thanked(tea, asked, purpose="answer").state == Sending.BY_HAND


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (lambda ann: people.leave_alone(person=ann, by=None, at=world.AT), "They asked to be left alone"),
        (lambda ann: people.mark_kind(person=ann, kind="staff", by=None, at=world.AT), "marked as staff or a bot"),
        (lambda ann: people.mark_kind(person=ann, kind="bot", by=None, at=world.AT), "marked as staff or a bot"),
        (lambda ann: Pressure.objects.of(ann.brand).update(holdout=1.0), "drawn to be left out"),
    ],
)
def test_some_are_never_contacted_first(tea, mark, reason):
    rules(tea)
    _page, ann, asked = question(tea)
    mark(ann)
    with pytest.raises(actions.Blocked, match=reason):
        thanked(tea, asked)
    assert room_of(ann).next_at is None


def test_somebody_who_waits_is_answered_first(tea):
    rules(tea)
    page, ann, asked = question(tea)
    praise = world.act(ann, at=world.AT - timedelta(hours=2), toward=page, text="Lovely tea")
    world.reading(praise, 1, "praise")
    with pytest.raises(actions.Blocked, match="They have waited for an answer since 16 March 2026"):
        thanked(tea, praise)
    answer = actions.sent_by_hand(outgoing=thanked(tea, asked, purpose="answer"), by=None, at=world.AT)
    assert answer.state == Sending.SENT
    assert thanked(tea, praise).state == Sending.BY_HAND


@pytest.mark.parametrize(
    ("given", "waits"),
    [
        ({}, True),
        ({"intent": "complaint"}, True),
        ({"intent": "praise"}, False),
        ({"intent": "spam"}, False),
        ({"days": 15}, False),
        ({"answer": {"reply": True}}, False),
        ({"answer": {"reply": False}}, False),
        ({"deleted": True}, False),
        ({"act": "like"}, False),
    ],
)
def test_who_waits(tea, given, waits):
    rules(tea)
    at = world.AT - timedelta(days=given.get("days", 1))
    page, ann, asked = question(
        tea, at=at, act=given.get("act", "comment"), deleted_at=world.AT if given.get("deleted") else None
    )
    if "intent" in given:
        world.reading(asked, 0, given["intent"])
    if "answer" in given:
        named = {"reply_to": asked} if given["answer"]["reply"] else {"context": asked.context}
        world.act(page, "reply", world.AT, toward=asked.account, **named)
    assert room_of(ann).allowed is not waits
    assert bool(queries.waiting_since(tea, [ann.pk], at=world.AT)) is waits


def test_a_rule_may_let_some_purposes_through_while_they_wait(tea):
    rules(tea, while_waiting=["follow_up"])
    _page, ann, _asked = question(tea)
    assert not room_of(ann).allowed
    assert room_of(ann, purpose="follow_up").allowed


def test_what_waits_for_approval_is_counted_when_it_is_approved(tea):
    rules(tea, most=1)
    page, _ann, asked = question(tea)
    connection(tea, page)
    held = {"hold": "A manager reads thanks first."}
    first, second = (thanked(tea, asked, text=text, **held) for text in ("Thank you.", "Thanks!"))
    assert actions.approve(outgoing=first, by=None, at=world.AT).state == Sending.QUEUED
    with pytest.raises(actions.Blocked):
        actions.approve(outgoing=second, by=None, at=world.AT)
    second.refresh_from_db(from_queryset=Outgoing.objects.of(tea))
    assert second.state == Sending.HELD
    assert second.reason.startswith("They have heard from us 1 time in 30 days")


def test_what_failed_or_was_withdrawn_presses_on_nobody(tea):
    rules(tea, most=1)
    _page, _ann, asked = question(tea)
    actions.withdraw(outgoing=thanked(tea, asked), by=None, at=world.AT)
    assert thanked(tea, asked).state == Sending.BY_HAND


def test_the_held_out_are_a_tenth_drawn_once_and_apart_for_each_brand(settings):
    # The lots hang on the key and on the brand's number: with these, they are the same everywhere.
    settings.SECRET_KEY = "a key that is the same wherever this is drawn"
    tea, ink = 1, 2
    drawn = {one for one in range(10_000) if queries.held_out(tea, one, 0.1)}
    more = {one for one in range(10_000) if queries.held_out(tea, one, 0.2)}
    others = {one for one in range(10_000) if queries.held_out(ink, one, 0.1)}
    # Four standard deviations of a binomial count are 120.
    assert abs(len(drawn) - 1000) < 120
    assert drawn < more
    assert abs(len(drawn & others) - 100) < 40


def test_a_page_of_people_costs_as_many_queries_as_one(tea, django_assert_num_queries):
    rules(tea)
    crowd = [world.person(tea, f"P{n}").pk for n in range(30)]
    with django_assert_num_queries(4):
        assert all(room.allowed for room in queries.pressure_on(tea, crowd, at=world.AT).values())


def test_another_brand_s_contacts_do_not_count(tea):
    rules(tea, most=1)
    ink = world.brand("ink")
    ann = world.person(tea, "Ann")
    Outgoing.objects.bulk_create([contact(ann, 24, brand=ink)])
    assert room_of(ann).allowed


@pytest.mark.django_db(transaction=True)
def test_eight_members_at_the_same_moment_send_one_thank_you():
    tea = world.brand("tea")
    rules(tea, most=1)
    page, _ann, asked = question(tea)
    world.reading(asked, 1, "praise")
    connection(tea, page)
    outcomes, together = [], threading.Barrier(8)

    def press(number):
        together.wait()
        try:
            outcomes.append(thanked(tea, asked, text=f"Thank you {number} times.").state)
        except actions.Blocked as blocked:
            outcomes.append(str(blocked))
        finally:
            database.close()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(Sending.QUEUED) == Outgoing.objects.of(tea).count() == 1
    assert sum("They have heard from us 1 time" in told for told in outcomes) == 7


def test_rules_are_changed_once_and_the_trail_says_which(tea):
    changed = [actions.change_pressure(brand=tea, by=None, at=world.AT, most=1, days=14) for _ in range(2)]
    assert changed == [["most", "days"], []]
    assert (queries.pressure_of(tea).most, queries.pressure_of(tea).days) == (1, 14)
    assert tea.audit_events.get().detail == {"settings": ["most", "days"]}


def test_what_we_said_is_read_once_however_many_have_asked(tea):
    page = world.account(tea, "tea", role="own")
    askers = [world.person(tea, f"asker{number}") for number in range(12)]
    for hour, who in enumerate(askers):
        world.act(world.account_of(who), "comment", world.AT - HOUR * (100 - hour), toward=page, text="When?")
    for hour in range(60):
        world.act(page, "post", world.AT - HOUR * hour, text="News")
    world.counted()
    read = []

    def explained(execute, question, values, many, context):
        if "min(asked.at)" in question:
            execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {question}", values, many, context)
            read.append(posts_read(context["cursor"].fetchone()[0][0]["Plan"]))
        return execute(question, values, many, context)

    with database.execute_wrapper(explained):
        rooms = queries.pressure_on(tea, [who.pk for who in askers], at=world.AT)
    assert not any(room.allowed for room in rooms.values()), "all of them wait for an answer"
    assert len(read) == 1
    assert read[0] < 3 * (60 + len(askers))


def posts_read(node):
    """Rows of activities that a plan touches."""
    own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    below = sum(posts_read(one) for one in node.get("Plans", ()))
    return below + (own if node.get("Relation Name") == "listen_activity" else 0)
