"""Sessions are few, renewed, and their end is told with its cure; the network's real limits are obeyed."""

from __future__ import annotations

import itertools
import time
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.quick import slowness
from tools.bluesky.people import PASSWORD, Somebody, somebody

from entourage.networks.bluesky import session
from entourage.networks.bluesky.network import Network
from entourage.networks.live import Can, Reconnect, Retry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.bluesky import Addresses


WINDOW_S = 300  # the network counts calls anew after so long


def test_a_connection_says_whose_it_is_and_what_it_may(network: Network, brand: Somebody) -> None:
    told = network.check()
    assert (told.account.id, told.account.handle) == (brand.did, brand.handle)
    assert {Can.REPLY, Can.LISTEN, Can.HIDE} <= told.can


def test_a_hundred_connections_share_one_session(bluesky: Addresses, brand: Somebody) -> None:
    settings = brand.settings(bluesky)
    for _ in range(100):
        with closing(Network(settings)) as network:
            network.check()
    mine = [one for one in session._sessions.values() if one.did == brand.did]
    assert len(mine) == 1


def test_a_session_that_ended_is_renewed(bluesky: Addresses, brand: Somebody) -> None:
    settings = brand.settings(bluesky)
    with closing(Network(settings)) as network:
        network.check()
        mark, kept = next((mark, one) for mark, one in session._sessions.items() if one.did == brand.did)
        # A token that is only for renewing is refused as one that has ended: with status 400.
        session._sessions[mark] = session.Session(kept.did, kept.handle, kept.refresh, kept.refresh, kept.service)
        assert network.check().account.id == brand.did
        session._sessions[mark] = session.Session(kept.did, kept.handle, "nonsense", "nonsense", kept.service)
        assert network.check().account.id == brand.did


def test_a_withdrawn_app_password_asks_to_connect_anew(bluesky: Addresses, brand: Somebody) -> None:
    settings = brand.settings(bluesky)
    wrong = {**settings, "app_password": "wrong-wrong-wrong"}
    with closing(Network(wrong)) as network, pytest.raises(Reconnect, match="App passwords: make a new one") as told:
        network.check()
    assert "wrong-wrong" not in str(told.value)
    with closing(Network({**settings, "handle": "nobody.test"})) as network, pytest.raises(Reconnect):
        network.check()


def test_a_handle_that_nobody_has_is_told_without_a_key(bluesky: Addresses) -> None:
    settings = {"handle": "nobody.test", "service": bluesky.service, "appview": bluesky.appview}
    with closing(Network(settings)) as network, pytest.raises(Reconnect, match="knows no account"):
        network.check()


def test_the_real_limit_of_sessions_is_told_as_a_wait(limited: Addresses, say: Callable[[str], None]) -> None:
    with somebody(limited, "dee") as dee:
        opened = until_refused(limited, dee)
    settings = {"handle": dee.handle, "app_password": PASSWORD, "service": limited.service, "appview": limited.service}
    with closing(Network(settings)) as network:
        began = time.monotonic()
        with pytest.raises(Retry, match="slow down") as told:
            network.check()
        assert timedelta(seconds=60) < told.value.after <= timedelta(minutes=5)
        with pytest.raises(Retry, match="no more calls") as again:
            network.check()
        assert time.monotonic() - began < 5 * slowness(), "it does not knock again"
    say(f"429 after {opened} sessions; told to wait {told.value.after}, then {again.value.after}")


def until_refused(limited: Addresses, dee: Somebody) -> int:
    """How many sessions the real server opens before it says 429."""
    body = {"identifier": dee.handle, "password": PASSWORD}
    for opened in range(40):
        told = httpx.post(f"{limited.service}/xrpc/com.atproto.server.createSession", json=body)
        if told.status_code == 429:
            return opened
    pytest.fail("the real server opens thirty sessions in five minutes, not forty")


def test_the_real_limit_of_calls_is_kept_before_it_bites(limited: Addresses, say: Callable[[str], None]) -> None:
    with somebody(limited, "ann") as ann, closing(Network(ann.settings(limited))) as network:
        calls = itertools.count()
        with pytest.raises(Retry) as told:
            ask_without_end(network, ann, calls)
        room = httpx.get(f"{limited.service}/xrpc/com.atproto.repo.describeRepo?repo={ann.did}")
    assert room.status_code == 200, "a tenth is left for what is sent"
    assert told.value.after <= timedelta(minutes=5)
    left = room.headers["ratelimit-remaining"]
    say(f"stopped by itself after {next(calls) - 1} calls, with {left} left for what is sent; wait {told.value.after}")


def ask_without_end(network: Network, ann: Somebody, calls: Iterator[int]) -> None:
    """Ask until an error ends it, counting each call."""
    began = time.monotonic()
    for _ in calls:
        network._xrpc.get("com.atproto.repo.describeRepo", repo=ann.did)
        if time.monotonic() - began > WINDOW_S:
            pytest.skip("this machine makes fewer calls in five minutes than the network allows in them")
