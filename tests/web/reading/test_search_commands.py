"""``entourage search | topics | lessons``, as they are typed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.web import world
from tests.web.people.test_commands import told, typed
from tests.web.reading.talk import LEAKS

from entourage.web.people.actions import meet
from entourage.web.reading.actions import correct
from entourage.web.reading.models import Finding
from entourage.web.reading.queries import find

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


def test_lessons_are_told_to_the_last(database_url):
    brand = world.brand("tea", time_zone="UTC", languages=["en"])
    worked_on = {"brand": brand, "kind": "defect", "state": "noted", "changed_at": world.AT}
    Finding.objects.bulk_create(Finding(**worked_on, title=f"lid {number}") for number in range(70))
    lessons = told("lessons", "--brand", "tea")["lessons"]
    assert {one["title"] for one in lessons} == {f"lid {number}" for number in range(70)}
    assert len(lessons) == 70


def test_what_strangers_write_does_not_steer_the_terminal(tea):
    dee = world.account(tea, "dee\x1b[2J\nann")
    world.act(dee, text="my samovar\x1b]0;owned\x07 is \u202e loud")
    code, out, _ = typed("search", '"samovar"', "--brand", "tea")
    assert code == 0
    assert "dee [2J ann" in out
    assert "samovar ]0;owned" in out
    assert all(line.isprintable() for line in out.splitlines())
    assert "\x1b]0;owned\x07" in told("search", '"samovar"', "--brand", "tea", "--limit", "1")["found"][0]["text"]


def read(*words, given):
    command = [sys.executable, "-m", "entourage.cli", "read", "-", "--json", "--brand", "tea", *words]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_labels_given_beside_a_brand_are_learned_with_its_own(tea, tmp_path):
    odd = world.reading(world.act(world.account(tea, "ann"), text="Meh"), 0)
    correct(reading=find(tea, odd.pk), about="sentiment", value="negative", by=None, at=world.AT)
    file = tmp_path / "labels.csv"
    file.write_text("text,about,value\nBof,sentiment,positive\n", encoding="utf-8")
    code, answers, err = read("--labels", str(file), given="Meh\nBof\n")
    assert code == 0, err
    assert [max(one["sentiment"], key=one["sentiment"].get) for one in answers] == ["negative", "positive"]


def test_reading_as_a_brand_that_does_not_exist_is_refused(database_url):
    code, answers, err = read(given="Meh\n")
    assert (code, answers[0]["error"]["kind"]) == (1, "data")
    assert err == "`--brand` must be a brand that exists. Got tea; there is none yet. Import a file to make it.\n"
