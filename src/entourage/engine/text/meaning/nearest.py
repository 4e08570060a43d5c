"""The messages nearest to a question: vectors kept as bytes, all of them looked at, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numba import njit

from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Packed = NDArray[np.int8]

#: A coordinate of a unit vector lies between -1 and 1; a step of 1/127 moves a cosine by less than .005.
SCALE: Final = 127.0


def packed(vectors: Vectors) -> Packed:
    """Unit rows as bytes, T x d: a fourth of the room, and exact enough for the order of the nearest.

    Examples
    --------
    >>> packed(np.array([[0.6, -0.8]], dtype=np.float32)).tolist()
    [[76, -102]]
    """
    bytes_: Packed = np.rint(np.clip(vectors, -1, 1) * SCALE).astype(np.int8)
    return bytes_


def unpacked(vectors: Packed) -> Vectors:
    """The unit rows again; a row of zeros stays one."""
    rows = vectors.astype(np.float32)
    size = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: Vectors = rows / np.maximum(size, 1)
    return unit


class Nearest:
    """The messages nearest to one vector among all that are shown to it; only the best are kept.

    Parameters
    ----------
    wanted : unit vector, d
    limit : how many to keep
    least : the least cosine that counts

    Raises
    ------
    InvalidInput: ``limit`` is less than one; a block has another number of dimensions.

    Notes
    -----
    Exact: each vector is looked at, which a million of 96 bytes take about as long as reading them from memory.
    """

    def __init__(self, wanted: Vectors, *, limit: int, least: float = -1.0) -> None:
        if limit < 1:
            raise InvalidInput(f"`limit` of the nearest must be at least 1. Got {limit}.")
        self._wanted = np.ascontiguousarray(wanted, dtype=np.float32)
        self._limit, self._least = limit, least
        self._keys: NDArray[Any] | None = None
        self._cosines = np.zeros(0, np.float32)

    def look(self, keys: NDArray[Any], vectors: Packed) -> None:
        """Look at T more messages, a key for each."""
        if vectors.shape[1:] != self._wanted.shape:
            raise InvalidInput(
                f"`vectors` must have {len(self._wanted)} dimensions, as the question has. Got {vectors.shape[1]}; "
                "they come from another encoder: encode the messages again."
            )
        cosines = cosines_to(self._wanted, vectors)
        floor = max(self._least, float(self._cosines.min()) if len(self._cosines) >= self._limit else -1.0)
        place = np.flatnonzero(cosines >= floor)
        if len(place) == 0:
            return
        known = keys[:0] if self._keys is None else self._keys
        keys, cosines = np.concatenate([known, keys[place]]), np.concatenate([self._cosines, cosines[place]])
        if len(cosines) > self._limit:
            best = np.sort(np.argpartition(-cosines, self._limit - 1)[: self._limit])
            keys, cosines = keys[best], cosines[best]
        self._keys, self._cosines = keys, cosines

    def best(self) -> tuple[NDArray[Any], Vectors]:
        """The keys of the nearest and their cosines, nearest first; of equals, the one shown first."""
        if self._keys is None:
            return np.zeros(0, np.int64), self._cosines
        order = np.argsort(-self._cosines, kind="stable")
        return self._keys[order], self._cosines[order]


def cosines_to(wanted: Vectors, vectors: Packed) -> Vectors:
    """The cosine of each packed row with a unit vector, T."""
    cosines: Vectors = _cosines_kernel(np.ascontiguousarray(wanted, dtype=np.float32), vectors)
    return cosines


@njit(cache=True, fastmath=True)
def _cosines_kernel(wanted: Any, vectors: Any) -> Any:
    # Cost: d products a row; a row's own size takes part, for bytes do not keep it exactly.
    cosines = np.zeros(len(vectors), np.float32)
    for row in range(len(vectors)):
        total, size = np.float32(0), np.int32(0)
        for place in range(len(wanted)):
            value = np.int32(vectors[row, place])
            total += wanted[place] * np.float32(value)
            size += value * value
        if size > 0:
            cosines[row] = total / np.sqrt(np.float32(size))
    return cosines
