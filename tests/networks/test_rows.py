"""Rows of tables that say more than one thing: deletions, times of day, stars, networks."""

from __future__ import annotations

import pytest

from entourage.networks.files.mapping import Mapping
from entourage.networks.files.reading import Reading
from entourage.networks.files.rows import LONGEST_NETWORK, NETWORKS_KEPT, Rows

from .conftest import NOW

GONE = "id,at,actor_id,actor_handle,act,text,timing,deleted_at\n"
SECRET = "2024-06-10,{},comment,secret,exact,2024-06-11\n"


@pytest.mark.parametrize("told", ["'123", '"=""123"""', "123"])
def test_a_deletion_and_its_act_have_one_id_however_a_spreadsheet_protects_it(given, told):
    taken = given("a.csv", GONE + f"{told}," + SECRET.format("u1,dee"))
    assert [(one.id, one.change.value, one.actor.id) for one in taken.activities] == [
        ("123", "delete", "u1"),
        ("123", "create", "u1"),
    ]
    assert (taken.rows, taken.rejects) == (1, [])


def test_a_deleted_act_whose_id_was_rounded_does_not_keep_its_words(given):
    taken = given("a.csv", GONE + "1.2E+17," + SECRET.format("u1,dee") + "c7,2024-06-10,u1,dee,comment,hello,exact,\n")
    assert [one.text for one in taken.activities] == ["hello"]
    (reject,) = taken.rejects
    assert (reject.line, reject.field, reject.value) == (2, "id", "1.2E+17")
    assert reject.reason == "a deleted act must tell its whole id; a spreadsheet rounded it"


def test_a_deletion_knows_who_by_the_handle_too(given):
    taken = given("a.csv", GONE + "c1," + SECRET.format(",dee"))
    assert {one.actor.id for one in taken.activities} == {"@dee"}


def test_a_deletion_is_taken_where_nobody_can_be_told(given):
    taken = given("a.csv", GONE + "c1," + SECRET.format("1.2E+17,"))
    assert [(one.id, one.change.value, one.actor.id) for one in taken.activities] == [("c1", "delete", "")]
    assert (taken.rows, taken.rejects) == (1, [])
    assert "an account's id must be whole; a spreadsheet rounded it; that the act was deleted was taken" in taken.said()


@pytest.mark.parametrize(
    ("clock", "at"), [("9:05:00", "09:05:00"), ("14:05:10", "14:05:10"), ("9:05", "09:05:00"), ("0:05:59", "00:05:59")]
)
def test_mornings_are_times_of_day_too(given, clock, at):
    (one,) = given("a.csv", f"username,date,time,comment\nann,2024-03-01,{clock},hello\n").activities
    assert one.at.isoformat() == f"2024-03-01T{at}+00:00"


@pytest.mark.parametrize(
    ("titles", "date", "length"),
    [
        ("date,length", "2024-03-01", "3:45"),
        ("date,watch time", "2024-03-01", "3:45"),
        ("date,time", "2024-03-01", "42:10"),
        ("created_at,time", "1709251200", "3:45"),
        ("created_at,time", "45352", "3:45"),
    ],
)
def test_a_length_is_no_time_of_day(given, titles, date, length):
    mapping = given("a.csv", f"username,{titles},comment\nann,{date},{length},hello\n").source.mapping
    assert "clock" not in mapping.columns.values()


def test_one_star_is_the_worst_rating_and_in_our_own_table_one_is_the_best(given):
    stars = given("a.csv", "name,date,stars,review\n" + "".join(f"Ann,2024-06-1{n},{n},x\n" for n in (1, 2, 5)))
    assert [one.rating for one in stars.activities] == [0.0, 0.25, 1.0]
    ours = given("b.csv", "id,at,actor_id,act,text,rating,timing\nc1,2024-06-10,u1,review,x,1.0,exact\n")
    assert [one.rating for one in ours.activities] == [1.0]


def test_names_of_networks_are_cut_as_the_tables_have_them_and_not_all_remembered():
    header = ["network", "at", "actor_id"]
    rows = Rows(Mapping(columns={title: title for title in header}), header, Reading("a.csv", now=NOW))
    for n in range(NETWORKS_KEPT + 1):
        row = rows.activity(rows.cells([f"Network\0 {n:06} of a wrong column", "2024-06-10", "u1"]), n)
    assert row.network == f"network {n:06} of a wrong"[:LONGEST_NETWORK]
    assert len(rows._networks) == 1
