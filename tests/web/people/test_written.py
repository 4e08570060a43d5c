"""What members wrote about somebody who is erased, wherever they wrote it: the words stay, the name does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.inbox.talk import NOW, Talk

from entourage.web.crisis.models import Crisis, Group
from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Draft, Label, Macro, Step, View
from entourage.web.inbox.queries import thread_of
from entourage.web.operations.models import Operation
from entourage.web.outbox.models import Outgoing
from entourage.web.people.actions import erase
from entourage.web.people.models import Person, Segment
from entourage.web.reading.models import Finding
from entourage.web.service.models import Rule
from entourage.web.today import actions as today
from entourage.web.today.models import Pledge

pytestmark = pytest.mark.django_db

NAMED = "ask @ann.moreau, not @ann.moreaux"
CLEAN = "ask […], not @ann.moreaux"


@pytest.fixture
def talk():
    made = Talk(world.brand("tea"))
    made.say("""
        a | 9 | Ann.Moreau | | where is my parcel?
        b | 8 | Bob        | | and mine?
        c | 7 | Cyd        | | and mine?
    """)
    made.thread()
    return made


def written(talk, by):
    """A draft, an answer, a promise, a prepared answer, a crisis: all about Ann, none of them to her."""
    bob, tea = talk.of("Bob"), talk.brand
    inbox.answer(conversation=bob, text=NAMED, by=by, at=NOW, seen=thread_of(bob).seen)
    inbox.draft(conversation=bob, text=NAMED, by=by, at=NOW)
    today.promise(conversation=bob, what=NAMED, due_at=NOW + timedelta(days=1), by=by, at=NOW)
    crisis = Crisis.objects.create(
        brand=tea, name=NAMED, by=by, named=True, opened_at=NOW, until=NOW, starts_at=NOW - timedelta(days=1)
    )
    Group.objects.create(brand=tea, crisis=crisis, words=[], answer=NAMED)


def told(talk):
    columns = ((Outgoing, "text"), (Draft, "text"), (Pledge, "what"), (Crisis, "name"), (Group, "answer"))
    return {model.__name__: model.objects.of(talk.brand).values_list(name, flat=True).get() for model, name in columns}


def test_their_name_is_taken_out_of_all_that_members_wrote_about_them(talk):
    written(talk, world.member(talk.brand))
    assert set(told(talk).values()) == {NAMED}
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert set(told(talk).values()) == {CLEAN}


def test_another_brand_s_words_stay_as_they_are(talk):
    ink = Talk(world.brand("ink"))
    ink.say("b | 8 | Bob | | and mine?")
    ink.thread()
    written(ink, world.member(ink.brand))
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert set(told(ink).values()) == {NAMED}


@pytest.mark.parametrize("state", ["held", "by_hand", "queued", "failed"])
def test_what_has_not_left_for_somebody_else_leaves_without_their_name(talk, state):
    written(talk, world.member(talk.brand))
    enclosed(talk, state)
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert leaving(talk) == (CLEAN, CLEAN, CLEAN, CLEAN)


def test_what_is_leaving_just_now_leaves_whole(talk):
    written(talk, world.member(talk.brand))
    enclosed(talk, "sending")
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert leaving(talk) == (NAMED, NAMED, NAMED, NAMED)


def enclosed(talk, state):
    Outgoing.objects.of(talk.brand).update(state=state, subject=NAMED)
    row = Outgoing.objects.of(talk.brand).get()
    row.enclosures.create(brand=talk.brand, name=NAMED, alt=NAMED, kind="text/plain", content=b"tea")


def leaving(talk):
    row = Outgoing.objects.of(talk.brand).get()
    file = row.enclosures.get()
    return row.text, row.subject, file.name, file.alt


def labelled(talk, *names):
    """Bob's conversation with these labels, as a rule has put them on it."""
    for name in names:
        inbox.label(conversation=talk.of("Bob"), name=name, by=None, at=NOW)


def labels(talk):
    """The labels on Bob's conversation, in the order in which they were put on it."""
    names = dict(Label.objects.of(talk.brand).values_list("pk", "name"))
    return [names[one] for one in talk.of("Bob").labels]


def steps(talk):
    told = Step.objects.of(talk.brand).filter(what__in=["labelled", "unlabelled"]).order_by("pk")
    return list(told.values_list("detail__label", flat=True))


def test_labels_that_name_them_stay_without_the_name_and_so_do_the_lines_that_tell_of_them(talk):
    Person.objects.of(talk.brand).filter(pk=talk.people["Ann.Moreau"].pk).update(name="Ann Moreau")
    labelled(talk, "Ann Moreau", "@ann.moreau", "ANN.MOREAU", "as Ann Moreau said", "Ann", "moreaux", "late")
    erase(person=Person.objects.of(talk.brand).get(name="Ann Moreau"), by=None, at=NOW)
    assert labels(talk) == ["[…]", "[…] 2", "[…] 3", "as […] said", "Ann", "moreaux", "late"]
    assert steps(talk) == ["[…]", "[…]", "[…]", "as […] said", "Ann", "moreaux", "late"]


