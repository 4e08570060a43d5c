"""A desk of two, at a brand that is usually quiet."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.crisis.burst import burst, quiet
from tests.web.inbox.conftest import bea, olga, page  # noqa: F401 - fixtures
from tests.web.inbox.talk import NOW, Talk

from entourage.web.crisis import bridge


@pytest.fixture
def talk():
    made = Talk(world.brand("tea"))
    quiet(made)
    return made


@pytest.fixture
def crisis(talk):
    """The burst, seen and gathered."""
    burst(talk)
    talk.thread()
    seen = bridge.look(talk.brand, now=NOW)
    bridge.gather(seen, now=NOW)
    seen.refresh_from_db()
    return seen
