"""Opening the door to a network with the keys of a connection, and learning whose account it is."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeGuard
from uuid import UUID

import msgspec
from django.db import transaction
from procrastinate.contrib.django import app

from entourage.networks import registry
from entourage.networks.activity import Account, Activity, Change
from entourage.networks.base import Gone, Profile, Returned, Tie
from entourage.networks.live import Reconnect
from entourage.web.core.jobs import LIVE, defer_live
from entourage.web.listen import actions, queries
from entourage.web.listen.actions import CODE, KeysLost, Taken
from entourage.web.listen.bridge.codes import redeemed
from entourage.web.listen.keys import account_keys, activity_keys
from entourage.web.listen.models import Account as Stored
from entourage.web.listen.models import Activity as Rows
from entourage.web.listen.models import Connection, ConnectionState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from entourage.networks.base import Found
    from entourage.networks.live import Declared, Limits, Network, Self

# The network tells back what we sent within minutes; what is older the outbox has long been told of.
TOLD_BACK = timedelta(days=2)


@contextmanager
def door(connection: Connection, *, beside: str | None = None) -> Iterator[Network]:
    """The network behind a connection, opened with its keys and closed after use.

    ``beside`` is what :func:`others_of` says; given where the database must not be asked.

    Raises
    ------
    Reconnect: the stored keys cannot be read any more. Broken: there is no such network, or a setting is missing.
    """
    try:
        keys = actions.secrets_of(connection)
        if CODE in keys:
            keys = redeemed(connection)
    except KeysLost as lost:
        raise Reconnect(str(lost)) from None
    told = {**connection.settings, **keys, "beside": others_of(connection) if beside is None else beside}
    with closing(registry.opened(connection.network, told)) as network:
        yield network


def others_of(connection: Connection) -> str:
    """The ids of the brand's other connected accounts on this network, a space between two."""
    others = Connection.objects.of(connection.brand_id).filter(network=connection.network, account__isnull=False)
    ids = others.exclude(account=connection.account_id).values_list("account__network_id", flat=True)
    return " ".join(sorted(set(ids)))


def check_connection(connection_id: int, *, now: datetime) -> None:
    """Ask the network whose account it is and what the keys allow. What goes wrong is noted on the connection."""
    connection = Connection.objects.everywhere().filter(pk=connection_id).first()
    if connection is None:
        return
    try:
        with door(connection) as network:
            introduce(connection, network.check(), network.declared, now=now)
    except Exception as error:  # noqa: BLE001 - whatever a network does wrong, its connection says so
        actions.failed(connection_id, error, now=now)


@transaction.atomic
def introduce(connection: Connection, found: Self, declared: Declared, *, now: datetime) -> None:
    """Note whose account a connection is of, and what it may do; the account is the brand's own from now on."""
    own = msgspec.structs.replace(found.account, kind="own")
    network, brand = connection.network, connection.brand
    actions.take_in(brand=brand, activities=(), accounts=[(network, own)])
    key = UUID(bytes=account_keys(brand.pk)(network, own.id))
    facts: dict[str, Any] = {
        "account_id": key,
        "can": sorted(found.can),
        "limits": told_limits(found.limits or declared.limits),
        "ends_at": found.ends_at,
        "checked_at": now,
    }
    if connection.account_id not in {None, key}:  # connected anew to another account: that one was never read
        facts |= {"cursor": "", "caught_up_at": None, "reconciled_at": None, "held_there": None, "held_here": None}
    rows = Connection.objects.of(brand).filter(pk=connection.pk)
    rows.update(**facts, name=_better_name(connection, own))
    rows.exclude(state=ConnectionState.PAUSED).update(state=ConnectionState.LIVE, error="", tries=0, next_at=now)
    connection.refresh_from_db(from_queryset=Connection.objects.of(brand))


def _better_name(connection: Connection, own: Account) -> str:
    """What nobody named is called like its account: a second one of a server must not take the first one's place."""
    better = (own.handle or own.name or connection.name)[: queries.NAMED]
    taken = Connection.objects.of(connection.brand_id).filter(network=connection.network, name=better)
    unnamed = connection.name in connection.settings.values()
    return better if unnamed and not taken.exclude(pk=connection.pk).exists() else connection.name


