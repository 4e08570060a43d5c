"""How patterns grow into an automaton: shared beginnings, and a joint where the branches of a choice meet again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.errors import InvalidInput
from entourage.engine.text.phrases import patterns
from entourage.engine.text.phrases.finding import ANY_ENDING, AT_END, AT_START, FIRST_JOINT, GAP, LAST_JOINT, NUMBER
from entourage.engine.text.phrases.letters import SPACE, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

_MARKS: Final = (patterns.NUMBER, patterns.GAP, patterns.FIRST)
#: Where a branch has come to: its node, and whether a word stands before (then a gap comes first).
Place = tuple[int, bool]


class Growing:
    """An automaton while patterns are added: nodes of (letter -> node), and what ends where."""

    def __init__(self) -> None:
        self.out: list[dict[int, int]] = [{}]
        self.ends: list[dict[tuple[int, int], int]] = [{}]
        self.letters: dict[str, list[int]] = {patterns.NUMBER: [NUMBER], patterns.GAP: [GAP]}

    def learn(self, parsed: Iterable[patterns.Either]) -> None:
        """Fold all words of the patterns that will be added, in one go."""
        words = sorted({word for pattern in parsed for word in _words(pattern)} - set(_MARKS))
        letters = folded([word.removesuffix(patterns.ANY_ENDING) for word in words])
        for word, found in zip(words, letters, strict=True):
            if not found:
                raise InvalidInput(f"A word of a pattern must have a letter. Got {word!r}.")
            self.letters[word] = [*found, ANY_ENDING] if word.endswith(patterns.ANY_ENDING) else found

    def add(self, pattern: patterns.Either, tag: int, languages: int) -> None:
        """Let a pattern whose words are learnt tell ``tag`` in ``languages``."""
        for branch in pattern.branches:
            at_start, at_end = branch[0] == patterns.FIRST, branch[-1] == patterns.LAST
            inner = branch[at_start : len(branch) - at_end]
            key = (tag, AT_START * at_start | AT_END * at_end)
            for node, some in self._along(inner, {(0, False)}):
                if not some:
                    raise InvalidInput(f"A phrase must have a letter. Got {branch!r}.")
                self.ends[node][key] = self.ends[node].get(key, 0) | languages

    def packed(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Nodes (special edges as bits, first and last row of ``ends``) and ends (tag, anchors, languages)."""
        rows = [(tag, anchors, mask) for node in self.ends for (tag, anchors), mask in node.items()]
        stops = np.cumsum([len(node) for node in self.ends])
        starts = np.concatenate(([0], stops[:-1]))
        special = [
            sum(1 << (letter - ANY_ENDING) for letter in out if letter <= LAST_JOINT and letter >= ANY_ENDING)
            for out in self.out
        ]
        nodes = np.column_stack((special, starts, stops)).astype(np.int32)
        return nodes, np.array(rows, np.int32).reshape(-1, 3)

    def edges(self) -> NDArray[np.int64]:
        """Every edge: node, letter, node."""
        known = [(node, letter, target) for node, out in enumerate(self.out) for letter, target in out.items()]
        return np.array(known, np.int64).reshape(-1, 3)

    def _along(self, branch: tuple[str | patterns.Either, ...], places: set[Place]) -> set[Place]:
        for part in branch:
            if isinstance(part, str):
                places = {self._word(part, place) for place in places}
            else:
                places = self._met(set().union(*(self._along(one, places) for one in part.branches)))
        return places

    def _word(self, word: str, place: Place) -> Place:
        node, some = place
        for letter in ([SPACE] if some else []) + self.letters[word]:
            node = self._after(node, letter)
        return node, True

    def _met(self, places: set[Place]) -> set[Place]:
        """One joint for all places after a word; the place before any word stays what it is."""
        after = sorted(node for node, some in places if some)
        if len(after) < 2:
            return places
        joint = self._new()
        for node in after:
            free = next((mark for mark in range(FIRST_JOINT, LAST_JOINT + 1) if mark not in self.out[node]), None)
            if free is None:
                raise InvalidInput("Too many choices begin alike: write one of these patterns in another order.")
            self.out[node][free] = joint
        return {(joint, True)} | {place for place in places if not place[1]}

    def _after(self, node: int, letter: int) -> int:
        if letter not in self.out[node]:
            self.out[node][letter] = self._new()
        return self.out[node][letter]

    def _new(self) -> int:
        self.out.append({})
        self.ends.append({})
        return len(self.out) - 1


def _words(pattern: patterns.Either) -> Iterator[str]:
    for branch in pattern.branches:
        for part in branch:
            yield from [part] if isinstance(part, str) else _words(part)
