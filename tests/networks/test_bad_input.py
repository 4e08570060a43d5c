"""Bad input, made on the spot: each gets a message with file, line, field, value and cure; good rows are kept."""

# ruff: noqa: E501 - messages are tested word for word, and tables are drawn as they are
from __future__ import annotations

import gzip
import io
import random
import zipfile

import pytest

from entourage.networks.base import Broken

HEADER = "id,username,date,comment\n"
ROWS = "".join(f"c{n},ann{n},2024-03-{1 + n % 28:02d},hello {n}\n" for n in range(100))


def refused(given, name, content, **options):
    with pytest.raises(Broken) as broken:
        given(name, content, **options)
    return str(broken.value)


def zipped(**members):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


def noise(rows):
    """Rows that a compressor cannot fold away, so that half of the file is half of the rows."""
    rng = random.Random(7)  # noqa: S311 - noise, no secret
    return HEADER + "".join(f"c{n},ann{n},2024-03-01,{rng.random()}\n" for n in range(rows))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("page.csv", "\n <!DOCTYPE html><html><body>Sign in</body></html>", "page.csv is a web page (HTML or XML), whatever its name says. It is what a browser saves when the export needs you to sign in, or failed: sign in, export again as CSV."),
        ("paper.csv", b"%PDF-1.7\n%\xe2\xe3", "paper.csv is a PDF, whatever its name says. Ask for the export as CSV: a PDF has no rows."),
        ("shot.csv", b"\x89PNG\r\n\x1a\n123", "shot.csv is a picture, whatever its name says. Ask for the export as CSV: a screenshot has no rows."),
        ("empty.csv", "", "empty.csv is empty. Export it again; if it is empty again, the export had nothing to give."),
        ("blank.csv", " \n\r\n\t\n", "blank.csv is empty. Export it again; if it is empty again, the export had nothing to give."),
        ("noise.csv", bytes(range(1, 9)) * 99, "noise.csv is not text. Ask for the export as CSV UTF-8 or as JSON lines."),
        ("missing.csv", "id,comment\n1,hello\n", 'missing.csv: no column tells when (`at`) and who (`actor_id`, `actor_handle` or `actor_name`). Its columns are id, comment. Say in the mapping which one does; so far it is {"columns":{"id":"id","comment":"text"}}.'),
        ("book.csv", zipped(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "book.csv is an Excel or Word file. In Excel: File, Save as, CSV UTF-8; then import the CSV."),
        ("broken.zip", b"PK\x03\x04" + b"\x00" * 20, "broken.zip is a damaged zip (File is not a zip file). Download it again."),
        ("hollow.zip", zipped(**{"__MACOSX/x": "", "folder/": ""}), "hollow.zip is a zip with no file in it. Export it again."),
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused_with_its_cure(given, name, content, message):
    assert refused(given, name, content) == message


def test_a_file_that_is_not_there_or_is_a_folder_says_so(take, tmp_path):
    with pytest.raises(Broken, match=r"^There is no file gone\.csv\. Check its name and its folder\.$"):
        take(tmp_path / "gone.csv")
    with pytest.raises(Broken, match=r"is a folder\. Import its files one by one, or as a zip\.$"):
        take(tmp_path)


def test_a_name_that_escapes_the_zip_is_refused_and_nothing_is_read(given):
    for name in ("../../etc/cron.csv", "/etc/cron.csv", "C:\\cron.csv", "a\\..\\..\\cron.csv"):
        said = refused(given, "gift.zip", zipped(**{"good.csv": HEADER + ROWS, name: HEADER + ROWS}))
        assert said.startswith("gift.zip holds a file named ")
        assert "which would escape its folder. Nothing was read." in said


def test_a_zip_bomb_is_refused_before_it_unfolds(given):
    bomb = HEADER.encode() + b"0" * (100 << 20)
    said = "unfolds to more than 200 times its size, as a zip bomb does. Unpack it yourself if you trust it, and import what comes out."
    assert refused(given, "bomb.zip", zipped(bomb=bomb)) == f"bomb.zip {said}"
    assert refused(given, "bomb.csv.gz", gzip.compress(bomb)) == f"bomb.csv.gz {said}"


def test_a_zip_that_lies_about_its_size_is_refused_while_it_unfolds(given):
    honest = zipped(**{"a.csv": HEADER.encode() + b"0" * (100 << 20)})
    size = (len(HEADER) + (100 << 20)).to_bytes(4, "little")
    lying = honest.replace(size, (1000).to_bytes(4, "little"))
    assert refused(given, "lie.zip", lying).startswith("lie.zip/a.csv cannot be unfolded: the zip is damaged (")


def test_a_zip_with_a_password_is_refused(given):
    plain = bytearray(zipped(**{"a.csv": HEADER + ROWS}))
    plain[6] |= 1  # the flag of a locked member, in its own header and in the directory
    plain[plain.index(b"PK\x01\x02") + 8] |= 1
    assert (
        refused(given, "locked.zip", bytes(plain))
        == "locked.zip is locked with a password. Unpack it and import the files."
    )


def test_files_of_a_zip_that_hold_no_activities_are_left_out_and_said(given):
    taken = given(
        "linkedin.zip", zipped(**{"Profile.csv": "First Name,Last Name\nAnn,Lee\n", "a/comments.csv": HEADER + ROWS})
    )
    assert len(taken.activities) == 100
    assert "linkedin.zip/Profile.csv: this file is left out: no column tells when or who" in taken.said()


def test_a_cut_gzip_gives_all_rows_before_the_cut_and_says_where_it_was(given):
    whole = gzip.compress(noise(20_000).encode())
    taken = given("cut.csv.gz", whole[: len(whole) // 2])
    assert 9_000 < len(taken.activities) < 11_000
    line = len(taken.activities) + 2  # the titles, and the line that was cut
    assert [str(reject) for reject in taken.rejects] == [
        f"cut.csv.gz, line {line}: a line must have its end: the gzip ends before its last byte. Get the whole file."
    ]
    assert f"the gzip ends before its last byte; {line - 1:,} lines were read and kept" in taken.said()
    assert taken.rows == len(taken.activities) + 1


def test_a_damaged_gzip_gives_all_rows_before_the_damage(given):
    whole = bytearray(gzip.compress(noise(20_000).encode()))
    whole[len(whole) // 2 : len(whole) // 2 + 64] = b"x" * 64
    taken = given("hurt.csv.gz", bytes(whole))
    assert len(taken.activities) > 8_000
    assert "the gzip is damaged" in taken.said()


def test_a_gzip_of_several_members_is_read_to_its_end(given):
    taken = given(
        "two.csv.gz", gzip.compress((HEADER + ROWS).encode()) + gzip.compress(b"z1,zoe,2024-03-01,end\n") + b"\0" * 9
    )
    assert len(taken.activities) == 101
    assert "gzip" not in taken.said()


def test_a_line_of_50_mb_is_one_rejected_line(given):
    taken = given("long.csv", HEADER + ROWS + "x1,bob,2024-03-01," + "x" * 50_000_000 + "\nx2,cyd,2024-03-01,after\n")
    assert [one.actor.handle for one in taken.activities][-1] == "cyd"
    assert [str(reject) for reject in taken.rejects] == [
        "long.csv, line 102: a line must be shorter than 16 MiB; this one has 50,000,018 bytes. Look at this line: a quote that is never closed, or line ends that were lost."
    ]
    assert len(taken.rejects[0].raw) <= 1_000


def test_an_element_of_50_mb_is_one_rejected_element_of_its_array(given):
    like = '{"type":"Like","id":"%s","actor":"ann","published":"2024-01-01T00:00:00Z","object":"n","summary":"%s"}'
    taken = given("long.json", "[" + ",\n".join([like % (1, ""), like % (2, "x" * 50_000_000), like % (3, "")]) + "]")
    assert [one.id for one in taken.activities] == ["1", "3"]
    assert [(reject.line, reject.cure) for reject in taken.rejects] == [(2, "Split the export.")]


def test_ten_thousand_columns_are_said_and_the_known_ones_used(given):
    more = ",".join(f"c{n}" for n in range(10_000))
    taken = given("wide.csv", f"username,date,comment,{more}\nann,2024-03-01,hello{',x' * 10_000}\n")
    assert [one.text for one in taken.activities] == ["hello"]
    assert "the table has 10,003 columns; the first 500 are looked at" in taken.said()


def test_impossible_and_future_dates_are_rejected_one_by_one(given):
    rows = "c1,ann,2024-02-30,a\nc2,bob,2031-01-01,b\nc3,cyd,2024-02-29,c\nc4,dee,,d\nc5,eve,1899-12-30,e\n"
    taken = given("dates.csv", HEADER + rows)
    assert [one.id for one in taken.activities] == ["c3"]
    assert [str(reject) for reject in taken.rejects] == [
        "dates.csv, line 2, at: must be a possible ISO 8601 date. Got '2024-02-30'. Correct the date, or choose another date format in the mapping.",
        "dates.csv, line 3, at: must not be in the future (now is 2026-11-21). Got '2031-01-01'. Correct the date, the order of day and month, or the clock of this machine.",
        "dates.csv, line 5, at: must tell when. Fill in the date.",
        "dates.csv, line 6, at: must be after 1990, when people had networks. Got '1899-12-30'. Correct the date or the date format of the mapping.",
    ]


def test_one_id_with_two_contents_keeps_the_first_and_lists_the_second(given):
    taken = given("twice.csv", HEADER + "c1,ann,2024-03-01,one\nc1,ann,2024-03-01,two\nc1,ann,2024-03-01,one\n")
    assert [one.text for one in taken.activities] == ["one", "one"]  # the same again is a repeat, not an error
    assert [str(reject) for reject in taken.rejects] == [
        "twice.csv, line 3, id: an id must have one content; line 2 has another. Got 'c1'. Look which one is right; the first is kept."
    ]
    assert taken.rejects[0].raw.strip() == "c1,ann,2024-03-01,two"


def test_an_id_that_a_spreadsheet_rounded_is_replaced_by_the_content_and_said(given):
    taken = given("sheet.csv", HEADER + "1.2E+17,ann,2024-03-01,one\n1.2E+17,bob,2024-03-01,two\n")
    assert len({one.id for one in taken.activities}) == 2
    assert (
        "sheet.csv, line 2, id: 1.2E+17 is an id that a spreadsheet rounded; the row is known by its content instead."
        in taken.said()
    )


def test_an_account_known_only_by_a_rounded_id_is_rejected(given):
    taken = given("sheet.csv", "user_id,date,comment\n1.2E+17,2024-03-01,one\n120000000000000123,2024-03-01,two\n")
    assert [one.actor.id for one in taken.activities] == ["120000000000000123"]
    assert str(taken.rejects[0]) == (
        "sheet.csv, line 2, actor_id: an account's id must be whole; a spreadsheet rounded it. Got '1.2E+17'. Open the file as text and "
        "import the column as text, not as a number; or export it again."
    )


def test_garbled_texts_are_said_and_mended_on_request(given):
    garbled = (HEADER + "c1,ann,2024-03-01,L'été à Paris 😀\n").encode().decode("latin-1")
    taken = given("meta.csv", garbled)
    assert "texts are garbled" in taken.said()
    assert 'must mean "L\'été à Paris 😀"): import with repair' in taken.said()
    assert given("meta.csv", garbled, repair=True).activities[0].text == "L'été à Paris 😀"


def test_a_line_in_another_encoding_is_read_and_said(given):
    taken = given(
        "mixed.csv", (HEADER + "c1,zoé,2024-03-01,né\n").encode() + "c2,eve,2024-03-01,déçue\n".encode("cp1252")
    )
    assert [one.text for one in taken.activities] == ["né", "déçue"]
    assert "mixed.csv, line 3: this line is not UTF-8; it is read as Windows-1252" in taken.said()


def test_a_quote_that_never_closes_costs_its_own_line(given):
    taken = given("quote.csv", HEADER + 'q1,dee,2024-03-01,"never closed\n' + ROWS + 'q2,dee,2024-03-01,"two\nlines"\n')
    assert len(taken.activities) == 101
    assert taken.activities[-1].text == "two\nlines"
    assert [str(reject) for reject in taken.rejects] == [
        "quote.csv, line 2: a quote that opens must close before the row ends. Close the quote on this line, or write a quote inside a cell twice."
    ]


def test_a_row_with_too_many_cells_is_rejected_and_one_with_too_few_is_not(given):
    taken = given("cells.csv", HEADER + "c1,ann,2024-03-01,one, two\nc2,bob,2024-03-01\nc3,cyd,2024-03-01,,,\n")
    assert [one.id for one in taken.activities] == ["c2", "c3"]
    assert (
        str(taken.rejects[0])
        == "cells.csv, line 2: a row must have 4 cells. Got '5'. Put the cell that holds the separator in quotes."
    )


def test_a_malformed_line_of_json_costs_itself_only(given):
    like = '{"type":"Like","id":"%s","actor":"ann","published":"2024-01-01T00:00:00Z","object":"n"}'
    for lines in (["{bad}", like % 1, like % 2], [like % 1, '{"type":', like % 2], [like % 1, like % 2, '{"type":"Li']):
        taken = given("a.jsonl", "\n".join(lines))
        assert [one.id for one in taken.activities] == ["1", "2"]
        assert [reject.line for reject in taken.rejects] == [
            lines.index(next(line for line in lines if line not in {like % 1, like % 2})) + 1
        ]


def test_zero_bytes_are_taken_out_because_no_database_keeps_them(given):
    note = '{"type":"Create","id":"1","actor":"ann","published":"2024-01-01T00:00:00Z","object":{"type":"Note","id":"2","content":"a\\u0000b \\\\u0000"}}'
    assert given("a.jsonl", note).activities[0].text == "ab \\u0000"
    assert given("a.csv", HEADER + "c1,ann,2024-03-01,a\0b\n").activities[0].text == "ab"


def test_an_emoji_cut_in_two_costs_itself_only(given):
    note = '{"type":"Create","id":"1","actor":"ann","published":"2024-01-01T00:00:00Z","object":{"type":"Note","id":"2","content":"%s"}}'
    for told, meant in ((r"a\ud83d b", "a� b"), (r"a\ude00", "a�"), (r"a\ud83d\ude00", "a😀")):
        assert given("a.jsonl", note % told).activities[0].text == meant


def test_json_of_no_known_shape_says_what_it_has(given):
    taken = given("token.json", '{"access_token": "secret", "expires": 1}')
    assert (taken.source.format, taken.rows) == ("none", 0)
    assert "holds no activities of a shape known here (its keys: access_token, expires)" in taken.said()
    assert "delete it from where others can read it" in taken.said()
    assert "secret" not in taken.said()
