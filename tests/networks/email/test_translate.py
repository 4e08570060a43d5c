"""Mails into activities: the samples that lie beside the translator, and any bytes at all."""

# ruff: noqa: E501 - tables are drawn as they are

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import entourage.networks.email
from entourage.networks.activity import Account, Activity
from entourage.networks.base import Aside
from entourage.networks.email.charsets import text_of, unfolded
from entourage.networks.email.markup import as_text
from entourage.networks.email.translate import mail

from .conftest import written

PAYLOADS = Path(entourage.networks.email.__file__).parent / "payloads"
OWN = Account(id="care@tea.example", handle="care@tea.example", kind="own")
NOON = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)


def told(raw, **more):
    activity = mail(raw, own=OWN, received=NOON, **more)[0]
    assert isinstance(activity, Activity)
    return activity


def sample(name):
    return told((PAYLOADS / f"{name}.eml").read_bytes())


def test_every_sample_tells_who_what_and_in_which_thread():
    drawn = [
        f"{path.stem} {one.actor.id} {one.id.partition('@')[0]} > {one.in_reply_to.partition('@')[0] or '-'} "
        f"^ {one.context.partition('@')[0] or '-'}"
        for path in sorted(PAYLOADS.iterdir())
        for one in [sample(path.stem)]
    ]
    assert drawn == [
        "auto_reply automatic:ann@home.example auto-1 > entourage.1f0c ^ plain-1",
        "bounce automatic:mailer-daemon@mail.tea.example 20261121113000.4F1 > entourage.1f0c ^ -",
        "calendar bob@home.example cal-1 > - ^ cal-1",
        "contact_form cyd@home.example form > - ^ form",
        "forwarded ann@home.example forward-1 > - ^ forward-1",
        "french_inline helene@home.example inline-1 > entourage.88bb ^ -",
        "garbage bob@home.example garbage-1 > - ^ garbage-1",
        "html_only dee@home.example html-1 > - ^ html-1",
        "multipart ann@home.example multi-1 > entourage.1f0c ^ plain-1",
        "nested ann@home.example nested-1 > - ^ nested-1",
        "newsletter automatic:news@list.example news-1 > - ^ news-1",
        "outlook_french dee@home.example outlook-1 > entourage.77aa ^ dee-1",
        "plain ann@home.example plain-1 > - ^ plain-1",
        "quoted_printable helene@home.example qp-1 > - ^ qp-1",
        "truncated ann@home.example cut-1 > - ^ cut-1",
        "wrong_charset ann@home.example charset-1 > - ^ charset-1",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plain", "Hello,\n\nthe pot that I bought last week leaks, and nobody answers the telephone.\n\nAnn"),
        ("multipart", "Here is the photo you asked for."),
        (
            "html_only",
            "This is the third time that I write!\n\n- the pot leaks\n- the lid is cracked\n\nRefund me & take it back.",
        ),
        ("quoted_printable", "Ma théière à 35 € est arrivée fêlée, et c'est la deuxième fois."),
        ("wrong_charset", "Le thé à 12 €, c’est trop cher."),
        ("garbage", "“Where is it?”  asked Bob."),
        ("outlook_french", "Bonjour,\n\nToujours rien reçu. C’est inadmissible !\n\nCordialement,\nDee"),
        ("french_inline", "Verte.\n\nLe 3 octobre,\nà la boutique de Lyon."),
        ("contact_form", "From: Cyd Marsh\nMessage: Do you sell spare lids?"),
        ("calendar", "20261201T180000\nTasting, first floor\n12 rue des Tilleuls"),
        ("bounce", "<ann@home.example>: host mx.home.example said: 550 5.1.1 no such user"),
        ("truncated", "Only the beginning of this mail was fetched, été compri"),
        ("nested", "Nested"),
    ],
)
def test_the_words_of_a_sample_are_those_its_author_wrote_anew(name, text):
    assert sample(name).text == text


def test_names_and_subjects_are_read_whatever_their_charset():
    assert sample("quoted_printable").actor.name == "Hélène"
    assert sample("quoted_printable").subject == "Théière fêlée"
    assert (sample("garbage").actor.name, sample("garbage").subject) == ("Bob ÿþ", "Café bell")
    assert unfolded("=?utf-8?b?w6k=?= =?no-such?q?a=E9?= =?x?") == "éaé =?x?"


