"""The networks that can be connected: every folder beside this file that has a ``network.py``.

Listing them imports nothing. What a network declares is read from its ``declared.py``, which loads no SDK and no
socket; only opening a connection imports its ``network.py``.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from entourage.networks.base import Broken, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entourage.networks.live import Authorisation, Declared, Network

HERE = Path(__file__).parent
# Made to do everything wrong: for tests and rehearsals only.
HIDDEN = {"hostile": "ENTOURAGE_HOSTILE"}


def keys() -> tuple[str, ...]:
    """The keys of all networks that can be connected, in the order of the alphabet."""
    return tuple(key for key in _folders() if key not in HIDDEN or os.environ.get(HIDDEN[key]) == "1")


def declared(key: str) -> Declared:
    """What a network declares, without loading how it works. ``Broken`` if there is none of that key."""
    return cast("Declared", import_module(f"{__package__}.{_known(key)}.declared").DECLARED)


def all_declared() -> dict[str, Declared]:
    """What every network declares, by its key."""
    return {key: declared(key) for key in keys()}


def network(key: str) -> type[Network]:
    """The class of a network. ``Broken`` if there is none of that key."""
    return cast("type[Network]", import_module(f"{__package__}.{_known(key)}.network").Network)


def opened(key: str, settings: Mapping[str, str]) -> Network:
    """A connection: made with its settings, secrets among them. Close it after use (``contextlib.closing``).

    Settings that are missing are filled with what the network declares, so that a network sees all its keys.
    """
    given = {setting.key: settings.get(setting.key) or setting.default for setting in declared(key).settings}
    missing = [setting.label for setting in declared(key).settings if setting.required and not given[setting.key]]
    if missing:
        raise Broken(f"{declared(key).name} needs {', '.join(missing)}. Connect it again and fill that in.")
    return network(key)({**settings, **given})


def authorisation(key: str) -> Authorisation | None:
    """How an account of this network is connected by a code from the network's own page; none where it has none."""
    if not declared(key).by_code:
        return None
    return cast("Authorisation", import_module(f"{__package__}.{_known(key)}.oauth"))


@cache
def _folders() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in HERE.glob("*/network.py")))


def _known(key: str) -> str:
    if key in keys():
        return key
    raise Broken(f"There is no network {shown(key)!r} here. Take one of {', '.join(keys())}.")
