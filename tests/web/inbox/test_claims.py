"""Each conversation is one member's at a time, and nobody is answered twice."""

from __future__ import annotations

import random
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from tests.web import world
from tests.web.inbox.talk import NOW, Talk

from entourage.web.core.models import AuditEvent
from entourage.web.inbox import actions, queries
from entourage.web.inbox.models import Conversation, Draft, Presence, Step
from entourage.web.outbox.models import Outgoing

MINUTE = timedelta(minutes=1)
AGENTS = 200
CONVERSATIONS = 2_000
# Connections that PostgreSQL has for us: agents beyond wait for a free one, as they do behind the web server.
AT_ONCE = 40


@pytest.fixture
def talk(db) -> Talk:
    made = Talk(world.brand("tea"))
    made.say("a | 9 | Ann | | where is my parcel?")
    made.thread()
    return made


@pytest.fixture
def olga(talk):
    return world.member(talk.brand, "agent", "olga@example.org")


@pytest.fixture
def paul(talk):
    return world.member(talk.brand, "agent", "paul@example.org")


def answered(conversation, by, at=NOW, **told):
    seen = told.pop("seen", None) or queries.thread_of(conversation).seen
    return actions.answer(
        **{"conversation": conversation, "by": by, "at": at, "text": "On its way.", "seen": seen, **told}
    )


def test_who_comes_first_has_it_for_ten_minutes_and_again_renews_it(talk, olga, paul):
    ann = talk.of("Ann")
    assert actions.claim(conversation=ann, by=olga, at=NOW)
    assert not actions.claim(conversation=ann, by=paul, at=NOW + MINUTE)
    assert actions.claim(conversation=ann, by=olga, at=NOW + 9 * MINUTE)
    assert not actions.claim(conversation=ann, by=paul, at=NOW + 18 * MINUTE)
    assert actions.claim(conversation=ann, by=paul, at=NOW + 19 * MINUTE)
    assert [(step.what, step.by) for step in Step.objects.of(talk.brand).order_by("at")] == [
        ("claimed", olga), ("claimed", paul),
    ]  # fmt: skip
    assert AuditEvent.objects.of(talk.brand).filter(what="conversation.claimed").count() == 2


def test_writing_renews_a_claim_and_looking_does_not(talk, olga):
    ann = talk.of("Ann")
    actions.claim(conversation=ann, by=olga, at=NOW)
    actions.mark_seen(conversation=ann, by=olga, at=NOW + MINUTE)
    assert talk.of("Ann").claimed_until == NOW + 10 * MINUTE
    actions.mark_seen(conversation=ann, by=olga, at=NOW + 2 * MINUTE, writing=True)
    assert talk.of("Ann").claimed_until == NOW + 12 * MINUTE


def test_only_who_has_it_gives_it_back(talk, olga, paul):
    ann = talk.of("Ann")
    actions.claim(conversation=ann, by=olga, at=NOW)
    assert not actions.release(conversation=ann, by=paul, at=NOW)
    assert actions.release(conversation=ann, by=olga, at=NOW)
    assert actions.claim(conversation=ann, by=paul, at=NOW)


def test_handed_over_it_is_the_others_and_a_third_cannot_take_it(talk, olga, paul):
    ann, zoe = talk.of("Ann"), world.member(talk.brand, "agent", "zoe@example.org")
    actions.claim(conversation=ann, by=olga, at=NOW)
    with pytest.raises(actions.Collision) as refused:
        actions.hand_over(conversation=ann, to=zoe, by=paul, at=NOW)
    assert (refused.value.reason, refused.value.by) == ("held", olga)
    actions.hand_over(conversation=ann, to=paul, by=olga, at=NOW)
    assert (talk.of("Ann").claimed_by, talk.of("Ann").assignee) == (paul, paul)


def test_presence_is_seen_by_others_and_forgotten_after_a_minute(talk, olga, paul):
    ann = talk.of("Ann")
    actions.mark_seen(conversation=ann, by=olga, at=NOW, writing=True)
    assert [(one.member, one.writing) for one in actions.mark_seen(conversation=ann, by=paul, at=NOW)] == [(olga, True)]
    assert actions.mark_seen(conversation=ann, by=paul, at=NOW + 2 * MINUTE) == []
    actions.tidy_up(at=NOW + 2 * MINUTE)
    assert [one.member for one in Presence.objects.of(talk.brand)] == [paul]


