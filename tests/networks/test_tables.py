"""Tables: what a mapping is guessed from, how dates are read, what a row becomes."""

# ruff: noqa: E501 - messages are tested word for word, and tables are drawn as they are
from __future__ import annotations

import msgspec
import pytest

from entourage.networks.base import Broken
from entourage.networks.files import FIELDS, PRESETS, Mapping, guess
from entourage.networks.files.dates import date_reader, sniff

from .conftest import NOW

COMMENTS = """\
Name,Profile ID,Date,Likes,Comment,(view) source
Ann,u1,2024-06-10 08:30:00,3,Cold linden!,https://www.facebook.com/p/1
Dee,u4,2024-06-10 09:10:00,0,"Broken, again",https://www.facebook.com/p/1
"""


def test_a_comment_export_is_known_by_its_titles(given):
    taken = given("comments.csv", COMMENTS)
    assert taken.source.mapping.name == "comment-export"
    assert taken.source.mapping.constants == {"network": "facebook"}
    assert [(one.actor.id, one.actor.name, one.act, one.text) for one in taken.activities] == [
        ("u1", "Ann", "comment", "Cold linden!"),
        ("u4", "Dee", "comment", "Broken, again"),
    ]
    assert taken.activities[0].at.isoformat() == "2024-06-10T08:30:00+00:00"
    guessed = {one.column: one for one in taken.source.guesses}
    assert (guessed["Date"].field, guessed["Date"].reason) == ("at", "its title is the one of an export of comments")
    assert (guessed["Likes"].field, guessed["Likes"].samples) == ("", ("3", "0"))


def test_the_same_rows_taken_twice_have_the_same_ids(given):
    first, second = given("a.csv", COMMENTS), given("b.csv", COMMENTS)
    assert [one.id for one in first.activities] == [one.id for one in second.activities]
    assert len({one.id for one in first.activities}) == 2


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_other_signs_between_cells_and_other_line_ends_change_nothing(given, delimiter, ending):
    table = "id,username,date,comment\nc7,ann,2024-06-10,hello\nc9,bob,2024-06-11,world\n"
    taken = given("a.csv", table.replace(",", delimiter).replace("\n", ending))
    assert [(one.id, one.actor.id, one.text) for one in taken.activities] == [
        ("c7", "@ann", "hello"),
        ("c9", "@bob", "world"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_gives_the_same_words(given, encoding):
    table = "auteur;date;commentaire\nZoé;2024-06-10;« déçue » à Orléans\n" * 1
    taken = given("a.csv", table.encode(encoding))
    assert [(one.actor.name, one.text) for one in taken.activities] == [("Zoé", "« déçue » à Orléans")]


def test_a_mapping_that_was_edited_is_used_as_it_is(given):
    mapping = Mapping(
        columns={"when": "at", "qui": "actor_handle", "verbe": "act", "à": "to_handle"},
        date_format="%d.%m.%Y %Hh%M",
        time_zone="Europe/Paris",
        constants={"network": "forum", "origin": "tasting"},
        acts={"a écrit": "message"},
    )
    (one,) = given("a.csv", "when,qui,verbe,à\n10.06.2024 10h30,@Ann,a écrit,@tilleul\n", mapping=mapping).activities
    assert (one.at.isoformat(), one.actor.id, one.act, one.to[0].id) == (
        "2024-06-10T08:30:00+00:00",
        "@ann",
        "message",
        "@tilleul",
    )
    assert (one.network, one.origin) == ("forum", "tasting")
    assert msgspec.json.decode(msgspec.json.encode(mapping), type=Mapping) == mapping


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (Mapping(columns={"a": "when"}), "The mapping names the field 'when', which does not exist."),
        (
            Mapping(columns={"a": "at"}),
            "a.csv: no column tells who (`actor_id`, `actor_handle` or `actor_name`). Its columns are a, b.",
        ),
        (
            Mapping(columns={"a": "at", "b": "actor_id"}, time_zone="Mars"),
            "`time_zone` of the mapping must be a name such as Europe/Paris. Got 'Mars'.",
        ),
        (
            Mapping(columns={"a": "at", "b": "actor_id"}, date_format="moon"),
            "`date_format` of the mapping must be one of iso,",
        ),
    ],
)
def test_a_mapping_that_cannot_work_says_why(given, mapping, message):
    with pytest.raises(Broken) as broken:
        given("a.csv", "a,b\n2024-01-01,ann\n", mapping=mapping)
    assert str(broken.value).startswith(message)


