"""A real server of Mastodon's API on loopback, and the people who use it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest
from mastodon_mock.config import MastodonMockConfig, SeedAccount, SeedConfig, StreamingConfig
from mastodon_mock.testing.server import MockServer

from entourage.networks import pace
from entourage.networks.mastodon.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE = ("tea", "ann", "bob", "cyd", "dee")


class Person:
    """Somebody with an account, as their own application would act."""

    def __init__(self, base, name):
        self.name = name
        self._http = httpx.Client(
            base_url=base, headers={"Authorization": f"Bearer {name}_token"}, trust_env=False, timeout=60
        )

    def post(self, path, **content):
        answer = self._http.post(f"/api/v1/{path}", json=content)
        answer.raise_for_status()
        return answer.json()

    def says(self, words, *, answering=None, seen_by="public"):
        given = {"in_reply_to_id": answering["id"]} if answering else {}
        return self.post("statuses", status=words, visibility=seen_by, **given)

    def edits(self, post, words):
        self._http.put(f"/api/v1/statuses/{post['id']}", json={"status": words}).raise_for_status()

    def deletes(self, post):
        self._http.delete(f"/api/v1/statuses/{post['id']}").raise_for_status()

    def likes(self, post):
        self.post(f"statuses/{post['id']}/favourite")

    def boosts(self, post):
        self.post(f"statuses/{post['id']}/reblog")

    def follows(self, other):
        self.post(f"accounts/{other.number}/follow")

    @property
    def number(self):
        return self._http.get("/api/v1/accounts/verify_credentials").json()["id"]

    def notified(self):
        return self._http.get("/api/v1/notifications").json()

    def close(self):
        self._http.close()


class Town:
    """The server with its people: tea is the brand, the others are Ann, Bob, Cyd and Dee."""

    def __init__(self, server):
        self.base = server.base_url
        self.host = self.base.removeprefix("http://")
        self.server = server
        self.people = {name: Person(self.base, name) for name in PEOPLE}

    def __getattr__(self, name):
        return self.people[name]

    def fault(self, kind, path, **effect):
        count = effect.pop("count", 1)
        rule = {"match": {"path": path}, "effect": {"type": kind, **effect}, "count": count}
        methods = effect.pop("methods", None)
        rule["match"]["methods"] = methods
        httpx.post(f"{self.base}/api/v1/_mock/faults", json=rule, trust_env=False, timeout=60).raise_for_status()

    def close(self):
        for person in self.people.values():
            person.close()

    def id(self, post):
        return f"{self.host}/{post['id']}"


def configured(**more):
    """The settings of the server: its people, and a sign of life five times a second."""
    accounts = [SeedAccount(username=name, display_name=name.title(), access_token=f"{name}_token") for name in PEOPLE]
    streaming = StreamingConfig(heartbeat_seconds=0.2)
    return MastodonMockConfig(seed=SeedConfig(accounts=accounts), streaming=streaming, **more)


@pytest.fixture(scope="session")
def mastodon_server() -> Iterator[MockServer]:
    with MockServer(config=configured()) as server:
        yield server


@pytest.fixture(autouse=True)
def _fresh_budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test used up of a server's patience is not the next one's business."""
    monkeypatch.setattr(pace, "_shared", {})


@pytest.fixture
def town(mastodon_server) -> Iterator[Town]:
    httpx.post(f"{mastodon_server.base_url}/api/v1/_mock/reset", trust_env=False, timeout=60).raise_for_status()
    httpx.delete(f"{mastodon_server.base_url}/api/v1/_mock/faults", trust_env=False, timeout=60).raise_for_status()
    with closing(Town(mastodon_server)) as town:
        yield town


@pytest.fixture
def tea(town):
    with closing(Network({"server": town.base, "token": "tea_token"})) as network:
        yield network


def all_of(network, cursor=""):
    """Everything from a cursor on, and where it ended."""
    found = []
    for _ in range(50):
        page = network.read(cursor)
        found += page.found
        cursor = page.cursor
        if not page.more:
            return found, cursor
    raise AssertionError("reading does not come to an end")
