"""Mails as they come: broken senders, wide charsets, answers of machines; nobody is lost and no machine is answered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from entourage.networks.activity import Account
from entourage.networks.email.translate import mail

from .conftest import written

OWN = Account(id="care@tea.example", handle="care@tea.example", kind="own")
NOON = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)


def told(raw):
    return mail(raw, own=OWN, received=NOON)[0]


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Ann <ann@home.example>", "Ann"),
        ("'Ann' <'ann@home.example'>", "'Ann'"),
        ("Ann <ann@home.example.>", "Ann"),
        ('"Ann <ann@home.example>', "Ann"),
        ("Ann (Home <ann@home.example>", "Ann (Home"),
        ('"Ann" ann@home.example', "Ann"),
        ("Ann @ Home <ann@home.example>", "Ann @ Home"),
        ("Ann@Home <ann@home.example>", "Ann@Home"),
        ("=?utf-8?q?Ann_=3Cann=40home.example=3E?=", "Ann"),
        ('"bob@home.example" <ann@home.example>', "bob@home.example"),
        ("=?utf-8?q?bob=40home.example?= <ann@home.example>", "bob@home.example"),
    ],
)
def test_who_writes_is_found_however_their_program_breaks_the_header(sender, name):
    actor = told(written(1, sender=sender)).actor
    assert (actor.id, actor.name) == ("ann@home.example", name)


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("gb2312", "gb18030", "朱镕基喝茶"),
        ("gbk", "gb18030", "茶㐀"),
        ("ks_c_5601-1987", "cp949", "똠방각하 차"),
        ("euc-kr", "cp949", "펲시 차"),
        ("shift_jis", "cp932", "①お茶～髙橋"),
        ("big5", "big5hkscs", "啲茶好飲"),
        ("iso-8859-9", "cp1254", "“Çayım” nerede?"),
        ("tis-620", "cp874", "“ชา”"),
        ("iso-8859-8-i", "iso8859_8", "שלום"),
        ("koi8-r", "koi8_r", "Где мой чай?"),
        ("iso-2022-jp", "iso2022_jp", "お茶はどこ"),
        ("utf-16", "utf-16", "Thé"),
        ("x-unknown", "utf-8", "Thé"),
        ("unknown-8bit", "cp1252", "Thé à 3 €"),
    ],
)
def test_a_charset_is_read_as_widely_as_programs_write_it(charset, codec, text):
    head = written(1, Content_Type=f"text/plain; charset={charset}", text="").rstrip(b"\n")
    assert told(head + b"\n\n" + text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("more", "bot"),
    [
        ({"Auto-Submitted": "auto-replied (vacation)"}, True),
        ({"Auto-Submitted": "no (a person)"}, False),
        ({"X-Autoreply": "yes"}, True),
        ({"X-Autoreply-From": "ann@home.example"}, True),
        ({"X-Auto-Reply": "yes"}, True),
        ({"X-Mail-Autoreply": "yes"}, True),
        ({"X-Autorespond": "My pot"}, True),
        ({"X-Autoresponder": "1"}, True),
        ({"Delivered-To": "Autoresponder"}, True),
        ({"Precedence": "auto_reply"}, True),
        ({"Precedence": "Bulk "}, True),
        ({"X-Failed-Recipients": "bob@home.example"}, True),
        ({"Subject": "Automatic reply: My pot"}, True),
        ({"Subject": "Out of Office: My pot"}, True),
        ({"Subject": "Réponse automatique : Ma théière"}, True),
        ({"Subject": "=?utf-8?q?R=C3=A9ponse_automatique=C2=A0=3A_Ma_th=C3=A9i=C3=A8re?="}, True),
        ({"Subject": "Automatische Antwort: Mein Topf"}, True),
        ({"Subject": "Abwesenheitsnotiz: Mein Topf"}, True),
        ({"Subject": "Undelivered Mail Returned to Sender"}, False),
        ({"Subject": "Re: Automatic reply: My pot"}, False),
        ({"Subject": "Automatic reply machine"}, False),
        ({"Content-Type": "multipart/report; report-type=disposition-notification; boundary=b"}, True),
        ({"From": "Mail Delivery Subsystem <mailer-daemon@home.example>"}, True),
        ({"From": "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@home.example"}, True),
        ({"From": "noreply+77@shop.example"}, True),
        ({"From": "bounce@shop.example"}, False),
    ],
)
def test_what_a_machine_wrote_is_told_as_a_machine_s(more, bot):
    assert (told(written(1, **more)).actor.kind == "bot") is bot


def test_an_invitation_s_answer_by_one_click_tells_who_and_what():
    body = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nSUMMARY:Tasting\nEND:VEVENT\nEND:VCALENDAR\n"
    one = told(
        written(1, Content_Type="text/calendar; method=REPLY; charset=utf-8", subject="Accepted: Tasting", text=body)
    )
    assert (one.actor.id, one.text, one.subject) == ("ann@home.example", "Tasting", "Accepted: Tasting")


def test_headers_longer_than_what_is_read_still_tell_who_and_when():
    long = "\n".join(f"X-Hop-{n}: {'a' * 900}" for n in range(400))
    raw = written(1, text="It leaks.").replace(b"\n\n", f"\n{long}\n\n".encode(), 1)
    activity = mail(raw[: 256 << 10], own=OWN, received=NOON, size=len(raw))[0]
    assert (activity.actor.id, activity.id, activity.text) == ("ann@home.example", "m1@home.example", "My pot")


def test_lines_that_are_no_headers_are_passed_over():
    raw = b"From ann@home.example Sat Nov 21 10:00:00 2026\n" + written(1)
    assert told(raw).actor.id == "ann@home.example"
    twice = told(b"Message-ID: <m0@home.example>\nFrom: Bob <bob@home.example>\n" + written(1))
    assert (twice.id, twice.actor.id) == ("m0@home.example", "bob@home.example")


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        ("base64\n\nSXQgbGVha3Mu", "It leaks."),
        ("base64\n\nSXQgbGVha3M", "It leaks"),
        ("base64\n\nIt leaks, and this was never packed.", None),
        ("BASE64 \n\nSXQgbG\n Vh!a3Mu\n", "It leaks."),
        ("quoted-printable\n\nIt leaks=2E 100=% =ZZ =", "It leaks. 100=% =ZZ"),
        ("8bit\n\nIt leaks.", "It leaks."),
        ("x-nothing\n\nIt leaks.", "It leaks."),
    ],
)
def test_what_is_packed_badly_is_unpacked_as_far_as_it_goes(packed, text):
    raw = written(1, text="").rstrip(b"\n") + f"\nContent-Transfer-Encoding: {packed}\n".encode()
    assert told(raw).text == text if text else told(raw).text
