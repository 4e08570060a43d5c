"""``entourage connect``, ``connections``, ``reconcile``: accounts of networks, live."""

from __future__ import annotations

import shlex
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entourage.cli.frame import JSON, BrandName, Failed, brand_named, house_open, say

if TYPE_CHECKING:
    from entourage.networks.live import Declared
    from entourage.web.core.models import Brand
    from entourage.web.listen.models import Connection

commands = typer.Typer()


@commands.command()
def connect(
    network: Annotated[str, typer.Argument(help="bluesky, mastodon, email ...", show_default=False)],
    brand: BrandName,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="What the network asks for, as key=value. May be repeated.")
    ] = None,
    name: Annotated[
        str, typer.Option(help="What to call it; else like its account. One of this name gets the new keys.")
    ] = "",
    secret_stdin: Annotated[
        bool, typer.Option("--secret-stdin", help="Read the key from standard input; several as key=value lines.")
    ] = False,
    json: JSON = False,
) -> None:
    """Connect an account of a network: what happens there comes in by itself, and answers leave through it.

    The network is asked at once whose account it is. Keys are never given on the command line, where other programs
    see them: they are asked for, or read from standard input. They are kept encrypted. With --name of a connection that
    is there already, it gets the new keys and goes on from where it was read.

    Example: [bold]entourage connect bluesky --brand tea --set handle=maisontilleul.example[/]

    Example: [bold]pass mastodon | entourage connect mastodon --brand tea --set server=mastodon.social --secret-stdin[/]
    """
    from entourage.networks import registry
    from entourage.networks.base import NetworkError

    try:
        declared = registry.declared(network)
    except NetworkError as error:
        raise Failed(str(error)) from error
    told = _settings(declared, settings or [])
    secrets = _secrets(declared, told, from_stdin=secret_stdin)
    _complete(declared, {**told, **secrets})
    with house_open():
        connection = _connected(brand_named(brand), declared, told, secrets, name=name)
        failed = connection.checked_at is None
        if json or not failed:
            say({**report(connection), **_error(connection)}, json=json, text=_line(connection))
        if failed and json:
            typer.echo(_why(connection), err=True)
            raise typer.Exit(1)
        if failed:
            raise Failed(_why(connection))


@commands.command("connections")
def listed(brand: BrandName, json: JSON = False) -> None:
    """Say how each connection of a brand is, and what to do where one needs a person.

    Exits with 1 if one of them does. Example: [bold]entourage connections --brand tea[/]
    """
    with house_open():
        from entourage.web.listen import queries

        found = list(queries.connections(brand_named(brand)))
        reports = [report(connection) for connection in found]
        empty = f"Nothing is connected yet. entourage connect NETWORK --brand {brand}"
        lines = "\n".join(_line(connection) for connection in found) or empty
        say({"brand": brand, "connections": reports}, json=json, text=lines)
    if any(one["health"] == "bad" for one in reports):
        raise typer.Exit(1)