def test_a_label_that_is_gone_is_not_named_in_the_thread_either(talk):
    labelled(talk, "@ann.moreau")
    inbox.remove_label(label=Label.objects.of(talk.brand).get(), by=world.member(talk.brand), at=NOW)
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert steps(talk) == ["[…]"]


def test_a_second_person_erased_finds_the_labels_of_the_first_in_place(talk):
    labelled(talk, "@ann.moreau", "@cyd", "x" * 36 + "@cyd")
    for name in ("Ann.Moreau", "Cyd"):
        erase(person=talk.people[name], by=None, at=NOW)
    assert labels(talk) == ["[…]", "[…] 2", "x" * 36 + "[…]"]


def test_a_label_grows_no_longer_than_a_label_may_be(talk):
    talk.say("d | 7 | Q | | and mine?")
    long = "y" * 38
    labelled(talk, long + "@q", long + "[…", "@q")
    erase(person=talk.people["Q"], by=None, at=NOW)
    assert labels(talk) == ["y" * 38 + " 2", long + "[…", "[…]"]


def test_another_brand_s_labels_keep_their_names(talk):
    ink = Talk(world.brand("ink"))
    ink.say("b | 8 | Bob | | and mine?")
    ink.thread()
    labelled(ink, "@ann.moreau")
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert (labels(ink), steps(ink)) == (["@ann.moreau"], ["@ann.moreau"])


def test_a_view_of_the_inbox_that_searched_for_them_alone_is_gone(talk):
    olga = world.member(talk.brand)
    for name, query in (("hers", "q=%40ann.moreau&box=all"), ("parcels", "q=parcel"), ("late", "waiting=24")):
        inbox.save_view(brand=talk.brand, name=name, query=query, by=olga, at=NOW)
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert sorted(View.objects.of(talk.brand).values_list("name", flat=True)) == ["late", "parcels"]


def test_what_members_called_after_them_stays_without_the_name(talk):
    brand, olga, bea = talk.brand, world.member(talk.brand), world.member(talk.brand, "agent", "bea@example.org")
    Segment.objects.create(brand=brand, name="friends of @ann.moreau", query="ring=close")
    Macro.objects.create(brand=brand, name="for @ann.moreau", text="As @ann.moreau says: {{handle}}, thank you.")
    for name, whose in (("Ann.Moreau", olga), ("@ann.moreau", bea), ("late", None)):
        View.objects.create(brand=brand, name=name, query="waiting=24", member=whose)
    Rule.objects.create(brand=brand, place=1, name="@ann.moreau to press", words=["press"])
    ink = world.brand("ink")
    Segment.objects.create(brand=ink, name="friends of @ann.moreau", query="ring=close")
    for _ in range(2):
        erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert Segment.objects.of(brand).get().name == "friends of […]"
    assert Segment.objects.of(ink).get().name == "friends of @ann.moreau"
    macro = Macro.objects.of(brand).get()
    assert (macro.name, macro.text) == ("for […]", "As […] says: {{handle}}, thank you.")
    assert sorted(View.objects.of(brand).values_list("name", flat=True)) == ["[…]", "[…] 2", "late"]
    assert Rule.objects.of(brand).get().name == "[…] to press"


def test_a_name_that_is_an_ordinary_word_stays_where_it_means_something_else(talk):
    Person.objects.of(talk.brand).filter(pk=talk.people["Ann.Moreau"].pk).update(name="Late")
    Rule.objects.create(brand=talk.brand, place=1, name="Late", words=["late"])
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert (Rule.objects.of(talk.brand).get().name, Rule.objects.of(talk.brand).get().words) == ("Late", ["late"])


def test_a_rule_looks_for_them_no_more_and_rests_where_it_looked_for_nobody_else(talk):
    rules = Rule.objects.of(talk.brand)
    for place, words in enumerate((["press", "@ann.moreau", "radio"], ["ann.moreau"], ["press"], [])):
        Rule.objects.create(brand=talk.brand, place=place, name=str(place), words=words)
    other = Rule.objects.create(brand=world.brand("ink"), place=1, name="ink", words=["@ann.moreau"])
    for _ in range(2):
        erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    assert list(rules.order_by("place").values_list("words", "active")) == [
        (["press", "radio"], True), (["[…]"], False), (["press"], True), ([], True),
    ]  # fmt: skip
    assert Rule.objects.of(other.brand).get().words == ["@ann.moreau"]


def test_operations_and_lessons_that_name_them_stay_without_the_name(talk):
    told = {"starts_at": NOW - timedelta(days=9), "ends_at": NOW}
    Operation.objects.create(brand=talk.brand, name="Tea with @ann.moreau", post="@ann.moreau's post", **told)
    Operation.objects.create(brand=talk.brand, name="Tea", **told)
    Finding.objects.create(brand=talk.brand, kind="idea", title="a pot, says @ann.moreau")
    erase(person=talk.people["Ann.Moreau"], by=None, at=NOW)
    kept = Operation.objects.of(talk.brand).order_by("pk").values_list("name", "post")
    assert list(kept) == [("Tea with […]", "[…]'s post"), ("Tea", "")]
    assert Finding.objects.of(talk.brand).get().title == "a pot, says […]"
