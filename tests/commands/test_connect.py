"""``entourage connect``, ``connections``, ``reconcile``: what they answer, refuse, and never show."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from tests.web import world

from entourage.web.listen import actions
from entourage.web.listen.models import Activity, Connection

pytestmark = pytest.mark.django_db(transaction=True)

BEGAN = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
HOSTILE = ("--set", f"began={BEGAN}", "--set", "cruelty=0", "--set", "acts=50", "--set", "minutes=30")


@pytest.fixture
def tea(database_url, monkeypatch):
    monkeypatch.setenv("ENTOURAGE_HOSTILE", "1")
    return world.brand("tea")


def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "entourage.cli", *words]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=120)


def test_connected_compared_and_listed(tea):
    done = run("connect", "hostile", "--brand", "tea", "--name", "Rough", *HOSTILE, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["account"], told["state"], told["held_there"]) == ("tea", "live", None)
    done = run("reconcile", "--brand", "tea", "--json")
    (one,) = json.loads(done.stdout)["connections"]
    assert (done.returncode, one["held_here"]) == (0, one["held_there"])
    assert one["held_there"] == Activity.objects.of(tea).filter(deleted_at=None).count() > 30
    done = run("connections", "--brand", "tea")
    assert done.returncode == 0
    assert (
        f"Rough (hostile): What was there before is being read. {one['held_here']} of {one['held_there']} present."
        in done.stdout
    )


def test_what_needs_a_person_exits_with_one_and_its_cure(tea):
    assert run("connections", "--brand", "tea").stdout.startswith("Nothing is connected yet.")
    told = {"state": "reconnect", "error": "The token is dead.", "settings": {"server": "tea.example"}}
    Connection.objects.create(brand=tea, network="mastodon", name="Our own", **told)
    done = run("connections", "--brand", "tea")
    assert done.returncode == 1
    assert done.stdout == (
        "Our own (mastodon): The token is dead. Give it new keys, and it goes on from where it was read: "
        "entourage connect mastodon --brand tea --name 'Our own' --set server=tea.example\n"
    )


@pytest.mark.parametrize(
    ("words", "given", "sentence"),
    [
        (["friendster"], "", "There is no network 'friendster' here. Take one of bluesky, email, "),
        (["mastodon", "--set", "servr=x"], "", "must be key=value with one of the keys server. Got 'servr'."),
        (["mastodon", "--set", "token=abcdef"], "", "must not hold the access token: other programs see the command"),
        (["mastodon", "--set", "server=x.example"], "", "Mastodon needs the access token. Got none. Write it to"),
        (["mastodon", "--set", "server=x.example", "--secret-stdin"], "a\nb\n", "must read one line, the token. Got 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_connected_is_said_before_anything_is_kept(tea, words, given, sentence):
    done = run("connect", *words, "--brand", "tea", given=given)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert "abcdef" not in done.stderr
    assert not Connection.objects.of(tea).exists()


def test_a_key_from_standard_input_is_kept_and_not_told(tea):
    words = ["--set", "server=http://127.0.0.1:9", "--secret-stdin", "--json"]
    done = run("connect", "mastodon", "--brand", "tea", *words, given="a-token-that-nobody-sees\n")
    assert done.returncode == 1  # nobody answers there
    assert json.loads(done.stdout)["error"]["message"] == done.stderr.strip()
    assert done.stderr.strip() == "127.0.0.1 cannot be reached. It is tried again by itself."
    assert "nobody-sees" not in done.stdout + done.stderr
    assert actions.secrets_of(Connection.objects.of(tea).get()) == {"token": "a-token-that-nobody-sees"}


def test_a_connection_of_another_name_is_named(tea):
    done = run("reconcile", "--brand", "tea", "--name", "rough")
    assert done.returncode == 1
    assert "`--name` must be a connection of tea. Got rough; there are: none yet." in done.stderr