def test_a_mail_is_turned_to_us_and_one_of_ours_to_those_it_names():
    assert [to.id for to in sample("plain").to] == ["care@tea.example"]
    ours = told(written(1, To="Ann <ann@home.example>", Cc="bob@home.example, care@tea.example"), outward=True)
    assert (ours.actor, [to.id for to in ours.to]) == (OWN, ["ann@home.example", "bob@home.example"])


@pytest.mark.parametrize(
    ("more", "account", "kind"),
    [
        ({}, "ann@home.example", ""),
        ({"Auto-Submitted": "no"}, "ann@home.example", ""),
        ({"Auto-Submitted": "auto-generated"}, "automatic:ann@home.example", "bot"),
        ({"Precedence": "bulk"}, "automatic:ann@home.example", "bot"),
        ({"List-Id": "<x>"}, "automatic:ann@home.example", "bot"),
        ({"From": "no-reply@shop.example"}, "automatic:no-reply@shop.example", "bot"),
        ({"From": "no-reply@shop.example", "Reply-To": "bob@home.example"}, "bob@home.example", ""),
        ({"Reply-To": "care@tea.example"}, "ann@home.example", ""),
        ({"From": "care@tea.example", "To": "ann@home.example"}, "care@tea.example", "own"),
        ({"From": "care@tea.example"}, "unknown:", ""),
        ({"From": "care@tea.example", "To": "ann@home.example", "Received": "from x"}, "unknown:", ""),
        ({"From": "care@tea.example", "Reply-To": "bob@home.example"}, "bob@home.example", ""),
        ({"From": "Care@Tea.example", "Auto-Submitted": "auto-generated"}, "automatic:care@tea.example", "bot"),
        ({"From": "undisclosed"}, "automatic:nobody", "bot"),
        ({"From": ""}, "automatic:nobody", "bot"),
        ({"From": "Ann <ann@home.example>, bob@home.example"}, "ann@home.example", ""),
    ],
)
def test_whose_mail_it_is(more, account, kind):
    one = told(written(1, **more))
    who = "unknown:" if one.actor.id.startswith("unknown:") else one.actor.id
    assert (who, one.actor.kind) == (account, kind)


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Sat, 21 Nov 2026 10:00:00 +0100", "2026-11-21T09:00:00+00:00"),
        ("21 Nov 2026 10:00:00 -0000", "2026-11-21T10:00:00+00:00"),
        ("Sat, 21 Nov 2026 12:35:00 +0000", "2026-11-21T12:35:00+00:00"),  # a clock that is a little fast
        ("Mon, 21 Nov 2033 10:00:00 +0100", "2026-11-21T12:30:00+00:00"),
        ("Thu, 1 Jan 1970 00:00:00 +0000", "2026-11-21T12:30:00+00:00"),
        ("yesterday", "2026-11-21T12:30:00+00:00"),
        ("", "2026-11-21T12:30:00+00:00"),
    ],
)
def test_when_it_was_written(date, at):
    assert told(written(1, Date=date)).at.isoformat() == at


def test_a_mail_without_an_id_gets_the_same_one_every_time_and_another_than_other_mails():
    one, again, other = (told(written(1, Message_ID="", text=text)).id for text in ("a", "a", "b"))
    assert one == again != other
    assert one.endswith("@id.invalid")


def test_an_id_that_cannot_be_written_is_the_same_wherever_it_is_met():
    odd = "<a b" + "c" * 300 + "é@x>"
    asked = told(written(1, Message_ID=odd))
    answered = told(written(2, In_Reply_To=odd, References=odd))
    assert answered.in_reply_to == answered.context == asked.id
    assert len(asked.id) < 60


def test_a_stranger_who_uses_an_id_of_ours_does_not_get_it():
    ours = "<entourage.1f0c@tea.example>"
    assert told(written(1, Message_ID=ours), outward=True).id == "entourage.1f0c@tea.example"
    assert told(written(1, Message_ID=ours)).id.endswith("@id.invalid")


def test_a_mail_that_is_cut_before_its_words_says_so():
    raw = written(1, Content_Type="multipart/mixed; boundary=b", text="--b\nContent-Type: image/png\n\nxxxx")
    activity, note = mail(raw, own=OWN, received=NOON, size=52 << 20)
    assert isinstance(note, Aside)
    assert activity.text == "My pot"
    assert note.message.startswith("A mail of 52 MB from ann@home.example has no words in its beginning")