def test_our_own_table_keeps_every_field(given):
    header = ",".join(FIELDS)
    row = "7,2024-06-10T08:00:00Z,u1,ann,Ann,https://a.example,bot,review,good,b1,tilleul,Tilleul,6,5,https://x.example/7,x,fr,tasting,4,#Sav thé"
    (one,) = given("a.csv", f"{header}\n{row}\n").activities
    assert (one.id, one.act, one.rating, one.tags, one.origin, one.language) == (
        "7",
        "review",
        0.75,
        ("sav", "thé"),
        "tasting",
        "fr",
    )
    assert (one.actor.kind, one.to[0].name, one.in_reply_to, one.context) == ("bot", "Tilleul", "6", "5")


def test_meta_business_suite_is_known_in_english_and_in_french(given):
    english = 'Post ID,Page ID,Page name,Title,Description,Publish time,Permalink,Reach\n900123,100,Maison Tilleul,,Harvest,06/10/2024 23:30,https://www.facebook.com/1,"1,204"\n'
    french = "Identifiant de publication,Identifiant de la Page,Nom de la Page,Titre,Description,Heure de publication,Permalien\n900124,100,Maison Tilleul,,Récolte,06/25/2024 23:30,https://www.facebook.com/2\n"
    for table, at in ((english, "2024-06-11T06:30:00+00:00"), (french, "2024-06-26T06:30:00+00:00")):
        taken = given("export.csv", table.encode("utf-8-sig"))
        (post,) = taken.activities
        assert (post.network, post.act, post.actor.kind, post.actor.name) == (
            "facebook",
            "post",
            "own",
            "Maison Tilleul",
        )
        assert post.at.isoformat() == at
        assert "Pacific time zone" in taken.said()


def test_linkedin_escapes_quotes_both_ways(given):
    table = 'Date,Link,Message\n2024-01-02 10:00:00,https://www.linkedin.com/1,"He said \\"hi\\" there"\n2024-01-03 10:00:00,https://www.linkedin.com/2,"He said ""hi"" too"\n'
    taken = given("Comments.csv", table)
    assert [one.text for one in taken.activities] == ['He said "hi" there', 'He said "hi" too']
    assert {(one.network, one.actor.kind) for one in taken.activities} == {("linkedin", "own")}


@pytest.mark.parametrize(
    ("values", "form", "reason"),
    [
        (["03/04/2024", "25/04/2024"], "dmy", "25 in first place can only be a day"),
        (["03/04/2024", "04/25/2024"], "mdy", "25 in second place can only be a day"),
        (["11/12/2026", "01/02/2026"], "mdy", "day first would put dates in the future"),
        (["2024-03-04 10:00"], "iso", "100% of the sample are 2024-03-01T10:00:00Z"),
        (["1717999200"], "epoch_s", "100% of the sample are seconds since 1970"),
        (["1717999200000"], "epoch_ms", "100% of the sample are milliseconds since 1970"),
        (["45453.5"], "serial", "100% of the sample are a spreadsheet's day number"),
        (["12 juin 2024", "1er août 2024"], "words", "100% of the sample are 1 March 2024, 1er mars 2024"),
        (["hello"], "", "no known form of dates reads 'hello'"),
    ],
)
def test_the_form_of_dates_is_read_from_the_whole_column(values, form, reason):
    found = sniff(values, now=NOW)
    assert (found.name, found.reason) == (form, reason)


def test_a_date_with_two_meanings_is_read_day_first_and_said(given):
    taken = given("a.csv", "name,date,comment\nAnn,03/04/2024,a\nBob,05/06/2024,b\n")
    assert taken.activities[0].at.isoformat() == "2024-04-03T00:00:00+00:00"
    assert "dates such as 03/04/2024 could be day first or month first; they are read day first" in taken.said()


@pytest.mark.parametrize(
    ("form", "value", "at"),
    [
        ("mdy", "6/10/24 2:05 PM", "2024-06-10T14:05:00+00:00"),
        ("mdy", "6/10/2024 12:05 am", "2024-06-10T00:05:00+00:00"),
        ("dmy", "10.06.2024 08h30", "2024-06-10T08:30:00+00:00"),
        ("words", "Mon Jun 10 08:30:00 +0200 2024", "2024-06-10T06:30:00+00:00"),
        ("words", "Jun 10, 2024, 2:05 PM", "2024-06-10T14:05:00+00:00"),
        ("words", "lundi 10 juin 2024 à 08:30", "2024-06-10T08:30:00+00:00"),
        ("words", "Mon, 10 Jun 2024 08:30:00 +0000", "2024-06-10T08:30:00+00:00"),
        ("serial", "45453,5", "2024-06-10T12:00:00+00:00"),
        ("iso", "2024-06-10 08:30:00 UTC", "2024-06-10T08:30:00+00:00"),
    ],
)
def test_dates_are_read_in_the_form_that_was_found(form, value, at):
    assert date_reader(form, "UTC")(value).isoformat() == at


