"""The data folder: all that Entourage keeps, in one place that can be copied, moved and deleted."""

from __future__ import annotations

import os
from pathlib import Path

from entourage.house.errors import HouseError


def data_folder() -> Path:
    """Return the data folder, absolute: ``ENTOURAGE_DATA``, or ``data`` under the current folder. Makes it.

    Raises
    ------
    HouseError: the folder cannot be made or written to.
    """
    folder = Path(os.environ.get("ENTOURAGE_DATA") or "data").expanduser().absolute()
    # As root, PostgreSQL runs under another name and must pass through this folder, though not list it.
    return _made(folder, 0o711 if os.geteuid() == 0 else 0o700)


def _made(folder: Path, mode: int) -> Path:
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise HouseError(
            f"The folder {folder} must exist or be makeable. Got: {error.strerror}. "
            "Give yourself the right to it, or name another with ENTOURAGE_DATA."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HouseError(
            f"The folder {folder} must be writable by you. It is not. "
            "Give yourself the right to it, or name another with ENTOURAGE_DATA."
        )
    return folder