HEADS = st.sampled_from(
    [b"From: ", b"To: ", b"Date: ", b"Subject: ", b"Message-ID: <", b"References: <", b"In-Reply-To: ", b"Reply-To: ",
     b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: text/html; charset=", b"Content-Type: message/rfc822\n",
     b'Content-Type: multipart/alternative; boundary="b\n', b"Content-Type: text/plain; format=flowed; charset*0=\n",
     b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: x-uuencode\n", b"Content-Disposition: attachment; filename*=x'y'%",
     b"=?utf-8?q?=C3?=", b"=?a?b?", b"unicode_escape", b"utf-7", b"\n", b"\n\n", b"--b\n", b"--b--\n", b"begin 644 x\n", b"<", b">", b"@", b"x@y",
     b",", b";", b":", b"(", b")", b'"', b"\\", b"\x00", b"\xff\xfe", b"\xe9", b"> ", b"-- \n", b"<div>", b"</", b"<!--", b"<blockquote>",
     b"On 3 May 2026, a@b wrote:\n", b"BEGIN:VEVENT\nSUMMARY:", b"\\n", b"=", b"Sat, 99 Foo 99999 25:61:61 +9999"]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=300), st.lists(HEADS, max_size=40).map(b"".join)), st.booleans())
def test_any_bytes_are_a_mail(raw, outward):
    one = told(raw, outward=outward)
    assert one.at.tzinfo is UTC
    assert one.id
    assert one.id.isprintable()
    assert one.actor.id.isprintable()
    assert "\x00" not in one.text + one.subject + one.actor.name
    assert told(raw, outward=outward) == one
    one.text.encode()


@given(st.text(), st.sampled_from(["utf-8", "iso-8859-1", "utf-16", "koi8-r", "nonsense", "unicode_escape", ""]))
def test_utf_8_is_read_whatever_western_charset_is_declared(text, charset):
    decoded = text_of(text.encode(), charset)
    if charset in {"utf-8", "iso-8859-1", "nonsense", ""}:
        assert decoded == text.replace("\x00", "").removeprefix("\ufeff")


SLOW = [
    "<!" * 60_000, "<![" * 40_000, "<a " * 40_000, "<a b='" * 40_000, "</" * 60_000, "<!--" * 40_000, "<script>" * 20_000, "<div>" * 30_000,
    "<blockquote>" * 20_000, "&" * 100_000, "<p style='display:none'>" * 9_000, "> " * 50_000, ">\n" * 50_000, "-- \n" * 40_000,
    "On 2026 a@b\n" * 9_000, "From: a\nSent: b\nSubject: c\n" * 5_000, "_____\n" * 20_000, "=?utf-8?q?=C3?= " * 9_000, " wrote" * 20_000,
    "\n" * 150_000,
]  # fmt: skip


@pytest.mark.parametrize("words", SLOW, ids=lambda words: repr(words[:12]))
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_no_words_of_a_stranger_take_long_to_read(words, kind):
    begun = time.thread_time()
    told(written(1, Content_Type=f"text/{kind}; charset=utf-8", text=words))
    assert time.thread_time() - begun < 2


@pytest.mark.parametrize("header", ["From", "To", "References", "Subject", "Date", "Content-Type", "Message-ID"])
@pytest.mark.parametrize("words", ["(", "<", '"', "a@b,", "=?utf-8?q?", "<a@b> ", "; x*0=", "\\", "a:;"])
def test_no_header_of_a_stranger_takes_long_to_read(header, words):
    begun = time.thread_time()
    told(written(1, **{header: words * 10_000}))
    assert time.thread_time() - begun < 3


def test_html_is_read_as_a_person_sees_it():
    assert as_text("<td>a</td><td>b</td>") == "a b"
    assert as_text("1 < 2 <b>and</b> 3 > 2") == "1 < 2 and 3 > 2"
    assert as_text("<p style='overflow:hidden'>seen</p><p style='display: none'>not <b>seen</b></p>") == "seen"
    assert as_text("<div style='display:none'>never closed, so <p>kept") == "never closed, so\n\nkept"
    assert as_text("a<!--[if mso]><p>b</p><![endif]-->c<script>d</script ><SCRIPT>e</SCRIPT>f") == "acf"
    assert as_text("<blockquote>a<blockquote>b</blockquote></blockquote>c").splitlines() == [
        "> a",
        "",
        "> > b",
        "",
        "c",
    ]


def test_the_arrival_is_taken_as_it_is_told():
    late = NOON + timedelta(days=1)
    (one,) = mail(written(1, Date=""), own=OWN, received=late)
    assert one.at == late
