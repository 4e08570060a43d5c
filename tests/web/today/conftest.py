"""The same desk as the inbox's, and who works at it."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.inbox.desk import TALKS
from tests.web.inbox.talk import Talk


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
def bea(talk):
    return world.member(talk.brand, "agent", email="bea@tea.example")


@pytest.fixture
def page(client, olga):
    """Olga's browser."""
    return world.signed_in(client, olga)
