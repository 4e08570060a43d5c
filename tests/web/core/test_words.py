"""Numbers, moments and faces as the pages write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from entourage.web.core.pictures import by_day, on_paper
from entourage.web.core.templatetags import entourage as words


@pytest.mark.parametrize(
    ("value", "places", "english", "french"),
    [
        (12345.67, 1, "12,345.7", "12\u202f345,7"),
        (-3, 0, "\u22123", "\u22123"),
        (-0.04, 1, "0.0", "0,0"),
        (0, 0, "0", "0"),
        (None, 0, "\u2014", "\u2014"),
    ],
)
def test_a_number_is_written_as_its_reader_does(value, places, english, french):
    with translation.override("en"):
        assert words.number(value, places) == english
    with translation.override("fr"):
        assert words.number(value, places) == french


def test_a_share_is_a_percentage_with_the_space_of_its_language():
    with translation.override("en"):
        assert words.percent(0.123, 1) == "12.3%"
    with translation.override("fr"):
        assert words.percent(0.123, 1) == "12,3\u202f%"


def test_an_interval_that_reads_the_same_at_both_ends_is_one_number():
    with translation.override("en"):
        assert words.interval(11.2, 12.8, 1) == "11.2 to 12.8"
        assert words.interval(11.96, 12.04, 1) == "12.0"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(hours=7, minutes=17), "7 h 17 min"),
        (timedelta(days=3, hours=5), "3 days"),
        (90_000, "1 day"),
        (59, "59 s"),
        (150.7, "2 min"),
        (None, "\u2014"),
    ],
)
def test_a_length_of_time_is_told_in_its_largest_units(length, text):
    with translation.override("en"):
        assert words.span(length) == text


def test_a_column_of_days_is_brief_in_each_language():
    moment = datetime(2026, 11, 21, 9, tzinfo=UTC)
    with translation.override("en"):
        assert words.brief_day(moment) == "21 Nov 2026"
    with translation.override("fr"):
        assert words.brief_day(moment) == "21 nov. 2026"


@pytest.mark.parametrize("kind", [datetime(2026, 11, 1, 9, tzinfo=UTC), date(2026, 11, 1)])
def test_the_first_of_a_month_is_the_1er_in_french_alone(kind):
    with translation.override("en"):
        assert words.day(kind) == "1 November 2026"
    with translation.override("fr"):
        assert [words.day(kind), words.brief_day(kind), words.day_month(kind)] == [
            "1er novembre 2026", "1er nov. 2026", "1er nov.",
        ]  # fmt: skip
        assert words.day(date(2026, 11, 11)) == "11 novembre 2026"


@pytest.mark.parametrize("kind", [datetime(2026, 11, 21, 9, tzinfo=UTC), date(2026, 11, 21)])
def test_a_day_without_its_year_is_brief_in_each_language(kind):
    with translation.override("en"):
        assert words.day_month(kind) == "21 Nov"
    with translation.override("fr"):
        assert words.day_month(kind) == "21 nov."


def test_how_long_ago_counts_from_the_moment_of_the_page():
    at = datetime(2026, 3, 16, 9, tzinfo=UTC)
    with translation.override("en"):
        assert words.ago(at - timedelta(days=2), at) == "2 days ago"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ann Levasseur", "AL"), ("cyd", "C"), ("@dee.marchetti", "DM"), ("bob_k12", "BK"), ("", "?"), ("...", "?")],
)
def test_a_face_has_two_letters_at_most(name, letters):
    assert words.initials(name) == letters


def test_a_face_escapes_what_a_name_brings():
    assert "<script" not in words.face("<script> <b")


def test_a_changed_filter_keeps_the_others_and_starts_over():
    request = RequestFactory().get("/b/tea/people/?ring=close&after=12&q=ann")
    page = Template('{% here ring="inner" q="" %}').render(Context({"request": request}))
    assert page == "/b/tea/people/?ring=inner"


def test_a_picture_on_paper_has_the_day_s_colours_and_no_token_left():
    spec = {"mark": {"color": "token:accent"}, "range": ["token:ring-3", "#fff"], "width": 3}
    assert on_paper(spec) == {"mark": {"color": by_day()["accent"]}, "range": [by_day()["ring-3"], "#fff"], "width": 3}
