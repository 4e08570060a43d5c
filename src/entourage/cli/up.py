"""``entourage up``: everything, with one command."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import psycopg
import typer

from entourage.cli.frame import house_open, progress
from entourage.cli.output import put
from entourage.house import data_folder, stopped
from entourage.house.occupancy import ensure
from entourage.house.ports import check_port
from entourage.house.supervisor import Child, Household, end_with_parent, reachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

commands = typer.Typer()

START = 0x656E746F7573  # the number of the lock; any, as long as it is always the same and nobody else's
LEAVING_S = 15.0  # PostgreSQL writes what it still holds
PYTHON = [sys.executable, "-P", "-m"]  # -P: a folder of the same name where we were started is not our module
DEFAULT_EMAIL = "owner@localhost"


@commands.command()
def up(
    host: Annotated[str, typer.Option(envvar="HOST", help="The address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port to serve on.")] = 8000,
    demo: Annotated[bool, typer.Option(help="Fill an empty database with a simulated brand.")] = True,
) -> None:
    """Start Entourage: database, pages, worker and live connections. Ctrl-C stops it all.

    Everything is kept in the folder [bold]data[/] (or ENTOURAGE_DATA). The first start makes the owner's account
    (ENTOURAGE_OWNER_EMAIL, ENTOURAGE_OWNER_PASSWORD, else it asks, or prints a password once) and a demo brand.

    Example: [bold]entourage up --port 8123[/]
    """
    if "MAKELEVEL" in os.environ:
        end_with_parent()  # make run, killed, leaves nothing behind
    check_port(host, port)
    own = None if os.environ.get("DATABASE_URL") else data_folder()
    with house_open() as url, ExitStack() as door:
        door.enter_context(_one_at_a_time(url))
        _welcome_owner()
        if demo:
            _fill_when_empty()
        check_port(host, port)  # another start may have taken it while we waited at the door
        _serve(host, port, own, ready=door.close)
    if own:
        stopped(own, within_s=LEAVING_S)
    _tell("Entourage has stopped.")


@contextmanager
def _one_at_a_time(url: str) -> Iterator[None]:
    """Of two starts at once, the second waits, and finds the owner and the demo made and the port taken."""
    with psycopg.connect(url, autocommit=True) as door:
        door.execute("SELECT pg_advisory_lock(%s)", [START])
        yield


def _serve(host: str, port: int, own: Path | None, *, ready: Callable[[], None]) -> None:
    household = Household([_web(host, port), _worker(), _live()])
    with household.at_work():
        if household.wait_ready(host, port):
            ready()
            _tell(f"Entourage is at {_address(host, port)}  (Ctrl-C stops it)")
            household.watch(lambda: _keep_database(own))


def _keep_database(own: Path | None) -> None:
    """Send for a new guardian when the old one was killed, PostgreSQL with it."""
    if own and stopped(own, within_s=0):
        ensure(own)


def _web(host: str, port: int) -> Child:
    where = ["--interface", "wsgi", "--host", host, "--port", str(port)]
    # Pages wait for the database more than they compute; granian holds more threads than this for a mistake.
    threads = min(8, 2 * (os.cpu_count() or 1) + 1)
    manner = ["--workers", "1", f"--blocking-threads={threads}", "--respawn-failed-workers", "--log-level=warning"]
    return Child("web server", [*PYTHON, "granian", *where, *manner, "entourage.web.wsgi:application"])


def _worker() -> Child:
    return Child("worker", [*PYTHON, "entourage.cli.worker"], mends=True)


def _live() -> Child:
    return Child("live process", [*PYTHON, "entourage.cli.live"], mends=True)


def _address(host: str, port: int) -> str:
    shown = reachable(host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _welcome_owner() -> None:
    """Make the owner's account if there is none; a password that nobody chose is shown this once."""
    from entourage.web.core import actions, queries

    if queries.has_owner():
        return
    asks = sys.stdin.isatty() and "ENTOURAGE_OWNER_EMAIL" not in os.environ
    email = os.environ.get("ENTOURAGE_OWNER_EMAIL") or (
        typer.prompt("Your e-mail", default=DEFAULT_EMAIL) if asks else ""
    )
    given = os.environ.get("ENTOURAGE_OWNER_PASSWORD") or (_ask_password() if asks else "")
    password = given or secrets.token_urlsafe(12)
    actions.make_owner(email=email or DEFAULT_EMAIL, password=password)
    if not given:
        _tell(f"Sign in as {email or DEFAULT_EMAIL} with the password {password}  (shown this once)")


def _ask_password() -> str:
    return str(typer.prompt("A password (empty: we make one)", default="", hide_input=True, show_default=False))


def _fill_when_empty() -> None:
    from entourage.web.core import queries

    if queries.is_empty():
        from entourage.web.results.bridge.demo import load_demo

        _tell("The demo brand is being made: half a minute, this once.")
        with progress("demo") as bar:
            load_demo(at=datetime.now(UTC), progress=lambda step, done, total: bar(done, total, step=step))


def _tell(sentence: str) -> None:
    put(sentence + "\n")
