"""Which messages make a conversation, and what answers it: the rules of docs/methods/first-response.md on real rows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.web import world

from entourage.web.listen.models import Activity
from entourage.web.operations.models import Operation
from entourage.web.people.models import Person
from entourage.web.results.bridge.conversations import frame, gather
from entourage.web.results.models import Audit, AuditedConversation

if TYPE_CHECKING:
    from collections.abc import Callable

    from entourage.web.core.models import Brand
    from entourage.web.listen.models import Account

pytestmark = pytest.mark.django_db
AT = world.AT
hour = timedelta(hours=1)
day = timedelta(days=1)


@pytest.fixture
def brand() -> Brand:
    return world.brand("tea", time_zone="Europe/Paris")


@pytest.fixture
def page(brand: Brand) -> Account:
    return world.account(brand, "maisontilleul", role="own")


@pytest.fixture
def people(brand: Brand) -> dict[str, Person]:
    """Everybody, as they come: ``people["Ann"]`` meets her."""

    class Town(dict[str, Person]):
        def __missing__(self, name: str) -> Person:
            return self.setdefault(name, world.person(brand, name))

    return Town()


@pytest.fixture
def ask(people: dict[str, Person], page: Account) -> Callable[..., Activity]:
    """Somebody asks our page something, so long ago."""

    def asked(name: str, ago: timedelta, *, act: str = "comment", **fields: object) -> Activity:
        return world.act(people[name], act, AT - ago, toward=page, text=f"{name} asks", **fields)

    return asked


def below(activity: Activity, parent: Activity) -> None:
    """Put an activity below another one, as a network tells it that tells no context."""
    Activity.objects.of(activity.brand).filter(pk=activity.pk).update(reply_to=parent.pk, context=None)


def found(brand: Brand, weeks: int = 13) -> list[AuditedConversation]:
    audit = Audit.objects.create(brand=brand, starts_at=AT - timedelta(weeks=weeks), ends_at=AT)
    gather(audit, brand)
    return list(AuditedConversation.objects.of(brand).filter(audit=audit).order_by("asked_at"))


def test_a_reply_to_the_message_answers_it(brand, page, ask):
    question = ask("Ann", 5 * hour)
    answer = world.act(page, "reply", AT - 2 * hour, reply_to=question)
    (one,) = found(brand)
    assert (one.message, one.answer, one.answered_at - one.asked_at) == (question.pk, answer.pk, 3 * hour)


def test_words_to_the_person_in_the_same_thread_answer_it_too(brand, page, ask, people):
    post = world.act(page, "post", AT - 9 * hour)
    question = ask("Ann", 5 * hour, reply_to=post)
    world.act(page, "comment", AT - 4 * hour, toward=world.account_of(people["Ann"]), reply_to=post)
    (one,) = found(brand)
    assert (one.message, one.answered_at) == (question.pk, AT - 4 * hour)


def test_an_answer_to_somebody_else_in_the_thread_answers_nothing(brand, page, ask, people):
    post = world.act(page, "post", AT - 9 * hour)
    ask("Ann", 5 * hour, reply_to=post)
    bob = ask("Bob", 5 * hour, reply_to=post)
    world.act(page, "reply", AT - 4 * hour, toward=world.account_of(people["Bob"]), reply_to=bob)
    assert sorted(bool(one.answer) for one in found(brand)) == [False, True]


def test_a_like_is_no_answer(brand, page, ask):
    question = ask("Ann", 5 * hour)
    world.act(page, "like", AT - 4 * hour, reply_to=question)
    assert [one.answer for one in found(brand)] == [None]


def test_a_bot_of_ours_is_no_answer(brand, ask):
    question = ask("Ann", 5 * hour)
    bot = world.account(brand, "tilleulbot", role="own", told_kind="bot")
    world.act(bot, "reply", AT - 5 * hour, reply_to=question)
    assert [one.answer for one in found(brand)] == [None]


def test_three_messages_in_a_thread_are_one_conversation_from_the_first_on(brand, page, ask):
    first = ask("Dee", 9 * hour)
    ask("Dee", 8 * hour, reply_to=first)
    third = ask("Dee", 7 * hour, reply_to=first)
    world.act(page, "reply", AT - 6 * hour, reply_to=third)
    (one,) = found(brand)
    assert (one.messages, one.message, one.answered_at - one.asked_at) == (3, first.pk, 3 * hour)


def test_where_no_context_is_told_the_chain_of_replies_is_climbed(brand, page, ask):
    """Dee writes, writes below it, and again below that; the answer stands under the last and is turned to nobody."""
    first, second, third = (ask("Dee", hours * hour, context=None) for hours in (9, 8, 7))
    answer = world.act(page, "reply", AT - 6 * hour)
    for activity, parent in ((second, first), (third, second), (answer, third)):
        below(activity, parent)
    (one,) = found(brand)
    assert (one.messages, one.answer) == (3, answer.pk)


def test_a_loop_of_replies_ends(brand, page, ask):
    one, other = ask("Ann", 3 * hour), ask("Ann", 2 * hour)
    below(one, other)
    below(other, one)
    assert 1 <= len(found(brand)) <= 2


def test_a_thread_that_we_opened_is_no_first_response(brand, page, ask, people):
    opened = world.act(page, "message", AT - 9 * hour, toward=world.account_of(people["Ann"]))
    ask("Ann", 5 * hour, reply_to=opened)
    assert found(brand) == []


def test_a_conversation_that_began_before_the_period_is_left_out(brand, page, ask):
    begun = ask("Ann", 8 * day)
    ask("Ann", 6 * day, reply_to=begun)
    assert found(brand, weeks=1) == []


def test_an_entry_in_an_operation_asks_nothing(brand, ask, people):
    Operation.objects.create(brand=brand, name="Contest", starts_at=AT - 9 * day, ends_at=AT - day, hashtag="win")
    ask("Bob", 2 * day, tags=["win"])
    ask("Ann", 2 * day, tags=["tea"])
    ask("Cyd", 2 * hour, tags=["win"])  # after the end: a question about it
    assert {one.person_id for one in found(brand)} == {people["Ann"].pk, people["Cyd"].pk}


def test_deleted_words_staff_bots_and_likes_ask_nothing(brand, page, ask, people):
    ask("Ann", hour, deleted_at=AT)
    ask("Bob", hour, act="like")
    people["Sue"] = world.person(brand, "Sue", kind="staff")
    ask("Sue", hour)
    robot = world.account(brand, "robot", told_kind="bot")
    world.act(robot, "comment", AT - hour, toward=page, text="Price alert")
    assert found(brand) == []


def test_competitors_are_told_apart_under_their_names(brand, ask):
    rival = world.account(brand, "TheDuQuai", role="competitor")
    ann = world.account_of(world.person(brand, "Ann"))
    question = world.act(ann, "mention", AT - 5 * hour, toward=rival, text="?")
    world.act(rival, "reply", AT - 4 * hour, reply_to=question)
    (one,) = found(brand)
    assert (one.page, one.answered_at - one.asked_at) == ("theduquai", hour)


def test_our_answer_under_a_competitors_thread_answers_nothing_there(brand, page):
    rival = world.account(brand, "theduquai", role="competitor")
    ann = world.account_of(world.person(brand, "Ann"))
    question = world.act(ann, "mention", AT - 5 * hour, toward=rival, text="?")
    world.act(page, "reply", AT - 4 * hour, reply_to=question)
    assert [one.answer for one in found(brand)] == [None]


def test_the_hour_of_the_week_is_the_brands_own(brand, ask):
    """Monday nine in universal time is ten in Paris in winter; a second earlier it is still nine."""
    ask("Ann", timedelta(seconds=1))
    (one,) = found(brand)
    assert one.hour == 9


def test_an_answer_of_unknown_moment_is_known_to_be_so(brand, page, ask):
    question = ask("Ann", 5 * hour)
    world.act(page, "reply", AT - 5 * hour, reply_to=question, timing="after")
    audit = Audit.objects.create(brand=brand, starts_at=AT - 7 * day, ends_at=AT)
    gather(audit, brand)
    assert frame(audit).select(["known", "timing"]).to_pylist() == [{"known": False, "timing": "after"}]


def test_another_brand_is_not_looked_at(brand, page, ask):
    ask("Ann", 5 * hour)
    assert found(world.brand("ink")) == []


def test_gathering_twice_replaces(brand, ask):
    ask("Ann", 5 * hour)
    audit = Audit.objects.create(brand=brand, starts_at=AT - 7 * day, ends_at=AT)
    assert (gather(audit, brand), gather(audit, brand)) == (1, 1)
    assert AuditedConversation.objects.of(brand).count() == 1