@commands.command()
def reconcile(
    brand: BrandName,
    name: Annotated[str, typer.Option(help="One connection, by its name; else all of them.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3660, help="How far back to compare.")] = 30,
    trust: Annotated[bool, typer.Option("--trust", help="Mirror deletions however many they are at once.")] = False,
    json: JSON = False,
) -> None:
    """Compare what the networks hold with what is here, and mend it: 412 of 412 present.

    What is missing is taken in; what the network says is gone loses its words here, too. It is done every night by
    itself. Exits with 1 if something could not be compared or is still missing.

    Example: [bold]entourage reconcile --brand tea --days 90[/]
    """
    with house_open():
        reports = [_compared(one, days=days, trust=trust) for one in _chosen(brand_named(brand), name)]
        text = "\n".join(_sentence(one) for one in reports) or "Nothing is connected yet."
        say({"brand": brand, "connections": reports}, json=json, text=text)
    if any(one["error"] or one["held_here"] != one["held_there"] or one["doubted"] for one in reports):
        raise typer.Exit(1)


def _settings(declared: Declared, given: list[str]) -> dict[str, str]:
    known = {setting.key: setting for setting in declared.settings}
    told = {}
    for pair in given:
        key, sign, value = pair.partition("=")
        if not sign or key not in known:
            keys = ", ".join(setting.key for setting in declared.settings if not setting.secret)
            raise Failed(f"`--set` of {declared.key} must be key=value with one of the keys {keys}. Got {key!r}.")
        if known[key].secret:
            raise Failed(
                f"`--set` must not hold the {known[key].label.lower()}: other programs see the command line. Leave it "
                "out and it is asked for, or write it to standard input with --secret-stdin."
            )
        told[key] = value
    return told


def _secrets(declared: Declared, told: dict[str, str], *, from_stdin: bool) -> dict[str, str]:
    """The keys, from standard input or asked for on the terminal."""
    secret = [setting for setting in declared.settings if setting.secret]
    if from_stdin:
        return _piped(sys.stdin.read(), [setting.key for setting in secret])
    if not sys.stdin.isatty():
        return {}
    if declared.by_code and typer.confirm(f"Open {declared.name}'s own page to allow it (else paste a key)?"):
        return {declared.by_code: _by_code(declared, told)}
    asked = {
        setting.key: typer.prompt(setting.label, default="", hide_input=True, show_default=False) for setting in secret
    }
    return {key: value for key, value in asked.items() if value}


def _piped(text: str, keys: list[str]) -> dict[str, str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    pairs = dict(line.split("=", 1) for line in lines if line.partition("=")[0] in keys)
    if pairs or not keys:
        return pairs
    if len(lines) != 1:
        raise Failed(f"--secret-stdin must read one line, the {keys[0]}. Got {len(lines)} lines.")
    return {keys[0]: lines[0]}


def _by_code(declared: Declared, told: dict[str, str]) -> str:
    """The key that the network's own page gives for two clicks there."""
    from entourage.networks import registry
    from entourage.networks.base import NetworkError

    page = registry.authorisation(declared.key)
    assert page is not None  # noqa: S101 - whoever declares `by_code` has one; for the type checker
    try:
        app = page.app_for(told.get(declared.settings[0].key) or typer.prompt(declared.settings[0].label))
        typer.echo(f"Open this page, allow Entourage, and copy the code that it shows:\n{page.address(app)}", err=True)
        return page.token(app, typer.prompt("Code", hide_input=True))
    except NetworkError as error:
        raise Failed(str(error)) from error


def _complete(declared: Declared, told: dict[str, str]) -> None:
    for setting in declared.settings:
        if setting.required and not (told.get(setting.key) or setting.default):
            how = (
                "Write it to standard input with --secret-stdin" if setting.secret else f"Add --set {setting.key}=VALUE"
            )
            raise Failed(f"{declared.name} needs the {setting.label.lower()}. Got none. {how}. {setting.help}".rstrip())


def _connected(
    brand: Brand, declared: Declared, told: dict[str, str], secrets: dict[str, str], *, name: str
) -> Connection:
    from entourage.web.listen import actions, bridge, queries
    from entourage.web.listen.models import Connection

    now = datetime.now(UTC)
    called = name or queries.offer_name(told, network=declared.name)
    made = actions.connect(
        brand=brand, network=declared.key, name=called, settings=told, secrets=secrets, by=None, at=now
    )
    bridge.check_connection(made.pk, now=now)
    checked: Connection = Connection.objects.of(brand).get(pk=made.pk)
    return checked


def _chosen(brand: Brand, name: str) -> list[Connection]:
    from entourage.web.listen import queries

    found = queries.connection_called(brand, name) if name else list(queries.connections(brand))
    if name and not found:
        known = ", ".join(one.name for one in queries.connections(brand)) or "none yet"
        raise Failed(f"`--name` must be a connection of {brand.slug}. Got {name}; there are: {known}.")
    return found


def _compared(connection: Connection, *, days: int, trust: bool) -> dict[str, Any]:
    from entourage.networks.base import NetworkError
    from entourage.web.listen import actions, bridge

    now = datetime.now(UTC)
    try:
        done = bridge.reconcile(connection.pk, now=now, stretch=timedelta(days=days), trust=trust)
    except (bridge.CannotCompare, NetworkError) as error:
        return {**report(connection), "error": actions.without_secrets(str(error), connection)}
    return report(done)


def report(connection: Connection) -> dict[str, Any]:
    """How a connection is, as JSON tells it; never its keys."""
    from entourage.web.listen import queries

    health = queries.health(connection, now=datetime.now(UTC))
    moments = ("checked_at", "read_at", "heard_at", "stream_at", "reconciled_at", "reconciled_since", "next_at")
    return {
        "network": connection.network,
        "name": connection.name,
        "account": str(connection.account) if connection.account else None,
        "state": connection.state,
        "health": health.level,
        "sentence": health.sentence,
        "cure": _cure(connection, health.cure) or None,
        "can": connection.can,
        "taken": connection.taken,
        "held_here": connection.held_here,
        "held_there": connection.held_there,
        "mended": connection.mended,
        "doubted": connection.doubted,
        **{moment: at.isoformat() if (at := getattr(connection, moment)) else None for moment in moments},
        "error": connection.error or None,
    }


def _cure(connection: Connection, told: str) -> str:
    """What to do; where the page has a form for it, the command that does the same."""
    if connection.state != "reconnect" or not connection.error:
        return told
    name, known = connection.name, connection.settings.items()
    words = ["entourage", "connect", connection.network, "--brand", connection.brand.slug, "--name", name]
    told_again = [word for key, value in known for word in ("--set", f"{key}={value}")]
    return f"Give it new keys, and it goes on from where it was read: {shlex.join([*words, *told_again])}"


def _error(connection: Connection) -> dict[str, Any]:
    return {"error": {"kind": "data", "message": _why(connection)}} if connection.checked_at is None else {}


def _why(connection: Connection) -> str:
    """What went wrong with a connection that was made all the same, and what becomes of it."""
    one = report(connection)
    return f"{one['sentence']} {one['cure'] or ''}".rstrip()


def _line(connection: Connection) -> str:
    one = report(connection)
    present = f" {one['held_here']:,} of {one['held_there']:,} present." if one["held_there"] is not None else ""
    return f"{one['name']} ({one['network']}): {one['sentence']}{present} {one['cure'] or ''}".rstrip()


def _sentence(one: dict[str, Any]) -> str:
    if one["error"]:
        return f"{one['name']} ({one['network']}): {one['error']}"
    doubt = f" {one['doubted']:,} are gone there, too many at once to be believed: --trust." if one["doubted"] else ""
    present = f"{one['held_here']:,} of {one['held_there']:,} present, {one['mended']:,} mended."
    return f"{one['name']} ({one['network']}): {present}{doubt}"
