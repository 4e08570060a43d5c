"""A desk with three conversations on it, and who works at it."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.inbox.desk import TALKS
from tests.web.inbox.talk import Talk
from tests.web.outbox import doors

from entourage.web.inbox.models import Conversation


@pytest.fixture
def talk():
    made = Talk(world.brand("tea"))
    made.say(TALKS)
    made.thread()
    return made


@pytest.fixture
def olga(talk):
    return world.member(talk.brand, "agent", email="olga@tea.example")


@pytest.fixture
def agent(olga):
    """Olga, where any agent would do."""
    return olga


@pytest.fixture
def bea(talk):
    return world.member(talk.brand, "agent", email="bea@tea.example")


@pytest.fixture
def zoe(talk):
    """Who may say yes to what others write."""
    return world.member(talk.brand, "manager", email="zoe@tea.example")


@pytest.fixture
def page(client, olga):
    """Olga's browser."""
    return world.signed_in(client, olga)


@pytest.fixture
def door(talk):
    """A door by which our page answers at any time."""
    return doors.connection(talk.brand, talk.page, limits={})


@pytest.fixture
def held(talk, door):
    """Bob's conversation, in which a rule asks for a yes."""
    Conversation.objects.of(talk.brand).filter(pk=talk.of("Bob").pk).update(hold="Press")
    return talk.of("Bob")
