"""Texts as code points, made safe and cut, so that an offset found in them is an offset in the text itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: Characters of a message that are read; what stands further on changes nothing. A post on any network is shorter,
#: and a pasted log of a megabyte must not hold up a thousand complaints.
READ_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Codes:
    """T texts end to end: text t is ``points[starts[t]:starts[t + 1]]``."""

    points: NDArray[np.uint32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1


def codes(texts: Sequence[str]) -> Codes:
    """The first ``READ_CHARS`` characters of each text as code points; lone surrogates and zeros stay where they are.

    Raises
    ------
    InvalidInput: ``texts`` is one text instead of a sequence, or holds something that is not text.

    Examples
    --------
    >>> codes(["né", ""]).starts.tolist()
    [0, 2, 2]
    """
    checked(texts)
    cut = [text if len(text) <= READ_CHARS else text[:READ_CHARS] for text in texts]
    starts = np.zeros(len(cut) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, cut), dtype=np.int64, count=len(cut)), out=starts[1:])
    points = np.frombuffer("".join(cut).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return Codes(points, starts)


def checked(texts: Any) -> None:
    """Refuse what is not a sequence of texts."""
    if isinstance(texts, str | bytes):
        raise InvalidInput(f"`texts` must be a list of texts. Got one {type(texts).__name__}; put it in a list.")
    for place, text in enumerate(texts):
        if not isinstance(text, str):
            raise InvalidInput(f"`texts` must hold texts only. Got {type(text).__name__} at place {place}.")
