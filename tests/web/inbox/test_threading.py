"""Which messages make a conversation, and whose turn it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.inbox.talk import NOW, Talk

from entourage.web.inbox import actions
from entourage.web.inbox.models import Conversation, Message, Step, Unthreaded
from entourage.web.listen.actions import mark_by_name
from entourage.web.listen.models import Activity
from entourage.web.outbox.models import Outgoing
from entourage.web.people.actions import mark_kind
from entourage.web.reading.models import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Talk:
    return Talk(world.brand("tea"))


def test_messages_of_one_person_in_one_thread_and_our_answers_are_one_conversation(talk):
    talk.say("""
        a | 9 | Ann   | | where is my parcel?
        b | 8 | us >a | | on its way
        c | 7 | Ann>b | | still not here
        d | 6 | Bob>a | | mine neither
    """)
    assert talk.thread() == 2
    ann, bob = talk.of("Ann"), talk.of("Bob")
    assert (ann.messages, ann.state, ann.waiting_since) == (3, "open", talk.lines["c"].at)
    assert (ann.asked_at, ann.answered_at, ann.last_in_at) == tuple(talk.lines[n].at for n in "abc")
    assert (ann.thread, ann.page, ann.last_message_id) == (bob.thread, talk.page, talk.lines["c"].pk)
    assert (bob.messages, bob.state, bob.answered_at) == (1, "open", None)


def test_threading_twice_changes_nothing(talk):
    talk.say("""
        a | 9 | Ann   | | where is my parcel?
        b | 8 | us >a | | on its way
    """)
    talk.thread()
    before = [(one.pk, one.changed_at, one.state) for one in talk.all]
    assert talk.thread() == 0
    talk.thread(anew=True, now=NOW + timedelta(hours=1))
    assert [(one.pk, one.changed_at, one.state) for one in talk.all] == before
    assert not Unthreaded.objects.of(talk.brand).exists()


def test_one_answer_to_two_people_answers_both(talk):
    talk.say("""
        a | 9 | Ann    | | where is my parcel?
        b | 8 | Bob >a | | and mine?
    """)
    talk.one("c", 7, "us", "a", text="both on their way", toward=talk.who("Bob"))
    talk.thread()
    assert [one.state for one in talk.all] == ["waiting", "waiting"]


@pytest.mark.parametrize(
    ("table", "state"),
    [
        ("a | 9 | Ann | | hello", "open"),
        ("a | 799 | Ann | | hello", "lapsed"),
        ("a | 9 | Ann | spam | win now", "resolved"),
        ("a | 9 | Ann | contest_entry | I take part", "resolved"),
        ("a | 9 | Ann | praise | best tea", "open"),
        ("a | 9 | Ann | | hello \n b | 8 | us >a | | hi", "waiting"),
        ("a | 299 | Ann | | hello \n b | 298 | us >a | | hi", "resolved"),
        ("a | 9 | Ann | | hello \n b | 8 | us >a | | hi \n c | 7 | Ann >b | | so?", "open"),
        ("a | 9 | Ann | | hello \n b | 8 | us >a | | hi \n c | 7 | Ann >b | thanks | thank you", "resolved"),
        ("a | 9 | Ann | | hello \n b | 8 | us >a | | hi \n c | 7 | Ann >b | chatter | hm", "open"),
        ("a | 9 | Ann | | hello \n b | 8 | us >a | | hi \n c | 7 | Ann >b | complaint | no", "open"),
    ],
)
def test_whose_turn_it_is_follows_from_what_was_said(talk, table, state):
    talk.say(table)
    talk.thread()
    assert talk.of("Ann").state == state


def test_thanks_that_are_against_us_call_for_an_answer(talk):
    talk.say("""
        a | 9 | Ann   | | where is my parcel?
        b | 8 | us >a | | no idea
    """)
    talk.read(talk.one("c", 7, "Ann", "b", text="thanks for nothing"), "thanks", sign=-1)
    talk.thread()
    assert talk.of("Ann").state == "open"


def test_thanks_read_after_they_came_resolve_it_and_the_thread_says_why(talk):
    talk.say("""
        a | 9 | Ann   | | where is my parcel?
        b | 8 | us >a | | on its way
        c | 7 | Ann>b | | thank you
    """)
    talk.thread()
    assert talk.of("Ann").state == "open"
    talk.read(talk.lines["c"], "thanks")
    talk.thread()
    (step,) = Step.objects.of(talk.brand)
    assert (talk.of("Ann").state, step.what, step.detail) == ("resolved", "resolved", {"why": "thanks"})


def test_what_was_read_shows_on_the_conversation(talk):
    talk.say("""
        a | 9 | Ann    | care_question | how do I steep it?
        b | 8 | Ann >a | complaint     | nobody answers!
    """)
    talk.thread()
    ann = talk.of("Ann")
    assert (ann.intent, ann.sign, ann.vehemence, ann.department, ann.language) == ("complaint", -1, 600, "care", "en")


def test_a_correction_of_the_reading_moves_it_but_not_what_a_member_said(talk):
    talk.say("a | 9 | Ann | care_question | do you hire?")
    talk.say("b | 9 | Bob | care_question | do you hire?")
    talk.thread()
    Conversation.objects.of(talk.brand).filter(pk=talk.of("Bob").pk).update(department="sales", department_said=True)
    Reading.objects.of(talk.brand).update(intent="job_seeker", department="hr")
    talk.thread()
    assert (talk.of("Ann").department, talk.of("Bob").department) == ("hr", "sales")


def test_a_late_first_message_changes_the_thread_of_all_below_it(talk):
    """c answers b and b answers a; a and b come last, and no network tells the thread."""
    a, b, c = (talk.one(name, ago, "Ann") for name, ago in (("a", 9), ("b", 8), ("c", 7)))
    for child, parent in ((b, a), (c, b)):
        Activity.objects.of(talk.brand).filter(pk=child.pk).update(reply_to=parent.pk)
    Activity.objects.of(talk.brand).update(context=None)
    rows = list(Activity.objects.of(talk.brand).filter(pk__in=[a.pk, b.pk]))
    Activity.objects.of(talk.brand).filter(pk__in=[a.pk, b.pk]).delete()
    talk.thread()
    assert talk.of("Ann").thread == b.pk
    for late in reversed(rows):
        late.save(force_insert=True)
        talk.thread()
    ann = talk.of("Ann")
    assert (ann.thread, ann.messages) == (a.pk, 3)


def test_what_we_wrote_first_is_part_of_the_conversation_once_they_answer(talk):
    talk.one("a", 9, "us", text="is all well?", toward=talk.who("Ann"), act="message")
    assert talk.thread() == 0
    talk.say("b | 8 | Ann >a | | no")
    talk.thread()
    ann = talk.of("Ann")
    assert (ann.messages, ann.state, ann.answered_at) == (2, "open", None)


def test_an_answer_that_arrives_before_the_question_still_answers_it(talk):
    a = talk.one("a", 9, "Ann", text="hello?")
    talk.say("b | 8 | us >a | | hi")
    Activity.objects.of(talk.brand).filter(pk=a.pk).delete()
    talk.thread()
    assert talk.all == []
    a.save(force_insert=True)
    talk.thread()
    assert (talk.of("Ann").state, talk.of("Ann").messages) == ("waiting", 2)


def test_a_deleted_message_leaves_and_the_last_one_takes_the_conversation_along(talk):
    talk.say("""
        a | 9 | Ann   | | where is my parcel?
        b | 8 | us >a | | on its way
        c | 7 | Ann>b | | still not here
    """)
    talk.thread()
    gone = {"deleted_at": world.AT, "text": ""}
    Activity.objects.of(talk.brand).filter(pk=talk.lines["c"].pk).update(**gone)
    assert Message.objects.of(talk.brand).count() == 2  # at once, before anything is threaded
    talk.thread()
    assert (talk.of("Ann").state, talk.of("Ann").messages) == ("waiting", 2)
    Activity.objects.of(talk.brand).filter(pk=talk.lines["a"].pk).update(**gone)
    talk.thread()
    assert talk.all == []
    assert not Message.objects.of(talk.brand).exists()


def test_an_edit_changes_the_words_that_are_found_and_opens_nothing(talk):
    talk.say("a | 9 | Ann | | green tea")
    talk.thread()
    ann = talk.of("Ann")
    Conversation.objects.of(talk.brand).filter(pk=ann.pk).update(state="resolved", state_said=True, resolved_at=NOW)
    Activity.objects.of(talk.brand).filter(pk=talk.lines["a"].pk).update(text="black coffee")
    assert Message.objects.of(talk.brand).get().words is None
    talk.thread()
    assert "coffe" in Message.objects.of(talk.brand).get().words
    assert talk.of("Ann").state == "resolved"


def test_new_words_open_what_a_member_resolved_and_old_ones_that_came_late_do_not(talk):
    talk.say("""
        a | 9 | Ann   | | where is my parcel?
        b | 5 | us >a | | on its way
    """)
    talk.thread()
    Conversation.objects.of(talk.brand).update(state="resolved", state_said=True, resolved_at=NOW)
    talk.say("c | 7 | Ann >a | | hello?")
    talk.thread()
    assert talk.of("Ann").state == "resolved"
    talk.say("d | 1 | Ann >b | | still not here")
    talk.thread()
    assert (talk.of("Ann").state, talk.of("Ann").state_said) == ("open", False)
    assert [step.detail for step in Step.objects.of(talk.brand)] == [{"why": "wrote"}]


def test_an_account_that_becomes_ours_turns_its_messages_around(talk):
    talk.say("""
        a | 9 | Ann   | | where is my parcel?
        b | 8 | Bob>a | | on its way, we say
    """)
    talk.thread()
    assert len(talk.all) == 2
    Activity.objects.of(talk.brand).filter(pk=talk.lines["b"].pk).update(toward=talk.who("Ann"))
    mark_by_name(brand=talk.brand, name="bob", role="own", by=None, at=world.AT)
    talk.thread()
    assert [(one.account, one.state, one.messages) for one in talk.all] == [(talk.who("Ann"), "waiting", 2)]
    mark_by_name(brand=talk.brand, name="bob", role="public", by=None, at=world.AT)
    talk.thread()
    assert [one.state for one in talk.all] == ["open"]


def test_a_page_that_becomes_ours_brings_what_was_turned_to_it(talk):
    other = world.account(talk.brand, "ourshop")
    talk.one("a", 9, "Ann", toward=other)
    assert talk.thread() == 0
    mark_by_name(brand=talk.brand, name="ourshop", role="own", by=None, at=world.AT)
    talk.thread()
    assert talk.of("Ann").page == other


def test_staff_and_bots_ask_nothing(talk):
    talk.say("a | 9 | Ann | | hello")
    talk.thread()
    mark_kind(person=talk.people["Ann"], kind="staff", by=None, at=world.AT)
    talk.thread()
    assert talk.all == []
    mark_kind(person=talk.people["Ann"], kind="public", by=None, at=world.AT)
    talk.thread()
    assert len(talk.all) == 1


def test_who_comes_back_meets_who_knows_them(talk):
    agent = world.member(talk.brand, "agent")
    talk.say("a | 90 | Ann | | hello")
    talk.thread()
    Conversation.objects.of(talk.brand).update(assignee=agent)
    talk.say("b | 2 | Ann | | another thing \n c | 1 | Bob | | hello")
    talk.thread()
    assert [one.assignee for one in talk.all] == [agent, agent, None]


def test_what_is_on_its_way_counts_as_said_until_it_fails(talk):
    talk.say("a | 9 | Ann | | hello")
    talk.thread()
    ann = talk.of("Ann")
    sent = Outgoing.objects.create(
        brand=talk.brand, network="x", conversation_id=ann.pk, created_at=NOW, due_at=NOW, state="held"
    )
    for state, turn in (("held", "open"), ("queued", "waiting"), ("sending", "waiting"), ("failed", "open")):
        Outgoing.objects.of(talk.brand).filter(pk=sent.pk).update(state=state)
        talk.thread()
        assert talk.of("Ann").state == turn, state


def test_with_time_questions_lapse_and_answers_settle(talk):
    talk.say("""
        a | 9 | Ann   | | hello
        b | 8 | Bob   | | hello
        c | 7 | us >b | | hi
    """)
    talk.thread()
    for days, states in ((0, ["open", "waiting"]), (8, ["open", "resolved"]), (31, ["lapsed", "resolved"])):
        now = NOW + timedelta(days=days)
        talk.clock(now - timedelta(seconds=1))
        actions.age(talk.brand, now=now)
        assert [one.state for one in talk.all] == states
