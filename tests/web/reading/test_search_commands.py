"""``entourage search | topics | lessons``, as they are typed."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.people.test_commands import told, typed
from tests.web.reading.talk import LEAKS

from entourage.web.people.actions import meet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tea(database_url):
    """A brand whose messages nobody has read yet."""
    brand = world.brand("tea", time_zone="UTC", languages=["en"])
    for line in LEAKS.strip().splitlines():
        name, text = (part.strip() for part in line.split("|"))
        world.act(world.account(brand, f"{name}{len(text)}", name=name), text=text)
    meet(brand=brand)
    return brand


def test_search_reads_indexes_and_finds(tea):
    answer = told("search", "new kettle leaks", "--brand", "tea", "--limit", "3")
    assert answer["brand"] == "tea"
    assert len(answer["found"]) == 3
    first = answer["found"][0]
    assert "kettle" in first["text"]
    assert first["words"]
    assert set(first) == {"id", "at", "network", "person", "account", "text", "url", "nearness", "words", "copies"}
    code, out, _ = typed("search", '"second new kettle"', "--brand", "tea")
    assert code == 0
    assert "the second new kettle leaks on the table too" in out
    assert len(out.strip().splitlines()) == 1


def test_a_search_that_finds_nothing_says_so_and_an_empty_one_is_refused(tea):
    code, out, _ = typed("search", '"kettle of fish"', "--brand", "tea")
    assert (code, out.strip()) == (0, "No message of tea says this.")
    code, _, err = typed("search", "  ", "--brand", "tea")
    assert (code, err.strip()) == (1, "WORDS must say what to look for. Got nothing.")


def test_topics_and_lessons_tell_what_the_pages_tell(tea):
    week = told("topics", "--brand", "tea")
    assert week["week"] == "2026-03-16"
    assert [one["people"] for one in week["topics"]] == [6]
    assert "kettle" in week["topics"][0]["words"]
    lessons = told("lessons", "--brand", "tea")["lessons"]
    assert {one["kind"] for one in lessons} <= {"how_to", "defect", "idea"}


def test_a_week_that_was_not_looked_at_is_refused_with_those_that_were(tea):
    code, _, err = typed("topics", "--brand", "tea", "--week", "2020-01-06")
    assert code == 1
    assert "--week must be a Monday of the last eight weeks that have messages: 2026-03-16." in err
