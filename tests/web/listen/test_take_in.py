"""Taking in: once or ten times, late or out of order, the rows end the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web import world

from entourage.networks.activity import Account, Act, Activity, Change
from entourage.networks.base import Gone, Tie
from entourage.web.listen import actions, queries
from entourage.web.listen.keys import account_keys, activity_key, activity_keys, fingerprint
from entourage.web.listen.models import Account as Stored
from entourage.web.listen.models import AccountRole, Erased
from entourage.web.listen.models import Activity as Row
from entourage.web.listen.models import Tie as StoredTie

pytestmark = pytest.mark.django_db

MARCH = datetime(2024, 3, 1, tzinfo=UTC)


def account(name: str, **fields: str) -> Account:
    """`ann`, or `tea:own` where the source tells the kind."""
    handle, _, kind = name.partition(":")
    return Account(id=handle, **{"handle": handle, "kind": kind, **fields})


def act(line: str) -> Activity:
    """`id who act day [> to,to] [re id] [edited day] ["text"]`; the act `delete` is a deletion."""
    head, _, text = line.partition('"')
    identity, who, what, day, *rest = head.split()
    told = dict(zip(rest[::2], rest[1::2], strict=True))
    edited = told.get("edited")
    return Activity(
        network="x",
        id=identity,
        actor=account(who),
        act=Act.POST if what == "delete" else Act(what),
        change=Change.DELETE if what == "delete" else Change.UPDATE if edited else Change.CREATE,
        at=MARCH + timedelta(days=int(day) - 1),
        to=tuple(account(each) for each in told.get(">", "").split(",") if each),
        in_reply_to=told.get("re", ""),
        edited_at=MARCH + timedelta(days=int(edited) - 1) if edited else None,
        text=text.rstrip('"'),
    )


def log(table: str) -> list[Activity]:
    return [act(line.strip()) for line in table.strip().splitlines()]


def row(brand: Any, network_id: str) -> Row:
    return Row.objects.of(brand).select_related("account", "toward").get(network_id=network_id)


def toward(brand: Any, network_id: str) -> str:
    return str(row(brand, network_id).toward or "nobody")


def test_the_same_activities_twice_are_taken_once() -> None:
    tea = world.brand()
    acts = log("""
        1 ann mention 1 > tea "lovely"
        2 bob comment 2 > tea "win win"
    """)
    first = actions.take_in(brand=tea, activities=acts)
    again = actions.take_in(brand=tea, activities=acts)
    assert (first.accepted, first.repeated) == (2, 0)
    assert (again.accepted, again.repeated) == (0, 2)
    assert Row.objects.of(tea).count() == 2
    assert Stored.objects.of(tea).count() == 3
    assert row(tea, "1").text == "lovely"


def test_words_come_back_as_they_were_told() -> None:
    tea = world.brand()
    hostile = 'tab\there, line\nthere\r, back\\slash \\N, "quotes", ' + "é 漢 🫖 half \ud83d nul \0."
    told = Activity(
        network="x\t", id="a\\b\tc", actor=Account(id="ann", name="A\\nn\n"), act=Act.REVIEW, at=MARCH, text=hostile,
        tags=('say "hi"', "back\\slash", "été"), rating=0.75, language="fr", origin="draw\tone", url="https://x/1",
    )  # fmt: skip
    actions.take_in(brand=tea, activities=[told])
    kept = Row.objects.of(tea).get()
    assert kept.text == hostile.replace("\0", "").replace("\ud83d", "?")
    assert kept.tags == ['say "hi"', "back\\slash", "été"]
    assert (kept.network, kept.network_id, kept.rating, kept.origin) == ("x\t", "a\\b\tc", 0.75, "draw\tone")
    assert (kept.account.name, kept.at, kept.language) == ("A\\nn\n", MARCH, "fr")


def test_the_newest_edition_wins_whichever_comes_first() -> None:
    first, second = log("""
        1 dee mention 1 > tea "broken AGAIN"
        1 dee mention 1 edited 3 > tea "broken again, sorry for shouting"
    """)
    for slug, order in (("forth", [first, second]), ("back", [second, first])):
        brand = world.brand(slug)
        for each in order:
            actions.take_in(brand=brand, activities=[each])
        assert row(brand, "1").text == "broken again, sorry for shouting"
        assert row(brand, "1").edited_at == MARCH + timedelta(days=2)


def test_a_deletion_takes_the_words_and_stays_even_if_it_comes_first() -> None:
    tea = world.brand()
    gone, late = log("""
        1 dee delete 5
        1 dee mention 1 > tea "I take it back"
    """)
    actions.take_in(brand=tea, activities=[gone])
    assert Row.objects.of(tea).values_list("act", "text").get() == ("", "")
    actions.take_in(brand=tea, activities=[late])
    buried = row(tea, "1")
    assert (buried.act, buried.text, buried.account.handle) == ("mention", "", "dee")
    assert buried.deleted_at == MARCH + timedelta(days=4)


def test_the_same_id_told_otherwise_is_kept_as_first_told_and_said() -> None:
    tea = world.brand()
    first, other = log("""
        1 ann mention 1 > tea "lovely"
        1 ann mention 1 > tea "horrible"
    """)
    actions.take_in(brand=tea, activities=[first])
    told = actions.take_in(brand=tea, activities=[other])
    assert told.conflicts == ["1"]
    assert row(tea, "1").text == "lovely"
    together = actions.take_in(brand=world.brand("other"), activities=[first, other])
    assert (together.accepted, together.repeated, together.conflicts) == (1, 1, ["1"])


def test_an_act_is_turned_to_us_before_a_competitor_before_whoever_is_named_first() -> None:
    tea = world.brand()
    actions.take_in(
        brand=tea,
        activities=log("""
            1 ann mention 1 > bob,rival:organisation,tea:own
            2 ann mention 1 > bob,rival
            3 ann mention 1 > bob,cyd
        """),
    )
    assert [toward(tea, each) for each in "123"] == ["tea", "rival", "bob"]
    roles = dict(Stored.objects.of(tea).values_list("handle", "role"))
    assert (roles["tea"], roles["rival"], roles["bob"]) == ("own", "competitor", "public")


def test_a_reply_is_turned_to_whoever_wrote_what_it_answers_even_if_that_comes_later() -> None:
    tea = world.brand()
    question, answer, more = log("""
        1 dee mention 1 > tea "where is it?"
        2 tea reply 2 re 1
        3 dee reply 3 re 1 "still waiting"
    """)
    actions.take_in(brand=tea, activities=[answer, more])
    assert toward(tea, "2") == "nobody"
    actions.take_in(brand=tea, activities=[question])
    assert (toward(tea, "2"), toward(tea, "3")) == ("dee", "tea")


def test_an_account_marked_as_ours_later_turns_what_was_said_to_several() -> None:
    tea = world.brand()
    owner = world.member(tea)
    actions.take_in(brand=tea, activities=log("1 ann mention 1 > bob,tea"))
    assert toward(tea, "1") == "bob"
    found = actions.mark_by_name(brand=tea, name="@TEA", role=AccountRole.OWN, by=owner, at=MARCH)
    assert [each.handle for each in found] == ["tea"]
    assert toward(tea, "1") == "tea"
    assert found[0].person_id is None


def test_what_a_member_marked_is_not_told_otherwise_by_a_file() -> None:
    tea = world.brand()
    acts = log("1 ann mention 1 > rival:organisation")
    actions.take_in(brand=tea, activities=acts)
    (rival,) = queries.competitor_accounts(tea)
    actions.mark_account(account=rival, role=AccountRole.PUBLIC, by=world.member(tea), at=MARCH)
    actions.take_in(brand=tea, activities=acts)
    rival.refresh_from_db(from_queryset=Stored.objects.of(tea))
    assert rival.role == "public"
    assert rival.person_id is not None


def test_an_older_file_taken_in_later_brings_no_old_name_back() -> None:
    tea = world.brand()

    def told(identity: str, day: int, **names: str) -> Activity:
        actor = Account(id="42", **names)
        return Activity(network="x", id=identity, actor=actor, act=Act.MENTION, at=MARCH + timedelta(days=day))

    actions.take_in(brand=tea, activities=[told("2", 9, handle="ann_new")])
    actions.take_in(brand=tea, activities=[told("1", 1, handle="ann_old", name="Ann")])
    ann = Stored.objects.of(tea).get()
    assert (ann.handle, ann.name) == ("ann_new", "Ann")


def test_the_erased_stay_out_and_nobody_else_does() -> None:
    tea, rival = world.brand(), world.brand("rival")
    Erased.objects.create(brand=tea, fingerprint=fingerprint(account_keys(tea.pk)("x", "dee")), at=MARCH)
    acts = log("""
        1 dee mention 1 > tea:own "mine"
        2 ann mention 1 > dee,cyd "hello both"
        3 tea reply 2 > dee "sorry"
    """)
    for brand, left_out in ((tea, 1), (rival, 0)):
        taken = actions.take_in(brand=brand, activities=acts)
        assert (taken.left_out, taken.accepted) == (left_out, 3 - left_out)
    assert not Stored.objects.of(tea).filter(handle="dee").exists()
    assert (toward(tea, "2"), toward(tea, "3")) == ("cyd", "nobody")
    assert Stored.objects.of(rival).filter(handle="dee").exists()


def test_what_a_withdrawn_account_wrote_is_withdrawn_whenever_it_arrives() -> None:
    tea = world.brand()
    early, late, after = log("""
        1 dee mention 1 > tea "one"
        2 dee mention 2 > tea "two"
        3 dee mention 9 > tea "back again"
    """)
    withdrawn = Gone(network="x", account_id="dee", at=MARCH + timedelta(days=4))
    actions.take_in(brand=tea, activities=[early], gone=[withdrawn])
    actions.take_in(brand=tea, activities=[late, after])
    assert [row(tea, each).text for each in "123"] == ["", "", "back again"]
    assert actions.take_in(brand=tea, activities=[], gone=[withdrawn]).repeated == 1


def test_undated_ties_are_set_and_never_added_up() -> None:
    tea = world.brand()
    ties = [Tie(network="x", kind=Act.SHARE, source=account("ann"), target=account("cyd"), weight=3)]
    first = actions.take_in(brand=tea, activities=[], ties=ties)
    again = actions.take_in(brand=tea, activities=[], ties=ties)
    assert (first.accepted, again.accepted, again.repeated) == (1, 0, 1)
    assert StoredTie.objects.of(tea).get().weight == 3


def test_both_ways_of_making_keys_agree() -> None:
    for network, identity in (("x", "1"), ("x", "é\ud83d"), ("", "")):
        assert activity_keys(7)(network, identity) == activity_key(7, network, identity)


@st.composite
def histories(draw: st.DrawFn) -> list[Activity]:
    """Tellings of a few activities: first versions, editions and deletions that do not contradict each other."""
    tellings = []
    for number in range(draw(st.integers(1, 4))):
        who = draw(st.sampled_from(["ann", "bob", "cyd", "dee"]))
        to = draw(st.sampled_from(["tea", "tea,bob", "rival,ann", "ann"]))
        answers = draw(st.sampled_from(["", "re 0", "re 1", "re 9"]))
        tellings.append(act(f'{number} {who} reply 1 > {to} {answers} "first {number}"'))
        tellings += [
            act(f'{number} {who} reply 1 edited {day} > {to} {answers} "edition {day}"')
            for day in draw(st.sets(st.integers(2, 5), max_size=2))
        ]
        tellings += [act(f"{number} {who} delete {day}") for day in draw(st.sets(st.integers(2, 9), max_size=2))]
    return tellings


def rows(brand: Any) -> list[tuple[Any, ...]]:
    """All that was kept, without the keys, which are the brand's own."""
    kept = Row.objects.of(brand).select_related("account", "toward").order_by("network_id")
    return [
        (
            a.network_id,
            str(a.account),
            a.act,
            a.at,
            str(a.toward),
            a.reply_to is None,
            a.text,
            a.edited_at,
            a.deleted_at,
        )
        for a in kept
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), data=st.data())
def test_any_order_and_any_repetition_end_in_the_same_rows(history: list[Activity], data: st.DataObject) -> None:
    number = Stored.objects.everywhere().count()
    plain, shuffled = world.brand(f"plain-{number}-{id(history)}"), world.brand(f"shuffled-{number}-{id(history)}")
    taken = actions.take_in(brand=plain, activities=history)
    assert taken.rows == taken.accepted + taken.repeated
    told = data.draw(st.permutations(history + data.draw(st.lists(st.sampled_from(history), max_size=4))))
    cut = data.draw(st.integers(0, len(told)))
    for part in (told[:cut], told[cut:]):
        actions.take_in(brand=shuffled, activities=part)
    assert rows(shuffled) == rows(plain)
    assert actions.take_in(brand=plain, activities=history).accepted == 0
    for brand in (plain, shuffled):
        Row.objects.of(brand).delete()
        Stored.objects.of(brand).delete()
        brand.delete()
