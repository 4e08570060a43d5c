"""A letter of ours that comes back is told with whom it did not reach, and why; a delay is told of nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from entourage.networks.activity import Account
from entourage.networks.base import Returned
from entourage.networks.email.translate import mail
from entourage.web.listen.queries.saying import parts

from .reports import DELAYED, EXCHANGE, GMAIL, POSTFIX, filled
from .test_mailbox import all_of

OWN = Account(id="care@tea.example", handle="care@tea.example", kind="own")
NOON = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
LETTER = "entourage.1f0c@tea.example"
FULL = "Returned by their server: mailbox full (5.2.2). It said: “552 5.2.2 …: Over quota (see …”."


def returned(raw, **more):
    return [one for one in mail(raw, own=OWN, received=NOON, **more) if isinstance(one, Returned)]


UNKNOWN = (
    "Returned by their server: no such address (5.1.10). It said: “550 5.1.10 RESOLVER.ADR.RecipientNotFound; "
    "Recipient … not found by SMTP address lookup”."
)
NOBODY = (
    "Returned by their server: no such address (5.1.1). It said: “550-5.1.1 The email account that you tried to reach "
    "does not exist. Please try 550-5.1.1 double-checking the recipient's email address for typos or 550 5.1.1 "
    "unnecessary spaces”."
)


@pytest.mark.parametrize(
    ("report", "reason"),
    [(POSTFIX, FULL), (EXCHANGE, UNKNOWN), (GMAIL, NOBODY)],
    ids=["postfix", "exchange", "gmail"],
)
def test_what_came_back_is_told_by_its_id_its_reader_and_the_reason(report, reason):
    (told,) = returned(filled(report))
    assert (told.id, told.to, told.reason) == (LETTER, ("ann@home.example",), reason)
    assert [one.told for one in parts(told.reason) if one.given is None] == []


def test_a_mail_that_is_still_being_tried_has_not_come_back():
    assert DELAYED.count("Action: delayed") == 1
    assert returned(filled(DELAYED)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Action: failed", "Action: relayed"),
        ("Action: failed", "Action: delivered"),
        ("multipart/report; report-type=delivery-status;", "multipart/mixed;"),
        ("message/delivery-status", "message/disposition-notification"),
        ("rfc822; {to}\nOriginal-Recipient: rfc822;{to}", "unknown; nobody"),
        ("Message-ID: <{id}>", "X-Id: none"),
    ],
)
def test_what_is_no_report_of_failure_or_names_nothing_tells_nothing(before, after):
    assert before in POSTFIX
    assert returned(filled(POSTFIX.replace(before, after))) == []


def test_what_stands_in_the_sent_folder_is_no_report():
    assert returned(filled(POSTFIX), outward=True) == []


def test_a_report_that_brings_no_letter_names_it_by_what_it_answers():
    bare = EXCHANGE.replace("\nMessage-ID: <{id}>", "\nX-Id: none")
    assert [one.id for one in returned(filled(bare))] == [LETTER]
    assert [one.id for one in returned(filled(bare.replace("In-Reply-To: <{id}>\n", "")))] == [LETTER]


def test_the_letter_that_it_brings_goes_before_what_it_answers():
    other = filled(EXCHANGE.replace("In-Reply-To: <{id}>", "In-Reply-To: <other@tea.example>"))
    assert [one.id for one in returned(other)] == [LETTER]


def test_who_was_forwarded_is_known_by_the_address_that_we_wrote_to():
    moved = POSTFIX.replace("Final-Recipient: rfc822; {to}", "Final-Recipient: rfc822; Ann.L@far.example")
    assert [one.to for one in returned(filled(moved))] == [("ann@home.example", "ann.l@far.example")]


def test_an_address_with_an_accent_is_known_as_people_write_it():
    (told,) = returned(filled(GMAIL, to="ann@xn--caf-dma.example"))
    assert told.to == ("ann@xn--caf-dma.example", "ann@café.example")


def test_each_reader_that_it_did_not_reach_is_told_with_a_reason_of_its_own():
    block = "Final-Recipient: rfc822; bob@home.example\nAction: failed\nStatus: 5.7.1\n\n"
    also = POSTFIX.replace("Final-Recipient: rfc822; {to}", f"{block}Final-Recipient: rfc822; {{to}}")
    told = [(one.to[0], one.reason) for one in returned(filled(also))]
    refused = "Returned by their server: refused by a rule, or taken for spam (5.7.1)."
    assert told == [("bob@home.example", refused), ("ann@home.example", FULL)]


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        ("4.4.7", "", "not delivered in time (4.4.7)."),
        ("5.3.4", "x-other", "mail too large (5.3.4)."),
        ("5.2.1", "", "mailbox switched off (5.2.1)."),
        ("5.9.9", "", "not delivered (5.9.9)."),
        ("5.0.0", "smtp; 554 5.2.2 full", "mailbox full (5.2.2). It said: “554 5.2.2 full”."),
        ("none of them", "", "not delivered (5.0.0)."),
        (
            "5.2.2",
            "smtp; a\x00b\x1b[31m “c” http://evil.example/?x",
            'mailbox full (5.2.2). It said: “ab [31m "c" …”.',
        ),
    ],
)
def test_every_status_becomes_words_and_what_a_server_says_is_cleaned(status, said, reason):
    head, _, rest = POSTFIX.replace("Status: 5.2.2", f"Status: {status}").partition("Diagnostic-Code: ")
    report = f"{head}Diagnostic-Code: {said}\n\n" + rest.partition("\n\n")[2]
    assert [one.reason for one in returned(filled(report))] == [f"Returned by their server: {reason}"]


def test_endless_words_are_cut():
    (told,) = returned(filled(POSTFIX.replace("Over quota", "x" * 50_000)))
    assert len(told.reason) < 300
    assert told.reason.endswith("…”.")


def test_a_report_of_ten_thousand_readers_or_cut_anywhere_breaks_nothing():
    block = "Final-Recipient: rfc822; {to}\nAction: failed\nStatus: 5.1.1\n\n"
    assert 0 < len(returned(filled(POSTFIX.replace("Final-Recipient", block * 10_000 + "Final-Recipient")))) <= 50
    raw = filled(GMAIL)
    for end in range(0, len(raw), 97):
        assert len(returned(raw[:end], size=len(raw))) <= 1


def test_a_mailbox_tells_it_in_reading_and_in_its_history(box):
    box.put(filled(POSTFIX))
    with box.open() as network:
        assert [one.id for one in network.read("").found if isinstance(one, Returned)] == [LETTER]
        since = datetime.now(UTC) - timedelta(days=1)
        told = [one for page in network.history(since) for one in page if isinstance(one, Returned)]
        assert [one.id for one in told] == [LETTER]
        assert all_of(network)[0][0].actor.kind == "bot"
