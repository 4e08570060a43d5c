"""The list of people: its filters, its pages, its search, its file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web import world

from entourage.web.core.models import AuditEvent
from entourage.web.people import queries
from entourage.web.people.bridge.counts import counts
from entourage.web.people.models import Scoring, Segment, StandingName

pytestmark = pytest.mark.django_db

CAST = """
    name  weeks movement  asked answered seen  network
    Ann   9.5   closer    4     4        1     x
    Bob   0.2   new       0     0        2     instagram
    Cyd   4.0   back      3     1        20    x
    Dee   7.0   drifting  6     0        95    facebook
"""


def drawn(brand, table=CAST):
    """The people of a table, and a run of the scores that counted them."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    for cells in lines:
        row = dict(zip(head, cells, strict=True))
        person = world.person(brand, row["name"], network=row["network"])
        seen = world.AT - timedelta(days=int(row["seen"]))
        world.standing(
            person, float(row["weeks"]), movement=row["movement"], asked=int(row["asked"]),
            answered=int(row["answered"]), last_at=seen,
        )  # fmt: skip
    return scored(brand)


def scored(brand, model="bgbb"):
    return Scoring.objects.create(
        brand=brand, at=world.AT, unit="week", horizon=13, model=model, counts=counts(brand), started_at=world.AT,
        finished_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def tea():
    return world.brand("tea")


def names(brand, scoring, **asked):
    page = queries.listing(brand, queries.Filters.read(asked), scoring=scoring)
    return [person.name for person in page.people]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "Ann Dee Cyd Bob"),
        ({"sort": "name"}, "Ann Bob Cyd Dee"),
        ({"sort": "last"}, "Ann Bob Cyd Dee"),
        ({"ring": "inner"}, "Ann Dee"),
        ({"ring": "passing"}, "Bob"),
        ({"movement": "back"}, "Cyd"),
        ({"answered": "never"}, "Dee"),
        ({"answered": "partly"}, "Cyd"),
        ({"answered": "all"}, "Ann"),
        ({"answered": "unasked"}, "Bob"),
        ({"seen": "7"}, "Ann Bob"),
        ({"seen": "older"}, "Dee"),
        ({"network": "x"}, "Ann Cyd"),
        ({"network": "x", "ring": "close"}, "Cyd"),
        ({"q": "de"}, "Dee"),
        ({"q": "@CYD"}, "Cyd"),
        ({"ring": "nonsense"}, "Ann Dee Cyd Bob"),
        ({"ring": "inner", "movement": "back"}, ""),
    ],
)
def test_a_filter_finds(tea, asked, found):
    assert names(tea, drawn(tea), **asked) == found.split()


def test_a_filter_is_a_url_and_back():
    filters = queries.Filters.read({"ring": "close", "q": "Zoë & co", "seen": "junk"})
    assert filters.query == "q=Zo%C3%AB+%26+co&ring=close"


def test_the_search_does_not_mind_accents_and_joined_letters(tea):
    world.person(tea, "Zoé Cœur", sort_name="zoe coeur")
    assert names(tea, None, q="cœur") == names(tea, None, q="COEUR") == names(tea, None, q="zoé c") == ["Zoé Cœur"]


def test_who_has_no_standing_is_found_by_name_and_by_kind(tea):
    scoring = drawn(tea)
    world.person(tea, "Eve Staff", kind="staff")
    assert "Eve Staff" not in names(tea, scoring)
    assert names(tea, scoring, q="eve") == names(tea, scoring, kind="staff") == ["Eve Staff"]


def test_pages_follow_each_other_without_gap_or_repeat(tea):
    for number in range(120):
        # Equal closeness everywhere: only the person's number tells one from the next.
        world.standing(world.person(tea, f"P{number:03}"), float(number % 3))
    scoring = scored(tea)
    filters, seen, after = queries.Filters(), [], None
    while True:
        page = queries.listing(tea, filters, scoring=scoring, after=after)
        seen.append([person.pk for person in page.people])
        if (after := page.after) is None:
            break
    assert [len(part) for part in seen] == [50, 50, 20]
    assert len({pk for part in seen for pk in part}) == 120
    back = queries.listing(tea, filters, scoring=scoring, before=seen[2][0])
    assert [person.pk for person in back.people] == seen[1]
    first = queries.listing(tea, filters, scoring=scoring, before=seen[1][0])
    assert [person.pk for person in first.people] == seen[0]
    assert first.before is None