def told_limits(limits: Limits) -> dict[str, Any]:
    """The limits of a network as pages read them, who do not load the networks."""
    plain = msgspec.structs.asdict(limits)
    within: timedelta | None = plain.pop("answer_within")
    return {**plain, "answer_within_s": within and within.total_seconds()}


@dataclass(slots=True)
class _Heap:
    """What a network told, by what becomes of it. Asides, and what cannot be used, are left."""

    activities: list[Activity] = field(default_factory=list)
    accounts: list[tuple[str, Account]] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    returned: list[Returned] = field(default_factory=list)

    def add(self, found: Found) -> None:
        match found:
            case Activity():
                self.activities.append(found)
            case Profile():
                self.accounts.append((found.network, found.account))
            case Tie():
                self.ties.append(found)
            case Gone():
                self.gone.append(found)
            case Returned():
                self.returned.append(found)
            case _:
                pass


@transaction.atomic
def take_found(connection: Connection, found: Sequence[Found], *, now: datetime) -> Taken:
    """Take in what a connection told, have it threaded and read, and let the outbox know what it tells of ours."""
    heap = _Heap()
    for each in found:
        heap.add(each)
    if heap == _Heap():
        return Taken()
    taken = actions.take_in(
        brand=connection.brand, activities=heap.activities, accounts=heap.accounts, ties=heap.ties, gone=heap.gone
    )
    if taken.accepted and heap.activities:
        moments = [activity.at for activity in heap.activities]
        actions.told(connection.brand_id, min(moments), max(moments))
    elif taken.accepted:
        actions.told(connection.brand_id, now, now)
    _tell_outbox(connection, heap.activities, now=now)
    _tell_returned(connection, heap.returned)
    return taken


@transaction.atomic
def take_news(connection_id: int, found: Sequence[Found], *, now: datetime) -> Taken:
    """Take in what a stream told; the cursor stays, for reading tells it again and misses nothing."""
    rows = Connection.objects.everywhere().select_for_update()
    held: Connection | None = rows.filter(pk=connection_id).exclude(state__in=queries.ASLEEP).first()
    if held is None:
        return Taken()
    taken = take_found(held, _concerning_us(held, found), now=now)
    if taken.accepted:
        held.heard_at, held.taken = now, held.taken + taken.accepted
        held.save(update_fields=["heard_at", "taken"])
    return taken


def _concerning_us(connection: Connection, found: Sequence[Found]) -> list[Found]:
    """Without the deletions of what is not here: a stream tells those of strangers, too, each would leave a trace."""
    key = activity_keys(connection.brand_id)
    keys = [UUID(bytes=key(each.network, each.id)) if _deletes(each) else None for each in found]
    here = set(Rows.objects.of(connection.brand_id).filter(pk__in=filter(None, keys)).values_list("pk", flat=True))
    told = {
        UUID(bytes=key(each.network, each.id)) for each in found if isinstance(each, Activity) and not _deletes(each)
    }
    return [each for each, gone in zip(found, keys, strict=True) if gone is None or gone in here or gone in told]


def _deletes(found: Found) -> TypeGuard[Activity]:
    return isinstance(found, Activity) and found.change is Change.DELETE


def _tell_outbox(connection: Connection, activities: list[Activity], *, now: datetime) -> None:
    """Our own acts, told back by the network: an answer that was sent is there for others to see."""
    own = _own_id(connection)
    ids: list[Any] = [told.id for told in activities if told.actor.id == own and told.at > now - TOLD_BACK]
    if ids:
        app.configure_task("outbox.told_back", queue=LIVE).defer(connection_id=connection.pk, ids=ids)


def _tell_returned(connection: Connection, returned: list[Returned]) -> None:
    """What came back to us: the outbox knows whether it ever sent it. Nobody's address stands in the job."""
    who = account_keys(connection.brand_id)
    for one in returned:
        accounts = [str(UUID(bytes=who(one.network, id_))) for id_ in one.to]
        defer_live(
            "outbox.returned", connection_id=connection.pk, network_id=one.id, accounts=accounts, reason=one.reason
        )


def _own_id(connection: Connection) -> str | None:
    known = Stored.objects.of(connection.brand_id).filter(pk=connection.account_id)
    return known.values_list("network_id", flat=True).first() if connection.account_id else None
