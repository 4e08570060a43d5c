"""What leaves: whatever anybody writes into a name, a subject, an id or a file, no header is smuggled in."""

# ruff: noqa: E501 - tables are drawn as they are

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entourage.networks.activity import Account, Attachment
from entourage.networks.base import Broken
from entourage.networks.email.access import access
from entourage.networks.email.letter import answer_subject, letter, references
from entourage.networks.email.naming import folder_name, read_name
from entourage.networks.live import Answer

OWN = Account(id="care@tea.example", handle="care@tea.example", name="Tea", kind="own")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEADERS = {
    "message-id", "in-reply-to", "references", "from", "to", "subject", "date", "content-language", "content-type",
    "content-transfer-encoding", "mime-version",
}  # fmt: skip
EVIL = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(["\r", "\n", "\r\n", "Bcc: eve@x", "<", ">", "@", '"', "\\", ",", " ", "\x00", "é", "\u2028", "=?utf-8?q?=0A?=", "\ud800"]), max_size=12).map("".join),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVIL, min_size=6, max_size=6), st.lists(EVIL, max_size=3))
def test_no_words_smuggle_a_header_in(words, ids):
    key, text, subject, name, file, language = words
    answer = Answer(
        key=key, text=text, to="", language=language,
        attachments=(Attachment(name=file, kind=file, content=b"\r\nBcc: eve@x\r\n\r\n", alt=name),),
    )  # fmt: skip
    to = Account(id="ann@home.example", name=name)
    thread = references(*(ids + [""] * 3)[:1], ids[1:2], (ids + [""] * 3)[2])
    raw = letter(answer, sender=OWN, to=to, subject=subject, thread=thread, at=NOON)
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    names = {line.partition(b":")[0].decode().lower() for line in head.split(b"\r\n") if line[:1] not in b" \t"}
    assert names <= HEADERS
    mail = message_from_bytes(raw, policy=policy.default)
    assert [one.addr_spec for one in mail["To"].addresses] == ["ann@home.example"]
    assert [one.addr_spec for one in mail["From"].addresses] == ["care@tea.example"]
    assert len(mail.get_all("Message-ID")) == 1
    assert len(list(mail.iter_attachments())) == 1


def test_a_long_thread_keeps_its_root_and_its_end():
    long = references("root@x", [f"m{n}@x" for n in range(90)], "last@x")
    assert (len(long), long[0], long[-2:]) == (20, "root@x", ("m89@x", "last@x"))
    assert references("root@x", ["root@x", "a@x"], "root@x") == ("a@x", "root@x")
    assert references("", [], "bad id\r\n") == ()


def test_long_ids_are_not_folded_into_encoded_words():
    long = "a" * 200 + "@x.example"
    raw = letter(Answer(key="k", text="x", to=long), sender=OWN, to=OWN, subject="", thread=(long,), at=NOON)
    assert f"In-Reply-To: <{long}>\r\n".encode() in raw
    assert f"References: <{long}>\r\n".encode() in raw


@pytest.mark.parametrize("subject", ["Re: a", "RE: a", "AW: a", "Rép : a", "SV:a"])
def test_a_subject_that_answers_already_is_left_as_it_is(subject):
    assert answer_subject(subject) == subject


@given(st.text(max_size=30).filter(str.isprintable))
def test_a_folder_is_found_under_the_name_it_has(name):
    assert read_name(folder_name(name)) == name


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"address": "care"}, "The address of a mailbox must be like care@example.com. Got 'care'. Correct it."),
        (
            {"imap_host": "imap tea"},
            "The IMAP server must be a name like imap.example.com. Got 'imap tea'. Correct it.",
        ),
        (
            {"imap_security": "ssl"},
            "The security of IMAP must be tls, starttls or plain. Got 'ssl'. Choose one of them.",
        ),
        ({"imap_port": "99999"}, "The port of IMAP must be a number up to 65535. Got '99999'. Correct it."),
        ({"name": "Tea\r\nBcc: x"}, "The setting 'name' must be one line of text. Write it anew."),
    ],
)
def test_a_setting_that_cannot_be_says_which_and_what_to_write(changed, says):
    told = {"address": "care@tea.example", "imap_host": "imap.tea.example", "password": "x"}
    with pytest.raises(Broken) as wrong:
        access(told | changed)
    assert str(wrong.value) == says
