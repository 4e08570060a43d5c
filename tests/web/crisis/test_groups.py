"""What is behind a crisis is grouped, answered person by person, and never the same for everybody unseen."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.inbox.desk import seen
from tests.web.inbox.talk import HOUR, NOW

from entourage.web.crisis import actions, bridge, queries
from entourage.web.crisis.models import Group, GroupMessage
from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Draft
from entourage.web.outbox.models import Outgoing
from entourage.web.people.actions import access, erase

pytestmark = pytest.mark.django_db
ANSWER = "Dear {first_name}, we are sorry. {me}"


def told(crisis):
    return queries.behind(crisis)


def largest(crisis):
    return told(crisis)[0].group


def drafts(talk):
    return Draft.objects.of(talk.brand).order_by("conversation__account__handle")


def test_messages_are_grouped_by_what_they_say(talk, crisis):
    groups = told(crisis)
    words = [set(one.group.words) for one in groups if not one.group.rest]
    assert any({"kettle", "leaks"} & some for some in words)
    assert any("parcel" in some for some in words)
    assert not any({"kettle", "parcel"} <= some for some in words)
    assert sum(one.messages for one in groups) == crisis.gathered == crisis.messages
    assert crisis.gathered >= 24


def test_a_group_says_how_many_people_wait_and_names_the_closest(talk, crisis):
    one = told(crisis)[0]
    names = [talk_.person_name for talk_ in one.closest]
    farthest = next(row for row in queries.pressing(one.group, most=100)[1] if row.person_name not in names)
    world.standing(talk.people[farthest.person_name], weeks=12.0)
    one = told(crisis)[0]
    assert one.closest[0].person_name == farthest.person_name
    assert one.people == len(one.waiting) >= 6
    assert queries.pressing(one.group, most=1)[1][0].person_name == farthest.person_name


def test_gathering_again_changes_nothing_and_keeps_prepared_answers(talk, crisis, olga):
    group = largest(crisis)
    actions.prepare(group=group, text=ANSWER, by=olga, at=NOW)
    before = [(one.group.pk, one.messages, one.group.words) for one in told(crisis)]
    bridge.gather(crisis, now=NOW)
    assert [(one.group.pk, one.messages, one.group.words) for one in told(crisis)] == before
    assert Group.objects.of(talk.brand).get(pk=group.pk).answer == ANSWER


def test_a_prepared_answer_becomes_drafts_in_each_person_s_name(talk, crisis, olga):
    group = largest(crisis)
    actions.prepare(group=group, text=ANSWER, by=olga, at=NOW)
    group.refresh_from_db()
    done = actions.draft_answers(group=group, by=olga, at=NOW)
    made = drafts(talk)
    assert len(made) == done == min(len(told(crisis)[0].waiting), actions.AT_ONCE)
    assert {row.text for row in made} == {
        f"Dear {row.conversation.account.name}, we are sorry. olga" for row in made.select_related("conversation")
    }
    assert {row.member for row in made} == {olga}
    assert not Outgoing.objects.of(talk.brand).exists()


def test_no_draft_is_laid_where_a_colleague_is_or_somebody_has_begun(talk, crisis, olga, bea):
    group = largest(crisis)
    held, given, begun, answered = queries.pressing(group, most=4)[1]
    inbox.claim(conversation=held, by=bea, at=NOW)
    inbox.assign(conversation=given, to=bea, by=bea, at=NOW)
    inbox.draft(conversation=begun, text="I am on it", by=bea, at=NOW)
    inbox.answer(conversation=answered, text="done", by=bea, at=NOW, seen=seen(talk, answered.person_name))
    actions.prepare(group=group, text=ANSWER, by=olga, at=NOW)
    group.refresh_from_db()
    actions.draft_answers(group=group, by=olga, at=NOW)
    mine = set(drafts(talk).filter(member=olga).values_list("conversation_id", flat=True))
    assert mine
    assert not mine & {held.pk, given.pk, begun.pk, answered.pk}
    assert drafts(talk).get(member=bea).text == "I am on it"


def test_pressing_again_lays_no_second_draft(talk, crisis, olga, bea):
    group = largest(crisis)
    actions.prepare(group=group, text=ANSWER, by=olga, at=NOW)
    group.refresh_from_db()
    first = actions.draft_answers(group=group, by=olga, at=NOW)
    assert first < actions.AT_ONCE
    assert actions.draft_answers(group=group, by=bea, at=NOW) == 0


def test_without_a_prepared_answer_nothing_is_laid_out(talk, crisis, olga):
    assert actions.draft_answers(group=largest(crisis), by=olga, at=NOW) == 0


def test_who_was_answered_in_the_words_of_another_is_counted(talk, crisis, olga):
    first, second, third = queries.pressing(largest(crisis), most=3)[1]
    for row, text in (
        (first, f"Dear {first.person_name}, we are sorry."),
        (second, f"dear {second.person_name} - we are sorry!"),
        (third, "Your table will be looked after tomorrow."),
    ):
        inbox.answer(conversation=row, text=text, by=olga, at=NOW, seen=seen(talk, row.person_name))
    assert queries.same_words(crisis) == 2


def test_who_is_erased_leaves_their_group_at_once(talk, crisis):
    before = GroupMessage.objects.of(talk.brand).count()
    assert access(person=talk.people["Eve1"], by=None, at=NOW)["crises"]
    erase(person=talk.people["Eve1"], by=None, at=NOW)
    assert GroupMessage.objects.of(talk.brand).count() == before - 1
    assert sum(one.messages for one in told(crisis)) == before - 1


def test_words_that_fewer_than_three_people_are_left_of_are_forgotten(talk, crisis):
    group = largest(crisis)
    people = {line.account.person_id for line in group.lines.select_related("account")}
    chosen = [one for one in talk.people.values() if one.pk in people]
    for person in chosen[:-3]:
        erase(person=person, by=None, at=NOW)
    group.refresh_from_db()
    assert group.words
    erase(person=chosen[-1], by=None, at=NOW)
    group.refresh_from_db()
    assert group.words == []


def test_a_message_that_is_edited_leaves_its_group_until_it_is_read_anew(talk, crisis):
    line = GroupMessage.objects.of(talk.brand).order_by("pk")[0]
    line.activity.text = "all is well"
    line.activity.save(update_fields=["text"])
    assert not GroupMessage.objects.of(talk.brand).filter(pk=line.pk).exists()


def test_who_wants_to_be_left_alone_stands_in_no_group(talk, crisis):
    person = talk.people["Eve1"]
    before = sum(one.people for one in told(crisis))
    person.left_alone_at = NOW
    person.save()
    assert sum(one.people for one in told(crisis)) == before - 1


def test_what_is_behind_is_asked_as_often_for_few_as_for_many(talk, crisis, django_assert_max_num_queries):
    crisis = queries.crisis_or_404(talk.brand, crisis.pk)
    with django_assert_max_num_queries(6):
        queries.behind(crisis)
    group = queries.group_or_404(talk.brand, largest(crisis).pk)
    with django_assert_max_num_queries(5):
        queries.pressing(group, most=100)


def test_only_the_newest_are_looked_at_and_it_is_said(talk, crisis, monkeypatch):
    monkeypatch.setattr("entourage.web.crisis.bridge.gathering.LOOKED_AT", 10)
    bridge.gather(crisis, now=NOW + HOUR)
    crisis.refresh_from_db()
    assert (crisis.gathered, crisis.messages >= 24) == (10, True)
