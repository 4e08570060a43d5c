"""The files that come with a mail: which are kept, what is told of the others, and how a large one is read."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import entourage.networks.email
from entourage.networks.activity import Account
from entourage.networks.email import enclosed as limits
from entourage.networks.email.enclosed import enclosed
from entourage.networks.email.mailbox import PIECE
from entourage.networks.email.translate import mail, parsed

from .conftest import written

PAYLOADS = Path(entourage.networks.email.__file__).parent / "payloads"
OWN = Account(id="care@tea.example", handle="care@tea.example", kind="own")
NOON = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n"


def told(raw, **more):
    return mail(raw, own=OWN, received=NOON, **more)[0]


def letter(*files, **headers):
    """A mail with files, each ``(name, kind, content)``."""
    note = EmailMessage()
    for name, value in {"From": "ann@home.example", "Message_ID": "<f1@home.example>", **headers}.items():
        note[name.replace("_", "-")] = value
    note.set_content("Here it is.")
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        note.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return note


def raw(*files, **headers):
    return letter(*files, **headers).as_bytes()


def drawn(activity):
    return [f"{one.name} {one.kind} {one.size}{'' if one.content else ' -'}" for one in activity.attachments]


def test_the_files_of_the_samples():
    assert {path.stem: found for path in PAYLOADS.iterdir() if (found := drawn(told(path.read_bytes())))} == {
        "multipart": ["pot.jpg image/jpeg 22", "note.txt text/plain 23"],
    }


def test_a_file_comes_as_it_left_with_its_name_and_what_it_shows_in_words():
    note = letter(("Reçu été.pdf", "application/pdf", b"%PDF-1.7\r\n\0\xff"))
    next(note.iter_attachments())["Content-Description"] = "=?utf-8?q?Le_re=C3=A7u?="
    activity = told(note.as_bytes())
    (file,) = activity.attachments
    assert (file.name, file.kind, file.content, file.alt) == (
        "Reçu été.pdf", "application/pdf", b"%PDF-1.7\r\n\0\xff", "Le reçu"
    )  # fmt: skip
    assert activity.text == "Here it is."


@pytest.mark.parametrize(
    ("told_as", "name"),
    [
        ("C:\\Users\\Ann\\photo.png", "photo.png"),
        ("../../etc/passwd", "passwd"),
        ("a" * 400, "a" * 200),
        ("a\tb.png", "a b.png"),
        ("", ""),
    ],
)
def test_a_name_is_one_line_without_a_path(told_as, name):
    (file,) = told(raw((told_as, "image/png", PNG))).attachments
    assert file.name == name


def pasted(content, **headers):
    """A mail as phones write it: the picture stands in the text."""
    note = letter()
    note.add_alternative('<p>Look: <img src="cid:x"></p>', subtype="html")
    note.get_payload()[1].add_related(content, "image", "png", cid="<x>", **headers)
    return told(note.as_bytes())


def test_a_picture_in_the_text_is_a_file_unless_it_is_as_small_as_a_logo():
    assert drawn(pasted(bytes(9_000))) == [" image/png 9000"]
    assert drawn(pasted(bytes(7_000))) == []
    assert drawn(pasted(bytes(7_000), disposition="attachment")) == [" image/png 7000"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("application/pgp-signature", "signature.asc"),
        ("application/pkcs7-signature", "smime.p7s"),
        ("application/ms-tnef", "winmail.dat"),
        ("text/calendar", "invite.ics"),
    ],
)
def test_what_only_machines_read_is_no_file(kind, name):
    assert drawn(told(raw((name, kind, b"BEGIN:VCALENDAR")))) == []


def test_of_files_that_are_too_large_or_too_many_it_is_told_that_they_are_there(monkeypatch):
    monkeypatch.setattr(limits, "EACH", 100)
    monkeypatch.setattr(limits, "TOGETHER", 150)
    monkeypatch.setattr(limits, "MOST", 4)
    files = [(f"{number}.bin", "application/zip", bytes(size)) for number, size in enumerate((100, 101, 60, 50, 1))]
    assert drawn(told(raw(*files))) == [
        "0.bin application/zip 100",
        "1.bin application/zip 101 -",
        "2.bin application/zip 60 -",
        "3.bin application/zip 50",
    ]


@pytest.mark.parametrize(
    ("headers", "more"),
    [
        ({"Auto_Submitted": "auto-replied"}, {}),
        ({"From": OWN.id, "Message_ID": "<entourage.1f0c@tea.example>"}, {"outward": True}),
    ],
)
def test_of_what_a_machine_wrote_or_left_through_here_no_file_is_kept(headers, more):
    assert told(raw(("a.png", "image/png", PNG), **headers), **more).attachments == ()


def test_a_mail_of_which_only_the_beginning_is_there_tells_nothing_yet():
    whole = raw(("a.png", "image/png", bytes(9_000)))
    assert told(whole[:3_000], size=len(whole)).attachments == ()
    assert drawn(told(whole[:3_000], size=len(whole), whole=whole)) == ["a.png image/png 9000"]
    assert drawn(told(whole, size=36 << 20, whole=whole)) == ["a.png image/png 9000"]
    assert drawn(told(whole[:3_000], size=(36 << 20) + 1)) == [f" message/rfc822 {(36 << 20) + 1} -"]


CUT = st.integers(0, 1_200).map(lambda at: (PAYLOADS / "multipart.eml").read_bytes()[:at])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600) | st.builds(bytes.__add__, CUT, st.binary(max_size=40)))
def test_whatever_the_bytes_are_files_are_found_or_none(content):
    assert all(len(one.content) <= limits.EACH and len(one.name) <= 200 for one in enclosed(parsed(content)))


def test_a_large_mail_is_read_whole_for_its_files_and_only_then(box):
    photo = os.urandom(PIECE * 2)
    box.put(raw(("photo.jpg", "image/jpeg", photo), Message_ID="<large@home.example>"))
    box.put(written(2))
    box.put(raw(("small.png", "image/png", PNG), Message_ID="<small@home.example>"))
    with box.open() as network:
        page = network.read("")
        files = {one.id.partition("@")[0]: one.attachments for one in page.found}
        assert [one.content for one in files["large"]] == [photo]
        assert [one.content for one in files["small"]] == [PNG]
        assert files["m2"] == ()
        history = {
            one.id.partition("@")[0]: drawn(one) for found in network.history(NOON.replace(year=1990)) for one in found
        }
    assert history == {"large": [], "small": ["small.png image/png 8"], "m2": []}
    assert [one.id for one in page.found if one.text != "It leaks."] == ["large@home.example", "small@home.example"]


def test_the_files_of_old_mails_stay_in_the_mailbox_and_are_told(box):
    content = os.urandom(PIECE), bytes(9_000)
    mails = [
        raw(("photo.jpg", "image/jpeg", one), Message_ID=f"<o{at}@home.example>") for at, one in enumerate(content)
    ]
    box.store(2, mails.__getitem__)
    for path in (box.imap.top / "mail" / box.user / "new").iterdir():
        os.utime(path, times=(NOON.timestamp() - 1e8,) * 2)
    with box.open() as network:
        large, small = (drawn(one) for one in network.read("").found)
    size = len(mails[0].replace(b"\n", b"\r\n"))
    assert large == [f" message/rfc822 {size} -"]
    assert small == ["photo.jpg image/jpeg 9000 -"]


def test_mails_with_large_files_are_read_in_pages_that_fit_into_memory(box, monkeypatch):
    monkeypatch.setattr("entourage.networks.email.reading.FILES_BYTES", 1 << 20)
    for number in range(4):
        box.put(raw(("photo.jpg", "image/jpeg", os.urandom(PIECE * 2)), Message_ID=f"<p{number}@home.example>"))
    pages, cursor, more = [], "", True
    with box.open() as network:
        while more:
            page = network.read(cursor)
            cursor, more = page.cursor, page.more
            pages.append([len(one.attachments[0].content) for one in page.found])
    assert [size for page in pages for size in page] == [PIECE * 2] * 4
    assert len(pages) >= 3
