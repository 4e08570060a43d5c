"""The models that ship: arrays in folders beside this file, made by ``make models``, described in MODEL_CARD.md.

An array is one ``.npy`` file, or several (``rows.0.npy``, ``rows.1.npy`` ...) where it is long, so that no file of the
repository is big. Nothing is pickled; a folder's name changes with its bytes.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

HERE = Path(__file__).parent
#: Bytes of one file at most.
_PART = 1_900_000


def load(model: str) -> dict[str, NDArray[Any]]:
    """The arrays of a model that ships, by name."""
    found: dict[str, list[NDArray[Any]]] = {}
    for path in _files(HERE / model):
        found.setdefault(path.name.split(".")[0], []).append(np.load(path, allow_pickle=False))
    return {name: parts[0] if len(parts) == 1 else np.concatenate(parts) for name, parts in found.items()}


@lru_cache(maxsize=8)
def name(model: str) -> str:
    """The model's name with a number that changes with its bytes."""
    seen = hashlib.blake2b(digest_size=4)
    for path in _files(HERE / model):
        seen.update(path.name.encode() + path.read_bytes())
    return f"{model}-{seen.hexdigest()}"


def save(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays into a folder of their own, long ones in parts; the same arrays give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.npy"):
        old.unlink()
    for key, array in arrays.items():
        parts = -(-array.nbytes // _PART)
        if parts <= 1:
            np.save(folder / f"{key}.npy", array)
            continue
        for place, part in enumerate(np.array_split(array, parts)):
            np.save(folder / f"{key}.{place:02d}.npy", np.ascontiguousarray(part))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.npy"))
