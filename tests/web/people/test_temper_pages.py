"""Warmth where it is shown: the person's page and its timeline, the list and its file, the rings."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web import world

from entourage.web.people import queries
from entourage.web.people.bridge.counts import counts
from entourage.web.people.models import Scoring

pytestmark = pytest.mark.django_db

WARM = {"warmth": 0.62, "warmth_low": 0.41, "warmth_high": 0.78, "temper": "warm", "judged": 14, "positive": 12}
COLD = {"warmth": -0.5, "warmth_low": -0.71, "warmth_high": -0.2, "temper": "hostile", "judged": 6, "negative": 5}
EVEN = {"warmth": 0.1, "warmth_low": -0.2, "warmth_high": 0.4, "temper": "mixed", "judged": 4, "positive": 2}


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC")


@pytest.fixture
def ours(tea):
    return world.account(tea, "ourpage", role="own")


@pytest.fixture
def cast(tea, ours):
    """Ann is an ally, Bob was never judged, Cyd is a critic, Dee an angry regular, Eve a regular."""
    ann, bob, cyd, dee, eve = (world.person(tea, name) for name in ("Ann", "Bob", "Cyd", "Dee", "Eve"))
    world.standing(ann, 9.5, name="ally", negative=1, **WARM)
    world.standing(bob, 0.2)
    world.standing(cyd, 0.4, name="critic", **COLD)
    world.standing(dee, 7.0, name="hostile_regular", **COLD)
    world.standing(eve, 4.0, name="regular", **EVEN)
    scored(tea)
    return {"Ann": ann, "Bob": bob, "Cyd": cyd, "Dee": dee, "Eve": eve}


def scored(brand):
    return Scoring.objects.create(
        brand=brand, at=world.AT, unit="week", horizon=13, model="bgbb", counts=counts(brand), started_at=world.AT,
        finished_at=timezone.now(),
    )  # fmt: skip


def seen(client, brand, path, role="agent"):
    world.signed_in(client, world.member(brand, role))
    return client.get(f"/b/{brand.slug}/{path}").content.decode()


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("Ann", "Ann is for us: of 14 judged messages, 12 for us and 1 against."),
        ("Bob", "Nothing that Bob wrote to us could be judged to be for or against us."),
        ("Cyd", "Cyd is against us: of 6 judged messages, 5 against us and 0 for."),
        (
            "Dee",
            (
                "Dee is against us: of 6 judged messages, 5 against us and 0 for. A regular who is angry is no fan: "
                "answer first."
            ),
        ),
        ("Eve", "Eve is neither for nor against us for certain: of 4 judged messages, 2 for us and 0 against."),
    ],
)
def test_one_sentence_says_for_or_against(tea, cast, who, sentence):
    story = queries.story(queries.person_or_404(tea, cast[who].pk), scoring=queries.latest_scoring(tea))
    assert story.temper == sentence


def test_a_persons_page_shows_warmth_with_its_interval_beside_closeness(client, tea, cast):
    page = seen(client, tea, f"people/{cast['Ann'].pk}/")
    for words in (
        "Warmth",
        "+0.62",
        "+0.41 to +0.78, four times in five",
        "12 for us, 1 neither, 1 against, as read",
        "ally",
    ):
        assert words in page
    assert 'class="whisker warmth is-warm"' in page
    assert 'x1="70.5" x2="89.0"' in page, "from 0.41 to 0.78 on a line from -1 to 1"


def test_nobody_who_was_not_judged_gets_a_number(client, tea, cast):
    page = seen(client, tea, f"people/{cast['Bob'].pk}/")
    assert "Warmth" not in page
    assert "could be judged" in page


def test_the_messages_that_decided_are_shown_with_why(client, tea, cast, ours):
    ann = cast["Ann"]
    loved = world.act(ann, "comment", world.AT - timedelta(days=3), toward=ours, text="Lovely <b>tea</b>")
    world.reading(loved, 1)
    world.reading(world.act(ann, "comment", world.AT - timedelta(days=2), toward=ours, text="Where is it?"), 0)
    rival = world.account(tea, "rival", role="competitor")
    world.reading(world.act(ann, "comment", world.AT - timedelta(days=1), toward=rival, text="Horrid"), -1)
    page = seen(client, tea, f"people/{ann.pk}/")
    card = page.partition('id="warmth"')[2].partition("</section>")[0]
    assert "Lovely &lt;b&gt;tea&lt;/b&gt;" in card
    assert f"/b/tea/reading/{loved.pk}/" in card
    assert "Where is it?" not in card, "a neutral message decides nothing"
    assert "Horrid" not in card, "what is said to a competitor is not said to us"


def test_at_most_four_messages_of_each_sign_newest_first(tea, cast, ours):
    world.said(cast["Ann"], "-++++++", toward=ours)
    story = queries.story(queries.person_or_404(tea, cast["Ann"].pk), scoring=queries.latest_scoring(tea))
    assert [one.side for one in story.decided] == ["for"] * 4 + ["against"]
    assert [one.reading.at for one in story.decided] == sorted((one.reading.at for one in story.decided), reverse=True)


def test_the_timeline_is_coloured_by_sign_and_against_is_below_the_line(tea, cast, ours):
    dee = cast["Dee"]
    world.said(dee, "-+o?", toward=ours)
    world.act(dee, "like", world.AT - timedelta(days=1))
    story = queries.story(queries.person_or_404(tea, dee.pk), scoring=queries.latest_scoring(tea))
    picture = queries.timeline(story)
    drawn = {value["kind"]: value["height"] for value in picture.spec["data"]["values"]}
    assert drawn == {"for us": 1, "neither": 1, "not judged": 1, "against us": -1, "presence": 1}
    colour = picture.spec["encoding"]["color"]["scale"]
    assert dict(zip(colour["domain"], colour["range"], strict=True)) == {
        "for us": "token:warm-2", "neither": "token:even", "not judged": "token:hollow", "against us": "token:cold-2",
        "presence": "token:ring-1",
    }  # fmt: skip
    assert picture.columns == ["From", "Engagement", "for us", "neither", "not judged", "against us", "Other acts"]
    assert [row[2:6] for row in picture.rows][-1] == ["0", "0", "0", "1"]


def test_each_message_bears_its_sign_in_words(client, tea, cast, ours):
    world.said(cast["Dee"], "-", toward=ours)
    page = seen(client, tea, f"people/{cast['Dee'].pk}/").partition('id="messages-said"')[2]
    assert '<span class="sign against"></span>' in page
    assert "against us</a>" in page


def names(brand, **asked):
    page = queries.listing(brand, queries.Filters.read(asked), scoring=queries.latest_scoring(brand))
    return " ".join(person.name for person in page.people), page.total


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"standing": "ally"}, "Ann"),
        ({"standing": "hostile_regular"}, "Dee"),
        ({"standing": "critic"}, "Cyd"),
        ({"standing": "regular"}, "Eve"),
        ({"standing": "unknown"}, "Bob"),
        ({"standing": "passing"}, ""),
        ({"standing": "friend"}, "Ann Dee Eve Cyd Bob"),
        ({"sort": "warmth"}, "Ann Eve Cyd Dee"),
        ({"sort": "hostility"}, "Cyd Dee Eve Ann"),
        ({"sort": "hostility", "ring": "inner"}, "Dee Ann"),
    ],
)
def test_the_list_is_filtered_by_standing_and_sorted_by_warmth(tea, cast, asked, found):
    assert names(tea, **asked) == (found, len(found.split()))


def test_pages_of_the_warmest_follow_each_other_without_gap_or_repeat(tea):
    for number in range(120):
        told = {**EVEN, "warmth": number % 3 / 10}
        world.standing(world.person(tea, f"P{number:03}"), 1.0, name="passing", **told)
    scoring = scored(tea)
    for sort in ("warmth", "hostility"):
        filters, found, after = queries.Filters(sort=sort), [], None
        while True:
            page = queries.listing(tea, filters, scoring=scoring, after=after)
            found += [person.pk for person in page.people]
            if (after := page.after) is None:
                break
        assert len(found) == len(set(found)) == 120


def test_the_list_shows_warmth_and_the_name_of_a_standing(client, tea, cast):
    page = seen(client, tea, "people/")
    row = page.partition(">Dee</a>")[2].partition("</tr>")[0]
    assert "hostile regular" in row
    assert "\N{MINUS SIGN}0.50" in row
    assert "\N{MINUS SIGN}0.71 to \N{MINUS SIGN}0.20" in row
    assert "nothing judged" in page.partition(">Bob</a>")[2].partition("</tr>")[0]
    assert '<option value="hostile_regular">hostile regular (1)</option>' in page


def test_the_file_holds_warmth_and_standing(client, tea, cast):
    world.signed_in(client, world.member(tea, "analyst"))
    answer = client.get("/b/tea/people/export.csv")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))}
    assert (rows["Ann"]["standing"], rows["Ann"]["warmth_low"], rows["Ann"]["positive"]) == ("ally", "0.41", "12")
    assert (rows["Bob"]["standing"], rows["Bob"]["warmth"]) == ("unknown", "")


def test_the_rings_are_coloured_by_warmth_with_a_legend_in_words(client, tea, cast):
    page = seen(client, tea, "people/rings/")
    assert "<title>Dee, hostile regular</title>" in page
    for temper in ("warm", "hostile", "mixed", "unknown"):
        assert f'class="someone is-{temper}"' in page
        assert f'class="sign is-{temper}"' in page


def test_a_persons_data_tell_their_warmth(client, tea, cast):
    world.signed_in(client, world.member(tea))
    told = client.get(f"/b/tea/people/{cast['Ann'].pk}/data.json").json()
    assert (told["standing"]["warmth"], told["standing"]["name"]) == (0.62, "ally")
