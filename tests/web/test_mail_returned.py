"""Through the whole house from a real mailbox: an answer that comes back was not given, and may be sent anew."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.networks.email.conftest import box, imap, written  # noqa: F401 - fixtures
from tests.networks.email.reports import DELAYED, EXCHANGE, GMAIL, POSTFIX, filled
from tests.web import world

from entourage.web.inbox import actions as inbox
from entourage.web.inbox import queries
from entourage.web.inbox.models import Conversation
from entourage.web.listen import actions as listen
from entourage.web.listen import bridge as reading
from entourage.web.listen.models import Activity, Connection
from entourage.web.outbox import actions, bridge, jobs
from entourage.web.outbox.models import Outgoing, Sending
from entourage.web.outbox.queries import pressure

pytestmark = pytest.mark.django_db

FULL = "Returned by their server: mailbox full (5.2.2). It said: “552 5.2.2 …: Over quota (see …”."


class House:
    """A brand whose mailbox is at real servers, with a mail of Ann's that was answered from here."""

    def __init__(self, box):  # noqa: F811
        self.box = box
        self.olga = world.member(world.brand("tea"))
        self.brand = self.olga.brand
        now = timezone.now()
        box.put(written(1, Date=(now - timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S +0000")))
        settings = box.settings()
        secrets = {"password": settings.pop("password")}
        self.connection = listen.connect(
            brand=self.brand, network="email", name="Care", settings=settings, secrets=secrets, by=None, at=now
        )
        self.read()
        self.row = inbox.answer(
            conversation=self.talk, text="A new pot leaves today.", by=self.olga, at=now, resolve=True,
            seen=queries.thread_of(self.talk).seen,
        )  # fmt: skip

    def read(self, *, jobs_too=True):
        """All of the mailbox from its beginning, and whatever that begins."""
        Connection.objects.of(self.brand).update(cursor="")
        reading.read_connection(self.connection.pk, now=timezone.now())
        if jobs_too:
            self.work()

    def work(self):
        for job in ProcrastinateJob.objects.filter(task_name="outbox.returned", scheduled_at=None):
            jobs.returned(**job.args)
        inbox.thread(self.brand, now=timezone.now())

    def send(self):
        assert bridge.send(self.row.pk, clock=lambda: timezone.now() + timedelta(seconds=1))
        return self.letter

    @property
    def letter(self):
        """The id of the last mail that left."""
        return message_from_bytes(self.box.post.taken[-1][1], policy=policy.default)["Message-ID"].strip("<>")

    @property
    def talk(self):
        return Conversation.objects.of(self.brand).get()

    @property
    def now(self):
        return Outgoing.objects.of(self.brand).get(pk=self.row.pk)

    @property
    def said(self):
        """Our words that stand in the log."""
        ours = Activity.objects.of(self.brand).filter(account__role="own", deleted_at=None)
        return list(ours.values_list("network_id", flat=True))

    @property
    def standing(self):
        talk = self.talk
        return talk.state, talk.answered_at is None, talk.waiting_since is not None


@pytest.fixture
def house(box):  # noqa: F811
    return House(box)


WAITING = ("open", True, True)


@pytest.mark.parametrize("report", [POSTFIX, EXCHANGE, GMAIL], ids=["postfix", "exchange", "gmail"])
@pytest.mark.parametrize("sent_copy_first", [True, False], ids=["our copy read", "our copy unread"])
def test_an_answer_that_came_back_was_not_given_and_says_why(house, report, sent_copy_first):
    letter = house.send()
    if sent_copy_first:
        house.read()
    house.work()
    assert (house.talk.state, house.said) == ("resolved", [letter])
    assert house.talk.answered_at is not None
    house.box.put(filled(report, id_=letter))
    for _ in range(2):  # read and told again, as after a move of the mailbox
        house.read()
        assert (house.standing, house.said) == (WAITING, [])
        assert (house.now.state, house.now.returned) == (Sending.FAILED, 1)
        assert house.now.reason.startswith("Returned by their server: ")


def test_its_thread_shows_the_words_with_the_reason_and_offers_both_ways_out(house, client):
    house.box.put(filled(POSTFIX, id_=house.send()))
    house.read()
    html = world.signed_in(client, house.olga).get(f"/b/tea/inbox/{house.talk.pk}/").content.decode()
    assert "A new pot leaves today." in html
    assert FULL in html
    assert f"/b/tea/inbox/outgoing/{house.row.pk}/again/" in html
    assert f"/b/tea/inbox/outgoing/{house.row.pk}/undo/" in html
    assert FULL in client.get("/b/tea/outbox/?box=failed").content.decode()


def test_tried_again_a_new_mail_leaves_and_the_one_that_came_back_is_not_taken_for_it(house):
    first = house.send()
    house.read()
    house.box.put(filled(POSTFIX, id_=first))
    house.read()
    assert actions.try_again(outgoing=house.now, by=house.olga, at=timezone.now()).state == Sending.QUEUED
    second = house.send()
    assert len(house.box.post.taken) == len(house.box.sent()) == 2
    assert first != second
    house.read()
    assert (house.said, house.now.state, house.now.reason) == ([second], Sending.SENT, "")
    assert house.talk.answered_at is not None
    house.box.put(filled(GMAIL, id_=second))
    house.read()
    assert (house.standing, house.said, house.now.returned) == (WAITING, [], 2)


def test_its_words_may_be_changed_first(house, client):
    house.box.put(filled(POSTFIX, id_=house.send()))
    house.read()
    world.signed_in(client, house.olga).post(f"/b/tea/inbox/outgoing/{house.row.pk}/undo/")
    assert house.now.state == Sending.WITHDRAWN
    assert queries.draft_of(house.talk, house.olga) == "A new pot leaves today."


def test_a_report_that_is_faster_than_our_own_note_is_looked_at_again(house):
    letter = f"entourage.{house.row.pk}@tea.example"
    Outgoing.objects.of(house.brand).update(state=Sending.SENDING, sending_at=timezone.now())
    house.box.put(filled(POSTFIX, id_=letter))
    house.read()
    (later,) = ProcrastinateJob.objects.filter(task_name="outbox.returned", scheduled_at__isnull=False)
    assert (house.now.state, later.args["looked"]) == (Sending.SENDING, 1)
    Outgoing.objects.of(house.brand).update(state=Sending.QUEUED, sending_at=None)
    assert house.send() == letter
    jobs.returned(**later.args)
    inbox.thread(house.brand, now=timezone.now())
    assert (house.standing, house.said, house.now.state) == (WAITING, [], Sending.FAILED)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (DELAYED, {}),
        (POSTFIX, {"to": "bob@home.example"}),
        (POSTFIX, {"id_": "entourage.guessed@tea.example"}),
        (POSTFIX, {"id_": "m1@home.example"}),
    ],
    ids=["delayed", "to somebody else", "an id that we never gave", "the id of their own mail"],
)
def test_what_is_no_failure_of_this_letter_to_this_reader_changes_nothing(house, report, told):
    letter = house.send()
    house.box.put(filled(report, **{"id_": letter, **told}))
    house.read()
    assert (house.now.reason, house.said, house.talk.state) == ("", [letter], "resolved")
    assert house.talk.answered_at is not None


def test_a_report_in_another_mailbox_or_of_another_brand_changes_nothing(house):
    letter = house.send()
    row = house.now
    ink = world.brand("ink")
    for brand in (house.brand, ink):
        other = Connection.objects.create(brand=brand, network="email", name="Press", settings={})
        assert not bridge.returned(
            other.pk, network_id=letter, accounts=[row.account], reason="No.", now=timezone.now()
        )
    assert (house.now.state, house.said) == (Sending.SENT, [letter])


def test_said_by_hand_meanwhile_it_stays_said_however_often_the_report_is_told(house):
    house.box.put(filled(POSTFIX, id_=house.send()))
    house.read()
    actions.sent_by_hand(outgoing=house.now, by=house.olga, at=timezone.now())
    house.read()
    assert house.now.state == Sending.SENT


def test_thanks_that_came_back_are_no_contact(house):
    letter = house.send()
    Outgoing.objects.of(house.brand).update(purpose="thanks")
    person = house.row.person_id

    def heard():
        return pressure.pressure_on(house.brand, [person], at=timezone.now() + timedelta(minutes=1))[person].contacts

    assert heard() == 1
    house.box.put(filled(POSTFIX, id_=letter))
    house.read()
    assert heard() == 0