def test_every_column_says_why_it_was_guessed():
    found = guess(
        ["Utilisateur", "Horodatage", "Avis", "Étoiles", "Truc"], [["ann", "2024-06-10", "bien", "4", "x"]], now=NOW
    )
    assert found.mapping.columns == {
        "Utilisateur": "actor_handle",
        "Horodatage": "at",
        "Avis": "text",
        "Étoiles": "rating",
    }
    assert [(one.field, one.confidence > 0.5) for one in found.columns[:4]] == [
        ("actor_handle", True),
        ("at", True),
        ("text", True),
        ("rating", True),
    ]
    assert (found.columns[4].field, found.columns[4].reason) == ("", "nothing known; it is ignored")


def test_columns_that_a_preset_leaves_are_guessed_by_their_titles(given):
    taken = given(
        "a.csv", "Author,Date,Text,Type\nZoé Lee,2024-06-10,hello,avis\nzoé  lee,2024-06-11,again,commentaire\n"
    )
    assert taken.source.mapping.name == "comment-export"
    assert [(one.actor.id, one.act.value) for one in taken.activities] == [
        ("name:zoé lee", "review"),
        ("name:zoé lee", "comment"),
    ]


def test_rated_rows_are_reviews_where_no_column_says_otherwise(given):
    (one,) = given("a.csv", "Reviewer name,Date,Stars,Review\nAnn,2024-06-10,5,great\n").activities
    assert (one.act.value, one.rating, one.text) == ("review", 1.0, "great")


def test_a_column_that_only_counts_rows_is_no_id(given):
    table = "id,username,date,comment\n1,ann,2024-06-10,a\n2,bob,2024-06-10,b\n3,cyd,2024-06-10,c\n"
    taken = given("a.csv", table)
    assert all(one.id.startswith("~") for one in taken.activities)
    assert "the column 'id' only counts the rows; they are known by their content instead" in taken.said()


def test_presets_name_only_fields_that_exist():
    assert all(set(preset.fields) | set(preset.constants) <= set(FIELDS) for preset in PRESETS.values())


def test_a_preview_shows_the_first_rows_and_leaves_the_file_unread(given, tmp_path):
    source = given("a.csv", COMMENTS).source
    said = len(source.warnings)
    assert [one.actor.name for one in source.preview(1).activities] == ["Ann"]
    assert len(source.warnings) == said
    assert sum(len(batch.activities) for batch in source.batches()) == 2


def test_events_tell_a_reply_and_its_twin_mention_as_one_act(given):
    rows = """\
        ann tilleul 1717999200 MT
        ann tilleul 1717999200 RE
        bob tilleul 1717999200 RT
        cyd tilleul 1717999201 RE
        cyd ann 1717999201 MT
        cyd tilleul 1717999201 MT
        dee tilleul 1717999202 MT
        dee tilleul 1717999203 RE
        dee tilleul yesterday RE
        dee tilleul"""
    taken = given("events.txt", "\n".join(line.strip() for line in rows.splitlines()))
    assert taken.source.format == "events"
    assert [(one.actor.id, one.act.value, one.rows) for one in taken.activities] == [
        ("ann", "reply", 2),
        ("bob", "share", 1),
        ("cyd", "reply", 2),
        ("cyd", "mention", 1),
        ("dee", "mention", 1),
        ("dee", "reply", 1),
    ]
    assert taken.rows == 10
    assert [reject.line for reject in taken.rejects] == [9, 10]


def test_events_that_are_not_sorted_say_so(given):
    taken = given("events.txt", "a b 1717999201 MT\na b 1717999200 RT\na b 1717999201 RE\n")
    assert len(taken.activities) == 3
    assert "rows are not sorted by time" in taken.said()


def test_an_edge_list_gives_ties_of_the_kind_in_its_name(given):
    taken = given("higgs-reply_network.edgelist", "1 2 3\n2 1 1\n# a remark\n1 x 1\n")
    assert [(tie.source.id, tie.target.id, tie.kind.value, tie.weight) for tie in taken.ties] == [
        ("1", "2", "reply", 3),
        ("2", "1", "reply", 1),
    ]
    assert [reject.line for reject in taken.rejects] == [4]
