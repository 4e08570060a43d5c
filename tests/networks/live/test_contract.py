"""The contract of a live network, kept by every folder that has one. A new network needs no test file for this."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from entourage.networks import registry
from entourage.networks.base import Broken
from entourage.networks.live import Answer, Authorisation, Can, Network, Reconnect, Refused, Retry

ROOT = Path(__file__).parents[3]
CONTRACT = (Retry, Reconnect, Refused, Broken)
KEYS = tuple(path.parent.name for path in sorted(registry.HERE.glob("*/network.py")))
CALENDAR = {"now", "utcnow", "today", "time", "monotonic", "random", "choice"}
WORLDLY = {"httpx", "socket", "os", "time", "random", "requests", "imaplib", "smtplib", "ssl", "subprocess"}
# Nothing listens there: what a network does when its server cannot be reached.
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _all_networks(monkeypatch):
    for name in registry.HIDDEN.values():
        monkeypatch.setenv(name, "1")


def settings_for(declared):
    """Values for every setting: well-formed addresses where nothing answers, and secrets that open nothing."""
    given = {}
    for setting in declared.settings:
        if setting.key.endswith("host"):
            given[setting.key] = "127.0.0.1"
        elif setting.key.endswith("port"):
            given[setting.key] = "9"
        elif setting.default.startswith("http") or setting.key in {"server", "base", "url"}:
            given[setting.key] = NOWHERE
        else:
            given[setting.key] = setting.default or "tea@tea.example"
    return given


@pytest.mark.parametrize("key", KEYS)
def test_what_it_declares_is_sane(key):
    declared = registry.declared(key)
    assert declared.key == key
    assert len(key) <= 20, "the column of the network's name"
    assert declared.name
    assert Can.READ in declared.can
    names = [setting.key for setting in declared.settings]
    assert len(names) == len(set(names))
    assert all(setting.label and setting.label[0].isupper() for setting in declared.settings)
    assert not any(setting.secret and setting.default for setting in declared.settings), "a secret has no default"
    assert timedelta(seconds=10) <= declared.every <= timedelta(hours=1)
    assert registry.network(key).declared is declared


@pytest.mark.parametrize("key", KEYS)
def test_its_limits_can_be_shown_before_typing(key):
    limits = registry.declared(key).limits
    assert limits.length > 0
    assert limits.unit in {"characters", "graphemes", "bytes"}
    assert (limits.attachments > 0) == (limits.attachment_bytes > 0)
    assert limits.answer_within is None or limits.answer_within > timedelta(0)


@pytest.mark.parametrize("key", [key for key in KEYS if key not in registry.HIDDEN])
def test_it_has_its_guide(key):
    text = (ROOT / "docs" / "guides" / f"{key}.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(text.split()) > 100


@pytest.mark.parametrize("key", KEYS)
def test_it_has_every_method_of_the_contract_with_its_arguments(key):
    theirs = registry.network(key)
    for name, method in inspect.getmembers(Network, inspect.isfunction):
        if name.startswith("_") or (name == "missing" and Can.VERIFY not in registry.declared(key).can):
            continue
        wanted, given = inspect.signature(method).parameters, inspect.signature(getattr(theirs, name)).parameters
        assert list(given)[: len(wanted)] == list(wanted), f"{name}{tuple(wanted)}"


@pytest.mark.parametrize("key", KEYS)
def test_a_code_from_its_own_page_gives_one_of_its_secrets(key):
    declared = registry.declared(key)
    way = registry.authorisation(key)
    assert (way is not None) == bool(declared.by_code)
    if way is not None:
        assert declared.by_code in {setting.key for setting in declared.settings if setting.secret}
        for name, function in inspect.getmembers(Authorisation, inspect.isfunction):
            if not name.startswith("_"):
                given = list(inspect.signature(getattr(way, name)).parameters)
                assert (
                    given[: len(inspect.signature(function).parameters) - 1]
                    == list(inspect.signature(function).parameters)[1:]
                )


@pytest.mark.parametrize("key", KEYS)
def test_declaring_loads_no_sdk_and_no_socket(key):
    """Pages list what can be connected; that must cost no import of an SDK."""
    program = (
        "import json, sys; from entourage.networks import registry; registry.all_declared(); "
        f"registry.declared({key!r}); print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(json.loads(run.stdout))
    assert loaded.isdisjoint({"httpx", "atproto", "mastodon", "requests", "imaplib", "smtplib", "django"})
    assert f"entourage.networks.{key}.network" not in loaded


@pytest.mark.parametrize("key", [key for key in KEYS if (registry.HERE / key / "translate.py").is_file()])
def test_its_translator_is_pure_and_has_its_samples(key):
    folder = registry.HERE / key
    assert any((folder / "payloads").iterdir()), "real samples lie beside the translator"
    tree = ast.parse((folder / "translate.py").read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    }
    assert imported.isdisjoint(WORLDLY)
    called = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "attr")}
    assert called.isdisjoint(CALENDAR), "time and chance come in from outside"


@pytest.mark.parametrize("key", [key for key in KEYS if key not in registry.HIDDEN])
def test_a_server_that_is_not_there_is_one_word_of_the_contract(key, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    network = registry.opened(key, settings_for(registry.declared(key)))
    answer = Answer(key="k1", text="hello", to="1")
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    tries = {
        "check": network.check,
        "read": lambda: network.read(""),
        "history": lambda: list(network.history(noon)),
        "listen": lambda: next(iter(network.listen())),
        "send": lambda: network.send(answer),
        "find": lambda: network.find(answer, since=noon),
    }
    for name, call in tries.items():
        with pytest.raises(CONTRACT) as raised:
            call()
        assert str(raised.value).rstrip().endswith((".", "!", "?")), f"{name}: a sentence"
    network.close()
    network.close()


@pytest.mark.parametrize("key", KEYS)
def test_what_is_missing_is_said_before_anything_is_opened(key):
    declared = registry.declared(key)
    needed = [setting for setting in declared.settings if setting.required and not setting.default]
    if not needed:
        registry.opened(key, {}).close()
        return
    with pytest.raises(Broken, match=needed[0].label):
        registry.opened(key, {})


def test_the_hostile_network_is_shown_to_nobody(monkeypatch):
    monkeypatch.delenv("ENTOURAGE_HOSTILE")
    assert "hostile" not in registry.all_declared()
    with pytest.raises(Broken, match=r"^There is no network 'hostile' here\. Take one of "):
        registry.network("hostile")
