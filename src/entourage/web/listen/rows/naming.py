"""The accounts that a run names: their keys, what is known of them, and on which side they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from entourage.web.listen.keys import NETWORKS, account_keys
from entourage.web.listen.rows.copying import real, row, text, uuid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from entourage.networks.activity import Account

#: Accounts remembered as already told in this run: enough for most, little enough that memory does not grow.
REMEMBERED = 200_000
#: What a source tells of an account, from the least to the most certain; what a member marked stands above all.
KINDS = ("", "bot", "organisation", "own", "marked")
#: Accounts of one network by id: the key, what this run told of it so far, and what told nothing more last.
Told = dict[str, tuple[bytes, "Account", "Account"]]
#: The values of ``models.AccountRole``, which needs Django.
Role = Literal["public", "own", "competitor"]
LONGEST_NETWORK = 20  # characters, as the tables have it


@dataclass(frozen=True, slots=True)
class Named:
    """The accounts that the reader named as ours or as competitors'; by id, handle or name, with or without @."""

    own: frozenset[str] = frozenset()
    competitors: frozenset[str] = frozenset()

    @classmethod
    def of(cls, own: Iterable[str] = (), competitors: Iterable[str] = ()) -> Named:
        """The same names, without what does not tell them apart."""
        return cls(frozenset(map(plain, own)) - {""}, frozenset(map(plain, competitors)) - {""})

    def role(self, account: Account) -> Role | None:
        """The role that the reader gave this account, if any."""
        if not (self.own or self.competitors):
            return None
        names = {plain(account.id), plain(account.handle), plain(account.name)}
        if names & self.own:
            return "own"
        return "competitor" if names & self.competitors else None


def plain(name: str) -> str:
    """A name without its @, its capitals and the space around it."""
    return name.strip().removeprefix("@").casefold()


def role_told(kind: str) -> Role:
    """The role of an account as its source tells its kind."""
    return "own" if kind == "own" else "competitor" if kind == "organisation" else "public"


class Naming:
    """Gives accounts their keys, and gathers the rows of those of which this batch tells more than the run did."""

    def __init__(self, brand_id: int, named: Named) -> None:
        self._named = named
        self._key = account_keys(brand_id)
        self._told: dict[str, Told] = {}
        self._held = 0
        self._batch: dict[bytes, tuple[str, Account, datetime | None]] = {}
        self._networks: dict[str, bytes] = {}

    def key(self, network: str, account: Account, at: datetime | None) -> bytes:
        """The account's key."""
        told = self._told.get(network)
        if told is None or (met := told.get(account.id)) is None:
            return self._meet(network, account, at)
        key, known, last = met
        if account is last or account == known:  # the readers hand out the same object for the addressed
            return key
        if account.handle or account.name or account.kind or account.url:
            self._tell(network, account, at)
        return key

    def bare(self, network: str, network_id: str) -> bytes:
        """The key of an account of which nothing is told."""
        return self._key(network, network_id)

    def shown(self, network: str) -> bytes:
        """A network's name as the tables keep it, as a field; a file may call it anything."""
        return self._networks.get(network) or self._show(network)

    def _show(self, network: str) -> bytes:
        if len(self._networks) >= NETWORKS:
            self._networks.clear()
        shown = self._networks[network] = text(network.replace("\0", "")[:LONGEST_NETWORK] or "file")
        return shown

    def rows(self) -> list[bytes]:
        """The accounts of this batch that the database must hear of; the next batch starts empty."""
        told, self._batch = self._batch, {}
        return [self._row(key, *known) for key, known in told.items()]

    def _meet(self, network: str, account: Account, at: datetime | None) -> bytes:
        key = self._key(network, account.id)
        before = self._batch.get(key)
        self._batch[key] = (network, _newest(before, account, at) if before else account, at)
        if self._held >= REMEMBERED:
            self._told, self._held = {}, 0
        self._told.setdefault(network, {})[account.id] = (key, self._batch[key][1], account)
        self._held += 1
        return key

    def _tell(self, network: str, account: Account, at: datetime | None) -> None:
        """An account told otherwise than before in this run: of each field the newest that says something."""
        told = self._told[network]
        key, known, _last = told[account.id]
        before = self._batch.get(key, (network, known, None))
        newest = _newest(before, account, at)
        if newest != known:
            self._batch[key] = (network, newest, _later(before[2], at))
        told[account.id] = (key, newest, account)

    def _row(self, key: bytes, network: str, account: Account, at: datetime | None) -> bytes:
        given = self._named.role(account)
        return row(
            uuid(key),
            self.shown(network),
            text(account.id),
            text(account.handle),
            text(account.name),
            text(account.url),
            text("marked" if given else account.kind),
            text(given or role_told(account.kind)),
            real(None if at is None else at.timestamp()),
        )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def _newest(before: tuple[str, Account, datetime | None], account: Account, at: datetime | None) -> Account:
    """What is known of an account told twice: of each field the newest that says something."""
    _network, known, told_at = before
    older = at is None or (told_at is not None and at < told_at)
    new, old = (known, account) if older else (account, known)
    return type(account)(
        id=account.id,
        handle=new.handle or old.handle,
        name=new.name or old.name,
        url=new.url or old.url,
        kind=max(new.kind, old.kind, key=KINDS.index),
    )
