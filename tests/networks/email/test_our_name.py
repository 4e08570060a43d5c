"""Anybody can write our address behind From: what we said is what stands in the sent folder, and nothing else."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from entourage.networks.live import Answer, Refused

from .conftest import written
from .test_mailbox import all_of

SENT = '"&AMk-l&AOk-ments envoy&AOk-s"'
EARLIER = datetime.now(UTC) - timedelta(minutes=9)
CAME = "from mx.home.example by mail.tea.example; Sat, 21 Nov 2026 09:00:00 +0000"


def from_us(box, number=1, *, to="", **more):
    """A mail that came to us and says that we wrote it."""
    told = {"sender": f"Tea shop <{box.address}>", "To": to or box.address, "Received": CAME, "subject": f"m{number}"}
    return written(number, **(told | more))


def drawn(mails):
    return sorted(f"{one.subject} {one.actor.kind or one.actor.id.partition(':')[0]}" for one in mails)


def test_a_contact_form_that_writes_as_us_to_us_is_a_message_of_somebody_unknown(box):
    box.put(from_us(box, 1, text="Do you sell lids? Cyd, 06 12"))
    box.put(from_us(box, 2, text="Where is my pot? Bob"))
    with box.open() as network:
        first, second = all_of(network)[0]
    assert [one.actor.id.partition(":")[0] for one in (first, second)] == ["unknown", "unknown"]
    assert first.actor.id != second.actor.id
    assert (first.actor.kind, first.actor.handle) == ("", "")
    assert first.actor.name == f"Tea shop <{box.address}>"
    assert (first.text, first.to[0].id, first.context) == ("Do you sell lids? Cyd, 06 12", box.address, first.id)


def test_a_contact_form_that_says_whose_it_is_belongs_to_them(box):
    box.put(from_us(box, 1, Reply_To="Cyd <cyd@home.example>"))
    box.put(from_us(box, 2, Reply_To=f"{box.address}, Dee <dee@home.example>, bob@home.example"))
    with box.open() as network:
        assert [one.actor.id for one in all_of(network)[0]] == ["cyd@home.example", "dee@home.example"]


@pytest.mark.parametrize("first", ["INBOX", SENT])
def test_a_form_that_posts_through_our_own_server_is_heard_though_its_copy_stands_among_the_sent(box, first):
    """As Gmail does it: whatever its server is given to send stands in the sent folder, too."""
    for folder in (first, SENT if first == "INBOX" else "INBOX"):
        box.put(from_us(box, 1), folder=folder)
        with box.open() as network:
            mails, _ = all_of(network)
    assert drawn(mails) == ["m1 unknown"]


def test_a_stranger_who_writes_in_our_name_answers_nobody(box):
    box.put(written(1))
    box.put(from_us(box, 2, to="ann@home.example", In_Reply_To="<m1@home.example>"), received=EARLIER)
    box.put(
        from_us(box, 3, to="ann@home.example", Authentication_Results="mail.tea.example; dmarc=pass"), received=EARLIER
    )
    with box.open() as network:
        assert drawn(all_of(network)[0]) == ["My pot ann@home.example", "m2 unknown", "m3 unknown"]
        told = [one for piece in network.history(datetime(2026, 1, 1, tzinfo=UTC)) for one in piece]
    assert drawn(told) == ["My pot ann@home.example", "m2 unknown", "m3 unknown"]


def test_an_answer_written_with_a_mail_program_is_ours_and_told_once_though_we_were_in_copy(box):
    box.put(written(1))
    ours = from_us(box, 2, to="Ann <ann@home.example>", Cc=box.address, In_Reply_To="<m1@home.example>", text="Sorry!")
    box.put(ours)
    box.put(ours, folder=SENT)
    with box.open() as network:
        mails = all_of(network)[0]
    assert drawn(mails) == ["My pot ann@home.example", "m2 own"]
    assert [(one.text, one.in_reply_to) for one in mails if one.actor.kind] == [("Sorry!", "m1@home.example")]


def test_what_a_program_has_sent_but_not_yet_filed_is_waited_for_and_nothing_else_is(box):
    """It files its copy after it has sent: seconds later, or minutes where the files are large."""
    ours = from_us(box, 2, to="Ann <ann@home.example>", Cc=box.address)
    box.put(written(1))
    with box.open() as network:
        stream = network.listen()
        assert next(stream) == ()
        box.put(ours)
        box.put(written(3, subject="My lid"))
        heard = [one for _ in range(2) for one in next(stream)]
        stream.close()
        mails, cursor = all_of(network)
        assert (drawn(heard), drawn(mails)) == (["My lid ann@home.example"], ["My pot ann@home.example"])
        assert all_of(network, cursor) == ([], cursor)
        box.put(ours, folder=SENT)
        assert drawn(all_of(network, cursor)[0]) == ["My lid ann@home.example", "m2 own"]


def test_a_copy_that_is_filed_late_is_our_answer_all_the_same(box):
    ours = from_us(box, 2, to="Ann <ann@home.example>", Cc=box.address)
    box.put(ours, received=EARLIER)
    with box.open() as network:
        ((unknown,), cursor) = all_of(network)
        box.put(ours, folder=SENT)
        ((answer,), _) = all_of(network, cursor)
    assert drawn([unknown, answer]) == ["m2 own", "m2 unknown"]
    assert unknown.id != answer.id == "m2@home.example"


def test_a_copy_to_ourselves_of_a_letter_to_many_unnamed_is_told_as_it_was_sent(box):
    box.put(from_us(box, 1))
    box.put(from_us(box, 1, Bcc="ann@home.example, bob@home.example"), folder=SENT)
    with box.open() as network:
        (mail,) = all_of(network)[0]
    assert (mail.actor.kind, [to.id for to in mail.to]) == ("own", ["ann@home.example", "bob@home.example"])


def test_our_id_on_a_stranger_s_words_changes_nothing_of_ours(box):
    box.put(from_us(box, 2, to="bob@home.example", text="Give me your card number."))
    box.put(from_us(box, 2, to="ann@home.example", text="Sorry!"), folder=SENT)
    with box.open() as network:
        (mail,) = all_of(network)[0]
    assert (mail.text, mail.to[0].id) == ("Sorry!", "ann@home.example")


def test_a_program_that_keeps_its_answers_beside_the_questions_is_heard(box):
    """What never came by mail was put there by somebody who has the keys."""
    box.put(written(1))
    box.put(from_us(box, 2, to="ann@home.example", In_Reply_To="<m1@home.example>", Received=""))
    with box.open() as network:
        assert drawn(all_of(network)[0]) == ["My pot ann@home.example", "m2 own"]
    with box.open(sent="INBOX") as network:
        assert drawn(all_of(network)[0]) == ["My pot ann@home.example", "m2 own"]


def test_where_sent_mail_is_kept_in_the_inbox_a_stranger_s_mail_does_not_vouch_for_itself(box):
    box.put(from_us(box, 2, to="ann@home.example"), received=EARLIER)
    with box.open(sent="INBOX") as network:
        assert drawn(all_of(network)[0]) == ["m2 unknown"]


def test_after_a_copy_of_ours_the_next_mail_is_heard_as_soon(box):
    ours = from_us(box, 2, to="ann@home.example", Cc=box.address)
    box.put(ours, folder=SENT)
    with box.open() as network:
        stream = network.listen()
        assert next(stream) == ()
        box.put(ours)
        assert next(stream) == ()
        threading.Timer(0.5, lambda: box.put(written(3))).start()
        mail = next(piece for piece in stream if piece)[0]
        stream.close()
    assert mail.id == "m3@home.example"


def test_another_mailbox_of_ours_is_believed_in_its_own_sent_folder_alone(box):
    """What it sent to others is told there; what it sends us is a form's, or a colleague's who sends something on."""
    told = {"sender": "Hello <hello@tea.example>", "In_Reply_To": "<m1@home.example>"}
    box.put(written(1))
    box.put(from_us(box, 2, **told, to="ann@home.example", Cc=box.address))
    box.put(from_us(box, 3, **told, Received=""))
    box.put(from_us(box, 4, **told, Reply_To="Cyd <cyd@home.example>"))
    box.put(from_us(box, 5, to="Hello@tea.example"), folder=SENT)
    with box.open(beside="press@tea.example hello@tea.example") as network:
        mails = all_of(network)[0]
        assert drawn(mails) == ["My pot ann@home.example", "m3 unknown", "m4 cyd@home.example"]
        with pytest.raises(Refused, match="Nobody knows who wrote this mail"):
            network.send(Answer(key="k1", text="Yes", to="m3@home.example"))
    with box.open() as network:
        assert "m3 hello@tea.example" in drawn(all_of(network)[0])


def test_nothing_is_mailed_to_ourselves_where_nobody_is_known(box):
    box.put(from_us(box, 1))
    with box.open() as network:
        (asked,) = all_of(network)[0]
        for recipient in (asked.actor, None):
            with pytest.raises(Refused, match="Nobody knows who wrote this mail"):
                network.send(Answer(key="k1", text="Yes", to=asked.id, recipient=recipient))
    assert (box.post.taken, box.sent()) == ([], [])


def test_the_unknown_author_of_a_mail_is_the_same_wherever_it_is_met(box):
    box.put(from_us(box, 1))
    with box.open() as network:
        (mail,) = all_of(network)[0]
        ((again,),) = network.history(mail.at - timedelta(days=1))
    assert mail == again
