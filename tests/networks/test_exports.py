"""Exports as people have them: what a spreadsheet, a comment exporter or Entourage itself makes of a table."""

from __future__ import annotations

import pytest

from entourage.networks.activity import Change, Timing
from entourage.networks.base import Broken
from entourage.web.core.templatetags.entourage import NETWORKS

OWN = """\
network,id,at,act,actor_id,actor_handle,text,timing,edited_at,deleted_at
x,1,2025-03-01 10:00:00+00,comment,ann,ann,cold again,exact,2025-03-02 08:00:00+00,
x,2,2025-03-01 11:00:00+00,reply,tea,tea,sorry,after,,
x,3,2025-03-01 12:00:00+00,comment,bob,bob,,exact,,2025-03-04 09:00:00+00
x,4,2025-03-05 09:00:00+00,,,,,exact,,2025-03-05 09:00:00+00
"""


def test_entourages_own_table_keeps_editions_deletions_and_what_is_known_of_moments(given):
    taken = given("activities.csv", OWN)
    told = [(one.id, one.change, one.timing, one.rows) for one in taken.activities]
    assert told == [
        ("1", Change.CREATE, Timing.EXACT, 1),
        ("2", Change.CREATE, Timing.AFTER, 1),
        ("3", Change.DELETE, Timing.EXACT, 1),
        ("3", Change.CREATE, Timing.EXACT, 0),
        ("4", Change.DELETE, Timing.EXACT, 1),
    ]
    assert (taken.rows, taken.rejects) == (4, [])
    assert taken.activities[0].edited_at.isoformat() == "2025-03-02T08:00:00+00:00"
    assert taken.activities[2].at.isoformat() == "2025-03-04T09:00:00+00:00"


def test_a_table_of_numbers_under_unknown_titles_is_no_edge_list(given):
    with pytest.raises(Broken, match=r"^figures.csv: no column tells when \(`at`\) and who"):
        given("figures.csv", "foo,bar,baz\n1,2,3\n4,5,6\n")


@pytest.mark.parametrize("titles", ["source,target,weight\n", ""])
def test_numbers_under_titles_of_edges_or_none_are_edges(given, titles):
    assert len(given("retweet.csv", f"{titles}1,2,3\n4,5,6\n").ties) == 2


def test_a_clock_with_a_point_tells_minutes(given):
    taken = given("a.csv", "date,user,text\n2025-12-31 14.05,ann,hi\n2025-12-31 14.06.30,bob,yo\n")
    assert [f"{one.at:%H:%M:%S}" for one in taken.activities] == ["14:05:00", "14:06:30"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Twitter", "x"), ("", "file"), *((name, key) for key, name in NETWORKS.items())],
)
def test_a_network_has_one_name_however_a_table_writes_it(given, written, meant):
    table = f"id,date,user,text,network\nc7,2025-12-31,ann,hi,{written}\nc9,2025-12-31,bob,yo,{written}\n"
    assert [one.network for one in given("a.csv", table).activities] == [meant, meant]


def test_a_remark_above_the_titles_is_skipped_however_many_separators_follow_it(given):
    table = (
        '"Comments for https://www.instagram.com/p/C1/",,,,\n,,,,\nNo,Name,Profile ID,Date,Comment\n'
        "1,ann,17841,2026-01-03 10:22:33,So good\n2,bob,17842,2026-01-04 10:22:33,where?\n"
    )
    taken = given("comments.csv", table)
    assert [(one.actor.id, one.text) for one in taken.activities] == [("17841", "So good"), ("17842", "where?")]


@pytest.mark.parametrize(("name", "content"), [("a.csv", "id,date,user,text\n"), ("deep.json", "[" * 50 + "]" * 50)])
def test_a_file_in_which_nothing_is_found_says_so(given, name, content):
    said = given(name, content).said()
    assert said == f"{name}: nothing was found in it: is the export complete, and is it the right one?"


def test_an_old_encoding_is_said(given):
    taken = given("a.csv", "id;date;user;text\nc7;2025-12-31;ann;déçue à Orléans\n".encode("cp1252"))
    assert taken.activities[0].text == "déçue à Orléans"
    assert taken.said().startswith("a.csv: it is not UTF-8; it is read as Windows-1252: if accents are wrong")


@pytest.mark.parametrize(
    "table",
    [
        "Pseudo;Message;Date;Heure\n@zoe;Bien;31/12/2025;14:05\n@luc;Bof;03/01/2026;9:05\n",
        "date,time,user,text\n2025-12-31,14:05,zoe,Bien\n2026-01-03,9:05,luc,Bof\n",
    ],
)
def test_a_day_and_a_time_of_day_in_two_columns_are_one_moment(given, table):
    taken = given("a.csv", table)
    assert [f"{one.at:%m-%d %H:%M}" for one in taken.activities] == ["12-31 14:05", "01-03 09:05"]
