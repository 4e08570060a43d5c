"""The key that signs sessions and fingerprints: made once, kept in the data folder, never logged."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from entourage.house.errors import HouseError
from entourage.house.folder import data_folder

if TYPE_CHECKING:
    from pathlib import Path

SHORTEST_KEY = 32  # characters; below, Django itself warns


def secret_key(data: Path | None = None) -> str:
    """Return ``ENTOURAGE_SECRET_KEY``, or the key of the data folder, made at the first call (mode 0600).

    Two processes that make it at once end with the same key: the first link to the name wins.
    """
    given = os.environ.get("ENTOURAGE_SECRET_KEY")
    path = (data or data_folder()) / "secret.key"
    if given is None and not path.exists():
        _make(path)
    key = given if given is not None else path.read_text().strip()
    if len(key) < SHORTEST_KEY:
        place = "ENTOURAGE_SECRET_KEY" if given is not None else str(path)
        raise HouseError(
            f"{place} must hold at least {SHORTEST_KEY} characters. Got {len(key)}. "
            "Restore it from a backup; a new one signs everybody out and forgets who was erased."
        )
    return key


def _make(path: Path) -> None:
    draft = path.with_name(f".secret.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was quicker: its key is the key
    finally:
        draft.unlink()
