"""Mail of nobody: in our own name it is seen, never our answer and never answered; of a machine it asks nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.web import world
from tests.web.outbox.doors import connection

from entourage.networks.activity import Account
from entourage.networks.email import headers
from entourage.networks.email.translate import mail
from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Conversation
from entourage.web.listen.actions import take_in
from entourage.web.listen.models import Account as Stored
from entourage.web.listen.models import Activity
from entourage.web.outbox import actions, queries
from entourage.web.outbox.models import Outgoing

pytestmark = pytest.mark.django_db

OWN = Account(id="care@tea.example", handle="care@tea.example", kind="own")
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
ANN = "From: Ann <ann@home.example>\nMessage-ID: <a@home.example>\nTo: care@tea.example\n"
FORM = "From: Tea <care@tea.example>\nMessage-ID: <f@tea.example>\nTo: care@tea.example\nReceived: from www\n"
TO_ANN = "From: care@tea.example\nMessage-ID: <b@x.example>\nTo: ann@home.example\nIn-Reply-To: <a@home.example>\n"
TO_CYD = "From: care@tea.example\nMessage-ID: <c@tea.example>\nTo: cyd@home.example\nIn-Reply-To: <f@tea.example>\n"


@pytest.fixture
def tea():
    brand = world.brand("tea")
    page = world.account(brand, OWN.id, network="email", role="own", told_kind="own")
    connection(brand, page, can=["read", "message"], limits={"length": 100_000})
    return brand


def take(brand, head, *, minutes=0, sent=False):
    at = NOON + timedelta(minutes=minutes)
    told = mail(f"{head}\nWhere is my tea?\n".encode(), own=OWN, received=at, outward=sent)
    take_in(brand=brand, activities=told)
    inbox.thread(brand, now=NOON + timedelta(hours=1))


def talks(brand):
    rows = Conversation.objects.of(brand).order_by("asked_at").select_related("account")
    return [(one.account.name, one.state, one.answered_at) for one in rows]


def test_a_form_that_writes_as_us_waits_for_an_answer_until_one_stands_among_the_sent(tea):
    take(tea, FORM)
    assert talks(tea) == [("Tea <care@tea.example>", "open", None)]
    take(tea, TO_CYD, minutes=5, sent=True)
    assert talks(tea) == [("Tea <care@tea.example>", "waiting", NOON + timedelta(minutes=5))]


def test_a_stranger_who_writes_in_our_name_does_not_answer_ann(tea):
    take(tea, ANN)
    take(tea, f"{TO_ANN}Received: from eve\n", minutes=5)
    assert talks(tea) == [("Ann", "open", None), ("<care@tea.example>", "open", None)]
    take(tea, TO_ANN.replace("<b@", "<ours@"), minutes=9, sent=True)
    assert talks(tea)[0] == ("Ann", "waiting", NOON + timedelta(minutes=9))


def test_the_answer_box_says_that_nobody_is_known_and_no_letter_goes_to_ourselves(tea):
    take(tea, FORM)
    form = Activity.objects.of(tea).get()
    known = queries.known(tea, form)
    assert (known.can_reply, known.can_message) == (False, False)
    assert known.reason.startswith("It came from our own address and names nobody to answer")
    given = {"purpose": "answer", "text": "Soon.", "by": None, "at": world.AT}
    with pytest.raises(actions.Blocked, match="names nobody to answer"):
        actions.queue(brand=tea, deed="message", to=form, **given)
    someone = Stored.objects.of(tea).get(role="public")
    with pytest.raises(actions.Blocked, match="names nobody to answer"):
        actions.queue(brand=tea, deed="message", to=None, account=someone, **given | {"purpose": "thanks"})
    assert not Outgoing.objects.of(tea).exists()


@pytest.mark.parametrize(
    "head",
    [
        "From: Ann <ann@home.example>\nSubject: Automatic reply: My pot\n",
        "From: Ann <ann@home.example>\nAuto-Submitted: auto-replied\n",
        "From: MAILER-DAEMON@home.example\nReturn-Path: <>\n",
    ],
)
def test_what_a_machine_answers_opens_nothing_and_closes_nothing(tea, head):
    machine = f"{head}Message-ID: <x@home.example>\nTo: care@tea.example\nIn-Reply-To:"
    take(tea, ANN)
    take(tea, f"{machine} <a@home.example>\n", minutes=1)
    assert talks(tea) == [("Ann", "open", None)]
    take(tea, TO_ANN, minutes=2, sent=True)
    take(tea, f"{machine.replace('<x@', '<y@')} <b@x.example>\n", minutes=3)
    assert talks(tea) == [("Ann", "waiting", NOON + timedelta(minutes=2))]


def test_it_is_known_by_the_same_word_on_both_sides():
    assert queries.NOWHERE == headers.UNKNOWN


def test_whoever_is_known_is_answered_as_before(tea):
    take(tea, ANN)
    take(tea, f"{FORM}Reply-To: Cyd <cyd@home.example>\n", minutes=1)
    assert [queries.known(tea, one).can_message for one in Activity.objects.of(tea)] == [True, True]
