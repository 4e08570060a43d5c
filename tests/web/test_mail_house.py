"""Through the whole house from a real mailbox: what comes with a mail is seen in its thread, and goes with it."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from tests.networks.email.conftest import box, imap  # noqa: F401 - fixtures
from tests.web import world

from entourage.networks.email.mailbox import PIECE
from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Conversation
from entourage.web.listen import actions as listen
from entourage.web.listen import bridge as reading
from entourage.web.listen.models import Attachment, Connection
from entourage.web.people import actions as people
from entourage.web.people.models import Person

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n" + bytes(range(256)) * (PIECE // 128)


def photo() -> bytes:
    """A picture of 320 by 240, in the colours of a kettle."""
    lines = b"".join(
        bytes([0, *(value for at in range(320) for value in (at * 255 // 320, row, 90))]) for row in range(240)
    )
    pieces = [
        (b"IHDR", struct.pack(">IIBBBBB", 320, 240, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    ]
    told = [
        struct.pack(">I", len(one)) + kind + one + struct.pack(">I", zlib.crc32(kind + one)) for kind, one in pieces
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def complaint():
    """A mail of more than the piece that is read for its words, with a photo, a bill and a page with a script."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = (
        "Ann Linden <ann@home.example>",
        "care@tea.example",
        "<m1@home.example>",
    )
    mail["Subject"], mail["Date"] = "My pot", timezone.now() - timedelta(minutes=5)
    mail.set_content("It came in two halves, see the photo.")
    mail.add_attachment(photo(), maintype="image", subtype="png", filename="pot.png")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="facture n° 77.pdf")
    mail.add_attachment("<script>alert(1)</script>", subtype="html", filename="pot.png.html")
    return mail.as_bytes()


@pytest.fixture
def olga():
    return world.member(world.brand("tea"))


@pytest.fixture
def heard(olga, box):  # noqa: F811
    """Ann's mail, read and threaded; again, it is read from the beginning, as after a move of the mailbox."""
    box.put(complaint())
    settings = box.settings()
    secrets = {"password": settings.pop("password")}
    connection = listen.connect(
        brand=olga.brand, network="email", name="Care", settings=settings, secrets=secrets, by=None, at=timezone.now()
    )

    def read():
        Connection.objects.of(olga.brand).update(cursor="")
        reading.read_connection(connection.pk, now=timezone.now())
        connection.refresh_from_db(from_queryset=Connection.objects.everywhere())
        assert (connection.state, connection.error) == ("live", "")
        inbox.thread(olga.brand, now=timezone.now())

    read()
    return read


def test_the_files_of_a_mail_are_seen_in_its_thread_and_come_back_as_they_were(client, olga, heard):
    heard()
    assert Attachment.objects.of(olga.brand).count() == 3
    world.signed_in(client, olga)
    html = client.get(f"/b/tea/inbox/{Conversation.objects.of(olga.brand).get().pk}/").content.decode()
    assert "It came in two halves" in html
    (drawn,) = re.findall(r'<img src="(/b/tea/files/\d+/)" alt="pot.png"', html)
    assert client.get(drawn).content == photo()
    _, bill, script = re.findall(r'<a href="(/b/tea/files/\d+/\?download)" download="([^"]+)"', html)
    assert bill[1] == "facture n° 77.pdf"
    assert client.get(bill[0]).content == PDF
    answer = client.get(script[0].removesuffix("?download"))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/octet-stream",
        'attachment; filename="pot.png.html"',
    )


def test_when_the_author_is_erased_the_files_go_and_no_reading_brings_them_back(olga, heard):
    people.meet(brand=olga.brand)
    people.erase(person=Person.objects.of(olga.brand).get(name="Ann Linden"), by=olga, at=timezone.now())
    assert not Attachment.objects.of(olga.brand).exists()
    heard()
    assert not Attachment.objects.of(olga.brand).exists()
    assert not Conversation.objects.of(olga.brand).exists()
