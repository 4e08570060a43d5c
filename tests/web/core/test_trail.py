"""The trail: newest first, by kind and by member, page after page without a gap."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web import world

import entourage
from entourage.web.core import actions
from entourage.web.core.words import LINES, NOUNS

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return world.member(world.brand())


def write(owner, count, what="person.erased"):
    for number in range(count):
        actions.record(brand=owner.brand, by=owner, at=world.AT, what=what, subject=f"subject {number};")


def subjects(page):
    return [int(number) for number in re.findall(r"subject (\d+);", page)]


def test_the_pages_of_the_trail_leave_nothing_out(client, owner):
    write(owner, 120)
    world.signed_in(client, owner)
    path, seen = "/b/tea/trail/", []
    while path:
        page = client.get(path).content.decode()
        seen += subjects(page)
        after = re.search(r'rel="next" href="\?([^"]+)"', page)
        path = f"/b/tea/trail/?{after[1]}" if after else ""
    assert seen == list(reversed(range(120)))


def test_a_kind_shows_its_lines_only(client, owner):
    write(owner, 2)
    write(owner, 1, what="people.exported")
    page = world.signed_in(client, owner).get("/b/tea/trail/?what=person").content.decode()
    assert subjects(page) == [1, 0]


def test_a_member_shows_what_they_did(client, owner):
    other = world.member(owner.brand, "manager")
    write(owner, 1)
    write(other, 2)
    page = world.signed_in(client, owner).get(f"/b/tea/trail/?by={other.pk}").content.decode()
    assert len(subjects(page)) == 2


@pytest.mark.parametrize("query", ["after=x", "by=1.5", "after=99999999999999999999999"])
def test_a_damaged_address_shows_a_page_all_the_same(client, owner, query):
    assert world.signed_in(client, owner).get(f"/b/tea/trail/?{query}").status_code == 200


def test_an_address_with_a_nul_is_refused_in_words(client, owner):
    page = world.signed_in(client, owner).get("/b/tea/trail/?what=%00")
    assert page.status_code == 400
    assert "not understood" in page.content.decode()


def test_every_word_that_the_code_writes_has_its_sentence_and_its_kind():
    code = "".join(path.read_text() for path in Path(entourage.__file__).parent.rglob("*.py"))
    written = set(re.findall(r"what=\"([a-z]+\.[a-z-]+)\"", code))
    assert "brand.made" in written
    assert written <= LINES.keys()
    assert {word.split(".")[0] for word in LINES} == NOUNS.keys()


def test_an_empty_trail_says_what_will_stand_there(client, owner):
    assert "Nothing here yet" in world.signed_in(client, owner).get("/b/tea/trail/").content.decode()


def test_a_long_trail_costs_no_more_queries_than_a_short_one(client, owner, django_assert_num_queries):
    write(owner, 60)
    world.signed_in(client, owner)
    with django_assert_num_queries(6):  # session, user, member, brands of the switcher, events, members of the filter
        client.get("/b/tea/trail/")
