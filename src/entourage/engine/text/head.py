"""A head: from what is seen of a text to the chances of each class; fitted in seconds, calibrated, kept as bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numba import njit

from entourage.engine.errors import InvalidInput
from entourage.engine.text.encoder import fast
from entourage.engine.text.features import GROUPS, PAIRS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen

    Floats = NDArray[np.float32]

Real = TypeVar("Real", np.float32, np.float64)


@dataclass(frozen=True, slots=True)
class Head:
    """A linear model over C classes: of the vectors (d) and of the hashed features (2^b), with a temperature.

    ``grams`` are int8, times ``gram_scale``; each group of features weighs ``groups[g] / sqrt(how many there are)``, so
    that a long text does not shout.
    """

    classes: tuple[str, ...]
    encoder_id: str
    dense: Floats
    grams: NDArray[np.int8]
    gram_scale: Floats
    groups: Floats
    bias: Floats
    temperature: float = 1.0

    def predict(self, seen: Seen) -> Floats:
        """The calibrated chances of each class, T x C; rows sum to 1."""
        return softmax(self.logits(seen) / np.float32(self.temperature))

    def logits(self, seen: Seen) -> Floats:
        """What the chances come from, before temperature, T x C.

        Raises
        ------
        InvalidInput: ``seen`` comes from another encoder than the head was fitted with.
        """
        self._same_encoder(seen)
        found = seen.features
        total: Floats = _scores(found.bounds, found.numbers, self.grams, self.gram_scale, self.groups)
        if len(self.dense):
            total += seen.vectors @ self.dense
        return total + self.bias

    def token_shares(self, seen: Seen, mixture: Floats) -> Floats:
        """How much each of N tokens adds to its text's mixture of logits, the rows of ``mixture`` (T x C).

        The hashed part is exact; of the vectors' part each token has its share of the sum that the vector is made of.
        """
        self._same_encoder(seen)
        found, mixture = seen.features, mixture.astype(np.float32)
        each: Floats = _shares(
            found.bounds,
            found.numbers,
            found.whose,
            len(found.tokens),
            self.grams,
            mixture * self.gram_scale,
            self.groups,
        )
        if len(self.dense) and self.encoder_id == fast().id:
            each += fast().token_shares(seen, mixture @ self.dense.T)
        return each

    def to_bytes(self) -> bytes:
        """All of it as bytes that ``from_bytes`` reads; no code is in them."""
        kept = io.BytesIO()
        np.savez_compressed(kept, allow_pickle=False, **self.arrays())
        return kept.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> Self:
        """The head that ``to_bytes`` wrote."""
        with np.load(io.BytesIO(kept), allow_pickle=False) as arrays:
            return cls.from_arrays({name: arrays[name] for name in arrays.files})

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.generic]]) -> Self:
        """The head whose fields are these arrays."""
        rest = {name: arrays[name] for name in ("dense", "grams", "gram_scale", "groups", "bias")}
        if rest["groups"].shape != (GROUPS,):
            raise InvalidInput(
                f"A head must weigh {GROUPS} groups of features. Got {rest['groups'].shape}; fit it again."
            )
        return cls(
            classes=tuple(map(str, arrays["classes"].tolist())),
            encoder_id=str(arrays["encoder_id"]),
            temperature=float(arrays["temperature"]),
            **rest,  # type: ignore[arg-type]
        )

    def cooled(self, seen: Seen, truth: Sequence[str]) -> Head:
        """The same head with the temperature that makes texts it was not fitted on likeliest."""
        logits, place = self.logits(seen).astype(np.float64), self._places(truth)
        tried = np.exp(np.linspace(np.log(0.05), np.log(20), 241))
        loss = [-_log_softmax(logits / t)[np.arange(len(place)), place].mean() for t in tried]
        return replace(self, temperature=float(tried[int(np.argmin(loss))]))

    def at(self, temperature: float) -> Head:
        """The same head with another temperature."""
        return replace(self, temperature=temperature)

    def _places(self, truth: Sequence[str]) -> NDArray[np.int64]:
        return np.array([self.classes.index(value) for value in truth], dtype=np.int64)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The fields as arrays, by name."""
        names = ("dense", "grams", "gram_scale", "groups", "bias")
        return {
            "classes": np.array(self.classes), "encoder_id": np.array(self.encoder_id),
            "temperature": np.array(self.temperature), **{name: getattr(self, name) for name in names},
        }  # fmt: skip

    def _same_encoder(self, seen: Seen) -> None:
        if len(self.dense) and seen.encoder_id != self.encoder_id:
            raise InvalidInput(
                f"`seen` must come from the encoder {self.encoder_id} that this head was fitted with. "
                f"Got {seen.encoder_id}; fit the head again."
            )


def softmax(logits: NDArray[Real]) -> NDArray[Real]:
    """Chances from logits, by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: NDArray[Real] = raised / raised.sum(axis=1, keepdims=True)
    return chances


def _log_softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs


@njit(cache=True)
def _scores(bounds, numbers, grams, scale, groups):  # type: ignore[no-untyped-def]
    # Cost: one look-up of C numbers for each feature.
    classes, mask = grams.shape[1], len(grams) - 1
    total = np.zeros((len(bounds), classes), np.float32)
    sums = np.zeros(classes, np.int32)
    for t in range(len(bounds)):
        for g in range(GROUPS):
            first, last = bounds[t, g], bounds[t, g + 1]
            if first == last:
                continue
            sums[:] = 0
            for k in range(first, last):
                row = np.int64(numbers[k]) & mask
                for c in range(classes):
                    sums[c] += grams[row, c]
            weight = groups[g] / np.sqrt(np.float32(last - first))
            for c in range(classes):
                total[t, c] += weight * scale[c] * sums[c]
    return total


@njit(cache=True)
def _shares(bounds, numbers, whose, many, grams, mixture, groups):  # type: ignore[no-untyped-def]
    # Cost: C for each feature. A pair belongs to both its words by half.
    each, mask, classes = np.zeros(many, np.float32), len(grams) - 1, grams.shape[1]
    for t in range(len(bounds)):
        for g in range(GROUPS):
            first, last = bounds[t, g], bounds[t, g + 1]
            weight = groups[g] / np.sqrt(np.float32(max(last - first, 1)))
            for k in range(first, last):
                row, share = np.int64(numbers[k]) & mask, np.float32(0)
                for c in range(classes):
                    share += mixture[t, c] * grams[row, c]
                if g == PAIRS:
                    share *= np.float32(0.5)
                    each[whose[k] + 1] += weight * share
                each[whose[k]] += weight * share
    return each
