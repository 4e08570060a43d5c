"""A lost password, mended by whoever runs the installation."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.web import world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_url")]


def password(*words):
    command = [sys.executable, "-m", "entourage.cli", "password", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_a_new_password_lets_in_and_ends_the_sessions_of_the_old_one(client):
    ann = world.member(world.brand("tea"), email="ann@tea.example").user
    world.signed_in(client, ann.memberships.everywhere().get())
    told = json.loads(password("Ann@tea.example", "--json").stdout)
    ann.refresh_from_db()
    assert ann.check_password(told["password"])
    assert client.get("/").status_code == 302
    assert "login" in client.get("/").url


def test_an_unknown_address_is_named_beside_those_that_are_known():
    world.member(world.brand("tea"), email="ann@tea.example")
    done = password("bob@tea.example")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "`EMAIL` must be the address of somebody who signs in here. Got bob@tea.example; there are ann@tea.example."
    )