def test_an_answer_is_a_row_of_the_outbox_and_the_turn_is_theirs(talk, olga):
    ann = talk.of("Ann")
    actions.draft(conversation=ann, text="On its", by=olga, at=NOW)
    actions.claim(conversation=ann, by=olga, at=NOW)
    made = answered(ann, olga)
    assert (made.conversation_id, made.to, made.text, made.deed) == (ann.pk, talk.lines["a"].pk, "On its way.", "reply")
    ann = talk.of("Ann")
    assert (ann.claimed_by, ann.assignee, Draft.objects.of(talk.brand).exists()) == (None, olga, False)
    # No connection here can send: it is kept to be sent by hand, and Ann still waits.
    assert (made.state, ann.state) == ("by_hand", "open")
    Outgoing.objects.of(talk.brand).update(state="sent")
    talk.thread()
    assert talk.of("Ann").state == "waiting"


def test_somebody_elses_claim_refuses_the_answer(talk, olga, paul):
    ann = talk.of("Ann")
    actions.claim(conversation=ann, by=olga, at=NOW)
    with pytest.raises(actions.Collision, match=r"olga@example[.]org is answering this conversation"):
        answered(ann, paul)
    assert answered(ann, paul, at=NOW + 11 * MINUTE)


def test_what_the_writer_has_not_seen_refuses_the_answer(talk, olga, paul):
    ann = talk.of("Ann")
    seen = queries.thread_of(ann).seen
    answered(ann, paul)
    with pytest.raises(actions.Collision, match="Something was said here while you wrote"):
        answered(ann, olga, seen=seen)
    seen = queries.thread_of(ann).seen
    talk.say("b | 1 | Ann >a | | hello?")
    talk.thread()
    with pytest.raises(actions.Collision):
        answered(ann, olga, seen=seen)
    assert answered(ann, olga)


def test_an_answer_told_back_by_the_network_is_nothing_new_to_who_saw_it_leave(talk, olga):
    ann = talk.of("Ann")
    sent = answered(ann, olga)
    seen = queries.thread_of(ann).seen
    echo = talk.one("b", 0, "us", "a", text="On its way.")
    Outgoing.objects.of(talk.brand).filter(pk=sent.pk).update(state="accepted", activity=echo.pk)
    talk.thread()
    thread = queries.thread_of(ann)
    assert (thread.seen, [item.kind for item in thread.items if item.kind in {"message", "outgoing"}]) == (
        seen, ["message", "message"],
    )  # fmt: skip


def test_answered_and_resolved_it_stays_so_until_it_fails_or_they_write_again(talk, olga):
    ann = talk.of("Ann")
    sent = answered(ann, olga, resolve=True)
    assert (talk.of("Ann").state, talk.of("Ann").resolved_at) == ("resolved", NOW)
    Outgoing.objects.of(talk.brand).filter(pk=sent.pk).update(state="failed")
    talk.thread()
    assert talk.of("Ann").state == "open"


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_the_same_moment_answer_once():
    talk = Talk(world.brand("tea"))
    talk.say("a | 9 | Ann | | where is my parcel?")
    talk.thread()
    ann = talk.of("Ann")
    seen = queries.thread_of(ann).seen
    members = [world.member(talk.brand, "agent", f"agent{n}@example.org") for n in range(8)]
    told = []

    def one(member):
        try:
            told.append(answered(ann, member, seen=seen).by)
        except actions.Collision as collision:
            told.append(collision.reason)
        finally:
            connection.close()

    _at_once([threading.Thread(target=one, args=[member]) for member in members])
    assert Counter(told)["newer"] == 7
    assert Outgoing.objects.of(talk.brand).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_agents_at_two_thousand_conversations_each_have_their_own():
    talk = Talk(world.brand("tea"))
    members = [world.member(talk.brand, "agent", f"agent{n}@example.org") for n in range(AGENTS)]
    made = Conversation.objects.bulk_create(
        Conversation(
            brand=talk.brand, key=f"{n:032x}", network="x", page=talk.page, account=talk.page, thread=talk.page.pk,
            asked_at=NOW, last_in_at=NOW,
        )
        for n in range(CONVERSATIONS)
    )  # fmt: skip
    had: list[tuple[int, int]] = []
    failed: list[Exception] = []
    free = threading.Semaphore(AT_ONCE)

    def work(member):
        # Each tries sixty of the same conversations as all the others: most are somebody's by then.
        mine = random.Random(member.pk).sample(made, 60)  # noqa: S311 - no secret
        with free:
            try:
                had.extend((one.pk, member.pk) for one in mine if actions.claim(conversation=one, by=member, at=NOW))
            except Exception as error:  # noqa: BLE001 - a deadlock in a thread must fail the test
                failed.append(error)
            finally:
                connection.close()

    _at_once([threading.Thread(target=work, args=[member]) for member in members])
    assert failed == []
    owners = Counter(pk for pk, _ in had)
    assert max(owners.values()) == 1
    assert len(owners) > 0.99 * CONVERSATIONS
    stored = Conversation.objects.of(talk.brand).exclude(claimed_by=None).values_list("pk", "claimed_by")
    assert sorted(stored) == sorted(had)


def _at_once(threads):
    for one in threads:
        one.start()
    for one in threads:
        one.join()
