"""A network on paper: in memory, well behaved unless told otherwise, and found by the registry as any other.

Its worlds outlive the connections to them, as a server does.
"""

from __future__ import annotations

import sys
from collections import deque
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from entourage.networks import registry
from entourage.networks.activity import Account, Act, Activity, Change
from entourage.networks.base import Broken
from entourage.networks.live import Can, Declared, Limits, Page, Receipt, Reconnect, Self, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pytest

    from entourage.networks.live import Answer

START = datetime(2026, 3, 16, 9, tzinfo=UTC)
PAGE = Account(id="tea", handle="tea", name="Tea House")
DECLARED = Declared(
    key="paper",
    name="Paper",
    settings=(
        Setting(key="world", label="Address"),
        Setting(key="token", label="Access token", secret=True),
    ),
    can=frozenset({Can.READ, Can.REPLY, Can.HISTORY, Can.VERIFY}),
    limits=Limits(length=280, answer_within=timedelta(days=1)),
    by_code="token",
)


class Oauth:
    """The network's own page: a code for two clicks, a token for a code, once."""

    @staticmethod
    def app_for(base: str) -> SimpleNamespace:
        if base not in WORLDS:
            raise Broken("Nothing of Paper is there. Write its address.")
        return SimpleNamespace(base=base, client_id="us", client_secret="a-secret-that-nobody-sees", redirect="shown")

    @staticmethod
    def address(app: Any) -> str:
        return f"https://paper.example/allow?client_id={app.client_id}"

    @staticmethod
    def token(app: Any, code: str) -> str:
        if (app.client_secret, code) != ("a-secret-that-nobody-sees", WORLDS[app.base].code):
            raise Reconnect("The code is not good any more. Open the page again.")
        WORLDS[app.base].code = ""
        return "a-token-that-nobody-sees"


class World:
    """What happened there, in the order in which it was told; and what goes wrong next."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.troubles: deque[Exception | None] = deque()
        self.size = 3
        self.code = "1234"
        # Still there, and told by history no more, as what was filed away.
        self.filed: set[str] = set()
        self.reads = self.checks = 0
        self.lies: deque[Page] = deque()
        self.forgotten: set[str] = set()
        self.own = PAGE

    def happens(self, name: str, who: str, text: str = "", *, hours: float = 0, re: str = "", **more: Any) -> Activity:
        """Somebody writes to the page, or the page answers."""
        toward = () if who == self.own.id else (self.own,)
        act = Activity(
            network="paper",
            id=name,
            act=Act.COMMENT,
            actor=self.own if who == self.own.id else Account(id=who, handle=who, name=who.title()),
            at=START + timedelta(hours=hours),
            to=toward,
            in_reply_to=re,
            text=text or f"{who} says {name}",
            **more,
        )
        self.told.append(act)
        return act

    def goes(self, act: Activity, *, quietly: bool = False) -> None:
        """A message is deleted there; ``quietly``: nobody is told."""
        self.forgotten.add(act.id)
        if not quietly:
            self.told.append(msgspec.structs.replace(act, change=Change.DELETE, text=""))


WORLDS: dict[str, World] = {}


class Network:
    """A connection to a world of paper."""

    declared: ClassVar[Declared] = DECLARED

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.world, self.token = WORLDS[settings["world"]], settings["token"]

    def _stumble(self) -> None:
        if self.world.troubles and (trouble := self.world.troubles.popleft()) is not None:
            raise trouble

    def check(self) -> Self:
        self.world.checks += 1
        self._stumble()
        return Self(account=self.world.own, can=DECLARED.can)

    def read(self, cursor: str) -> Page:
        self.world.reads += 1
        self._stumble()
        if self.world.lies:
            return self.world.lies.popleft()
        begin = int(cursor or 0)
        end = min(begin + self.world.size, len(self.world.told))
        return Page(found=tuple(self.world.told[begin:end]), cursor=str(end), more=end < len(self.world.told))

    def listen(self) -> Iterator[tuple[Any, ...]]:
        yield ()

    def history(self, since: datetime) -> Iterator[tuple[Any, ...]]:
        kept = {act.id: act for act in self.world.told if isinstance(act, Activity) and act.at >= since}
        alive = [act for name, act in kept.items() if name not in self.world.forgotten | self.world.filed]
        for begin in range(0, len(alive), self.world.size):
            self._stumble()
            yield tuple(alive[begin : begin + self.world.size])

    def missing(self, network_ids: Sequence[str]) -> frozenset[str]:
        known = {act.id for act in self.world.told}
        return frozenset(name for name in network_ids if name in self.world.forgotten or name not in known)

    def send(self, answer: Answer) -> Receipt:
        raise NotImplementedError

    def find(self, answer: Answer, *, since: datetime) -> Receipt | None:
        raise NotImplementedError

    def like(self, network_id: str) -> None: ...

    def hide(self, network_id: str) -> None: ...

    def delete(self, network_id: str) -> None: ...

    def close(self) -> None: ...


def put_up(monkeypatch: pytest.MonkeyPatch) -> World:
    """Let the registry find the network, and begin a world."""
    found = registry._folders()
    for name, facts in {
        "": {},
        ".declared": {"DECLARED": DECLARED},
        ".network": {"Network": Network},
        ".oauth": vars(Oauth),
    }.items():
        module = ModuleType(f"entourage.networks.paper{name}")
        vars(module).update({key: value for key, value in facts.items() if not key.startswith("__")})
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(registry, "_folders", lambda: (*found, "paper"))
    WORLDS["w"] = World()
    return WORLDS["w"]
