"""Files that go with an answer: what may go is said before, seen from the content, and shown in the thread."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.inbox.desk import at, seen, text_of

from entourage.web.inbox.models import Draft, Message
from entourage.web.listen.models import Connection
from entourage.web.outbox.models import Enclosure, Outgoing, Sending

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
#: How the files of this table begin.
CONTENT = {
    "png": PNG,
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(20),
    "gif": b"GIF89a" + bytes(20),
    "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "pdf": b"%PDF-1.7\n\xff",
    "text": "Thé vert".encode(),
    "program": b"MZ\x90\0\x03",
    "nothing": b"",
    "large": PNG + bytes(100_000),
}


def file(name: str, what: str = "png") -> SimpleUploadedFile:
    """A browser says of every file that it is a picture: nobody believes it."""
    return SimpleUploadedFile(name, CONTENT[what], content_type="image/png")


@pytest.fixture
def connection(talk):
    limits = {"length": 400, "unit": "graphemes", "attachments": 2, "attachment_bytes": 100_000}
    return Connection.objects.create(
        brand=talk.brand, network="x", name="ours", account=talk.page, can=["read", "reply", "message"], limits=limits
    )


@pytest.fixture
def send(page, talk, connection):
    """Answer Bob with files as a browser without scripts does; what the page says then."""

    def answer(*files: SimpleUploadedFile, **fields: Any) -> str:
        told = {"text": "We do.", "seen": seen(talk, "Bob"), "files": list(files), **fields}
        return text_of(page.post(at(talk.of("Bob"), "answer"), told, follow=True))

    return answer


def takes_everything(connection: Connection) -> None:
    connection.limits |= {"attachment_kinds": [""]}
    connection.save()


def enclosed(of: Any) -> list[tuple[str, str, str]]:
    rows = Enclosure.objects.of(of.brand).order_by("pk")
    return [(one.name, one.kind, one.alt) for one in rows]


def test_the_box_says_how_many_files_how_large_and_of_which_kinds_before_one_chooses(page, talk, connection):
    told = text_of(page.get(at(talk.of("Bob"))))
    assert "At most 2 files (PNG, JPEG, GIF, WebP) of 0.1 MB each, 0.2 MB together." in told
    connection.limits |= {"attachments": 0}
    connection.save()
    assert "answer-files" not in page.get(at(talk.of("Bob"))).content.decode()


def test_where_an_answer_goes_by_hand_no_files_are_offered_nor_taken(page, talk):
    bob = talk.of("Bob")
    assert "answer-files" not in page.get(at(bob)).content.decode()
    told = {"text": "We do.", "seen": seen(talk, "Bob"), "files": [file("a.png")], "alts": "A kettle"}
    assert "No files can be sent" in text_of(page.post(at(bob, "answer"), told, follow=True))
    assert not Outgoing.objects.of(talk.brand).exists()


def test_a_picture_goes_with_an_answer_and_its_name_stands_in_the_thread(talk, send):
    assert "kettle.png – A green kettle" in send(file("kettle.png"), alts="A green\nkettle")
    assert enclosed(talk) == [("kettle.png", "image/png", "A green kettle")]
    assert bytes(Enclosure.objects.of(talk.brand).get().content) == PNG


def test_its_name_still_stands_there_once_the_network_has_told_the_answer_back(page, talk, send, connection):
    send(file("kettle.png"), alts="A green kettle")
    told = talk.one("f", 0.1, "us", "e", text="We do.")
    Outgoing.objects.of(talk.brand).update(state=Sending.ACCEPTED, activity=told.pk)
    talk.thread()
    assert Message.objects.of(talk.brand).filter(activity=told).exists()
    shown = page.get(at(talk.of("Bob"))).content.decode()
    assert f'id="m-{told.pk}"' in shown
    assert shown.count("kettle.png") == 1


def test_each_file_has_its_line_in_the_order_of_names_or_of_its_own_field(talk, send):
    send(file("b.png"), file("a.png"), alts="of a\nof b")
    send(file("b.png"), file("a.png"), alt=["of b", "of a"], text="And more.", seen=seen(talk, "Bob"))
    assert enclosed(talk) == [
        ("a.png", "image/png", "of a"), ("b.png", "image/png", "of b"),
        ("b.png", "image/png", "of b"), ("a.png", "image/png", "of a"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "alts", "told"),
    [
        ([("a.png", "png")], "", "Say in words what a.png shows"),
        ([("a.png", "png"), ("b.png", "png")], "only of a", "Say in words what b.png shows"),
        ([("a.png", "png"), ("b.png", "png")], "a\nb\nc", "There are more lines than files"),
        ([(f"{one}.png", "png") for one in "abc"], "a\nb\nc", "At most 2 files go with an answer here"),
        ([("a.png", "large")], "a", "a.png is larger than 0.1 MB"),
        ([("a.png", "nothing")], "a", "empty"),
        ([("a.png", "program")], "a", "a.png cannot be sent here: save it as one of PNG, JPEG, GIF, WebP"),
        ([("a.png", "pdf")], "a", "a.png cannot be sent here"),
    ],
)
def test_what_cannot_go_is_refused_with_its_cure_and_the_words_are_kept(talk, send, files, alts, told):
    assert told in send(*(file(name, what) for name, what in files), alts=alts)
    assert not Outgoing.objects.of(talk.brand).exists()
    assert Draft.objects.of(talk.brand).get().text == "We do."


@pytest.mark.parametrize(
    ("named", "kind", "leaves_as"),
    [
        (("a.PNG", "png"), "image/png", "a.PNG"),
        (("a.png", "jpeg"), "image/jpeg", "a.png.jpg"),
        (("a.gif", "gif"), "image/gif", "a.gif"),
        (("a.webp", "webp"), "image/webp", "a.webp"),
        (("a.exe", "pdf"), "application/pdf", "a.exe.pdf"),
        (("page.html", "text"), "text/plain", "page.html.txt"),
        (("rows.csv", "text"), "text/plain", "rows.csv"),
        (("a\u202egnp.txt", "text"), "text/plain", "agnp.txt"),
        (("é" * 240 + ".txt", "text"), "text/plain", "é" * 196 + ".txt"),
    ],
)
def test_what_a_file_is_is_seen_from_its_content(send, connection, named, kind, leaves_as):
    takes_everything(connection)
    send(file(*named), alts="it shows something")
    assert [row[:2] for row in enclosed(connection)] == [(leaves_as, kind)]


def test_all_files_together_are_weighed_before_any_is_read(talk, send, connection, monkeypatch):
    connection.limits |= {"attachment_bytes": 18 << 20}
    connection.save()
    monkeypatch.setattr("entourage.web.inbox.actions.enclosing.TOGETHER", 100_060)
    shown = send(file("a.png"), file("b.png", "large"), alts="a\nb")
    assert "Together these files are larger than 0.1 MB: take some away." in shown
    assert not Outgoing.objects.of(talk.brand).exists()


def test_an_answer_taken_back_says_that_its_files_are_to_be_chosen_again(page, talk, send):
    send(file("kettle.png"), alts="A kettle")
    undo = f"/b/tea/inbox/outgoing/{Outgoing.objects.of(talk.brand).get().pk}/undo/"
    assert "Choose its files again" in text_of(page.post(undo, follow=True))


def test_without_files_no_field_about_them_matters(talk, send):
    send(alts="")
    assert Outgoing.objects.of(talk.brand).get().state == Sending.QUEUED
    assert enclosed(talk) == []


def test_a_thread_with_many_files_costs_no_more_queries_than_one_with_one(
    page, talk, send, django_assert_max_num_queries
):
    send(file("a.png"), alts="a")
    with django_assert_max_num_queries(36) as few:
        page.get(at(talk.of("Bob")))
    for number in range(6):
        send(file("a.png"), file("b.png"), alts="a\nb", text=f"And {number}.", seen=seen(talk, "Bob"))
    with django_assert_max_num_queries(36) as many:
        page.get(at(talk.of("Bob")))
    assert len(many) == len(few)