@pytest.mark.parametrize("people", [3, 60])
def test_the_list_costs_the_same_number_of_queries_at_any_size(client, django_assert_num_queries, tea, people):
    for number in range(people):
        world.standing(world.person(tea, f"P{number}"), float(number % 5))
    scored(tea)
    world.signed_in(client, world.member(tea))
    # Session, user, member, brands; scoring, rows, segments.
    with django_assert_num_queries(7):
        client.get("/b/tea/people/")


def test_the_list_shows_the_prediction_with_its_interval_and_when_it_was_made(client, tea):
    drawn(tea)
    world.signed_in(client, world.member(tea, "agent"))
    page = client.get("/b/tea/people/?ring=inner").content.decode()
    assert "as of 16 March 2026" in page
    assert "9.5" in page
    assert "(8 to 12)" in page
    assert "drifting away" in page
    assert "Bob" not in page


def test_an_empty_brand_says_what_to_do(client, tea):
    world.signed_in(client, world.member(tea))
    page = client.get("/b/tea/people/").content.decode()
    assert "Nobody is here yet" in page
    assert "/b/tea/import" in page


def test_too_few_to_predict_is_said_and_people_are_listed(client, tea):
    world.person(tea, "Ann")
    scored(tea, model="")
    world.signed_in(client, world.member(tea))
    page = client.get("/b/tea/people/").content.decode()
    assert "Too few people have come back yet" in page
    assert "Ann" in page


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_the_filtered_list_and_the_trail_says_who_took_it(client, tea):
    drawn(tea)
    analyst = world.member(tea, "analyst")
    world.signed_in(client, analyst)
    rows = rows_of(client.get("/b/tea/people/export.csv?ring=inner&q="))
    assert [(row["name"], row["ring"], row["asked"]) for row in rows] == [("Ann", "inner", "4"), ("Dee", "inner", "6")]
    event = AuditEvent.objects.of(tea).get()
    assert (event.what, event.by, event.detail) == ("people.exported", analyst, {"filters": "ring"})


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(client, tea):
    world.person(tea, "=HYPERLINK(1)")
    world.signed_in(client, world.member(tea))
    assert rows_of(client.get("/b/tea/people/export.csv"))[0]["name"] == "'=HYPERLINK(1)"


def test_an_agent_takes_no_file(client, tea):
    world.signed_in(client, world.member(tea, "agent"))
    assert client.get("/b/tea/people/export.csv").status_code == 403
    assert "export.csv" not in client.get("/b/tea/people/").content.decode()


def test_a_segment_keeps_the_filters_under_a_name(client, tea):
    drawn(tea)
    world.signed_in(client, world.member(tea))
    client.post("/b/tea/people/segments/", {"name": "Waiting", "query": "answered=never&evil=1"})
    client.post("/b/tea/people/segments/", {"name": "Waiting", "query": "answered=partly"})
    segment = Segment.objects.of(tea).get()
    assert segment.query == "answered=partly"
    assert "Waiting" in client.get("/b/tea/people/").content.decode()
    client.post(f"/b/tea/people/segments/{segment.pk}/remove/")
    assert not Segment.objects.of(tea).exists()


def test_rings_show_the_closest_of_each_and_count_all(client, django_assert_num_queries, tea):
    drawn(tea)
    world.signed_in(client, world.member(tea))
    with django_assert_num_queries(9):
        page = client.get("/b/tea/people/rings/").content.decode()
    for name in ("Ann", "Bob", "Cyd", "Dee"):
        assert name in page
    assert "inner circle · 2" in page


def test_a_run_from_before_standings_had_names_is_counted_anew(tea):
    run = drawn(tea)
    Scoring.objects.of(tea).update(counts={key: value for key, value in run.counts.items() if key != "names"})
    run.refresh_from_db(from_queryset=Scoring.objects.everywhere())
    standing = next(name.value for name in StandingName if names(tea, run, standing=name.value))
    page = queries.listing(tea, queries.Filters.read({"standing": standing}), scoring=run)
    assert page.total == len(page.people)
