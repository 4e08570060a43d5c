"""An answer leaves once, in its thread, under our name; whatever breaks in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from entourage.networks.activity import Account, Attachment
from entourage.networks.base import Broken
from entourage.networks.live import Answer, Reconnect, Refused, Retry, Uncertain

from .conftest import written
from .test_mailbox import all_of

ANN = Account(id="ann@home.example", handle="Ann@home.example", name="Ann, the close one")
THEN = datetime(2026, 11, 1, tzinfo=UTC)
SENDING = """
import json, sys
from entourage.networks.email.network import Network
from entourage.networks.live import Answer
told = json.loads(sys.argv[1])
Network(told).send(Answer(key="k1", text="Sorry!", to="m1@home.example"))
print("sent")
"""


def answer(**changed):
    told = {"key": "k1", "text": "Sorry!", "to": "m1@home.example", "context": "m1@home.example", "recipient": ANN}
    return Answer(**(told | changed))


def read(raw):
    return message_from_bytes(raw, policy=policy.default)


def test_an_answer_arrives_in_its_thread_under_our_name(box):
    box.put(written(1))
    box.put(
        written(
            3, Subject="Re: My pot", References="<m1@home.example>\n <m2@tea.example>", In_Reply_To="<m2@tea.example>"
        )
    )
    with box.open() as network:
        receipt = network.send(answer(to="m3@home.example", text="Sorry, Ann!\n.\nA new pot…", language="en"))
        assert network.find(answer(), since=THEN) == receipt
        mails = {mail.id: mail for mail in all_of(network)[0]}
    ((to, raw),) = box.post.taken
    mail = read(raw)
    assert to == ("Ann@home.example",)
    assert mail["From"] == f"Maison Tilleul <{box.address}>"
    assert mail["To"] == '"Ann, the close one" <Ann@home.example>'
    assert mail["Subject"] == "Re: My pot"
    assert mail["Message-ID"] == "<entourage.k1@tea.example>"
    assert mail["In-Reply-To"] == "<m3@home.example>"
    assert mail["References"].split() == ["<m1@home.example>", "<m2@tea.example>", "<m3@home.example>"]
    assert mail["Content-Language"] == "en"
    assert mail["Auto-Submitted"] is None
    assert mail.get_content().splitlines() == ["Sorry, Ann!", ".", "A new pot…"]
    ours = mails[receipt.id]
    assert (ours.actor.kind, ours.context, ours.in_reply_to) == ("own", "m1@home.example", "m3@home.example")
    assert (ours.text, ours.at, ours.to[0].id) == ("Sorry, Ann!\n.\nA new pot…", receipt.at, "ann@home.example")
    assert [flags for flags, _ in box.sent() if "Draft" in flags] == []


def test_the_same_answer_again_gives_the_same_receipt_and_no_mail(box):
    with box.open() as network:
        assert network.find(answer(), since=THEN) is None
        assert network.send(answer()) == network.send(answer())
    assert len(box.post.taken) == len(box.sent()) == 1


def test_who_is_answered_is_found_in_the_mail_itself(box):
    box.put(written(1, Reply_To="Cyd <cyd@home.example>", Subject="=?utf-8?q?Th=C3=A9i=C3=A8re?="))
    with box.open() as network:
        network.send(answer(recipient=None, subject=""))
    ((to, raw),) = box.post.taken
    assert to == ("cyd@home.example",)
    assert read(raw)["Subject"] == "Re: Théière"


def test_attachments_go_along_with_what_they_show(box):
    photo = Attachment(
        name="théière\r\nX: y.png", kind="image/png", content=b"\x89PNG\r\n\x1a\n" * 1000, alt="The new pot"
    )
    odd = Attachment(name="../a", kind="multipart/mixed", content=b"x")
    with box.open() as network:
        network.send(answer(attachments=(photo, odd)))
    first, second = read(box.post.taken[0][1]).iter_attachments()
    assert (first.get_filename(), first.get_content_type()) == ("théière X: y.png", "image/png")
    assert (first.get_content(), first["Content-Description"]) == (photo.content, "The new pot")
    assert (second.get_content_type(), second.get_content()) == ("application/octet-stream", b"x")


@pytest.mark.parametrize(
    ("refuses", "error", "says"),
    [
        ({"Ann@home.example": "550 5.1.1 no such user"}, Refused, "550 5.1.1 no such user"),
        ({"Ann@home.example": "450 4.2.0 greylisted"}, Retry, "450 4.2.0 greylisted"),
        ({"DATA": "554 5.7.1 looks like spam"}, Refused, "554 5.7.1 looks like spam"),
        ({"DATA": "451 4.3.0 try again later"}, Retry, "451 4.3.0 try again later"),
        ({"DATA": "530 5.7.0 authentication needed"}, Reconnect, "app password"),
    ],
)
def test_what_a_server_refuses_is_not_kept_and_may_be_tried_again(box, refuses, error, says):
    box.post.refuses = refuses
    with box.open() as network:
        with pytest.raises(error, match=says) as refused:
            network.send(answer())
        assert not isinstance(refused.value, Uncertain)
        assert network.find(answer(), since=THEN) is None
        assert box.sent() == []
        box.post.refuses = {}
        network.send(answer())
    assert len(box.post.taken) == 1


def test_a_wrong_password_of_smtp_asks_to_connect_anew(box, monkeypatch):
    with box.open() as network:
        monkeypatch.setattr(network, "_access", changed(network._access, password="wrong"))
        with pytest.raises(Reconnect, match="The SMTP server does not accept the user or the password"):
            network.send(answer())


def changed(access, **values):
    import msgspec

    return msgspec.structs.replace(access, **values)


def test_a_server_that_takes_no_mail_so_large_says_how_large(box):
    with box.open() as network, pytest.raises(Refused, match=r"takes mails up to 30 MB; this is 4\d MB"):
        network.send(answer(attachments=(Attachment(name="a", kind="video/mp4", content=os.urandom(30 << 20)),)))
    assert box.sent() == []


@pytest.mark.parametrize(
    ("asked", "to", "says"),
    [
        ({"Auto-Submitted": "auto-replied"}, ANN, "a machine wrote this mail"),
        ({}, Account(id="automatic:ann@home.example", kind="bot"), "a machine wrote this mail"),
        ({}, Account(id="a\r\nRCPT TO:<eve@x.example>"), "no address that mail can be sent to"),
        ({}, Account(id="ünï@home.example"), "no address that mail can be sent to"),
        ({"From": "undisclosed"}, None, "a machine wrote this mail"),
    ],
)
def test_nobody_is_answered_who_cannot_be(box, asked, to, says):
    box.put(written(1, **asked))
    with box.open() as network, pytest.raises(Refused, match=says):
        network.send(answer(recipient=to))
    assert (box.post.taken, box.sent()) == ([], [])


def cut_after_data(box):
    """The server has the mail, and the line is cut before it says so."""
    box.post.then = lambda: None


def test_a_line_cut_after_the_mail_was_given_is_uncertain_and_nothing_is_sent_twice(box):
    cut_after_data(box)
    with box.open() as network:
        with pytest.raises(Uncertain, match="cut while the answer was handed over"):
            network.send(answer())
        box.post.then = None
        for ask in (network.send, lambda it: network.find(it, since=THEN)):
            with pytest.raises(Uncertain, match="nothing in the mailbox proves that it left"):
                ask(answer())
        assert all_of(network)[0] == []
    assert len(box.post.taken) == 1


@pytest.mark.parametrize("proof", ["copy", "answer", "provider"])
def test_with_a_proof_in_the_mailbox_it_is_sent_and_only_once(box, proof):
    cut_after_data(box)
    with box.open(copy="yes" if proof == "copy" else "no") as network:
        with pytest.raises(Uncertain):
            network.send(answer())
        box.post.then = None
        if proof == "answer":
            box.put(written(2, In_Reply_To="<entourage.k1@tea.example>"))
        if proof == "provider":
            box.put(box.post.taken[0][1], folder='"&AMk-l&AOk-ments envoy&AOk-s"')
        receipt = network.find(answer(), since=THEN)
        assert receipt == network.send(answer())
        assert receipt.id in {mail.id for mail in all_of(network)[0]}
    assert len(box.post.taken) == len(box.sent()) == 1


def test_the_largest_letter_whose_line_was_cut_is_settled_by_its_proof(box):
    """Its draft is larger than any one answer that we take from a server."""
    cut_after_data(box)
    file = Attachment(name="plan.pdf", kind="application/pdf", content=b"%PDF-" + bytes(13 << 20))
    with box.open(copy="yes") as network:
        with pytest.raises(Uncertain):
            network.send(answer(attachments=(file,)))
        box.post.then = None
        receipt = network.find(answer(attachments=(file,)), since=THEN)
        assert receipt is not None
        assert receipt.id == "entourage.k1@tea.example"
    [(_flags, kept)] = box.sent()
    assert len(kept) > 16 << 20


def test_a_process_killed_between_the_mail_and_its_receipt_sends_once(box):
    box.put(written(1))
    running = []
    box.post.then = lambda: os.kill(running[0].pid, signal.SIGKILL)
    told = json.dumps(box.settings(copy="yes"))
    running.append(subprocess.Popen([sys.executable, "-c", SENDING, told], stdout=subprocess.PIPE))
    said, _ = running[0].communicate(timeout=60)
    assert (running[0].returncode, said) == (-signal.SIGKILL, b"")
    box.post.then = None
    with box.open(copy="yes") as network:
        receipt = network.find(answer(), since=THEN)
        assert network.send(answer()) == receipt
    assert [to for to, _ in box.post.taken] == [("ann@home.example", box.address)]


def test_a_mailbox_without_smtp_is_only_read(box):
    with box.open(smtp_host="") as network:
        assert "message" not in network.check().can
        with pytest.raises(Refused, match="only read"):
            network.send(answer())


def test_a_password_does_not_cross_the_network_readable_unless_it_is_said(box):
    with pytest.raises(Broken, match="would cross the network readable on its way to imap"):
        box.open(imap_host="imap.tea.example")
    with box.open(imap_host="imap.tea.example", imap_security="plain-anywhere"):
        pass


def test_what_e_mail_cannot_do_is_refused_with_what_to_do_instead(box):
    with box.open() as network:
        for deed in (network.like, network.hide, network.delete):
            with pytest.raises(Refused, match=r"\. (Write|E-mail|Send)|:"):
                deed("m1@home.example")
