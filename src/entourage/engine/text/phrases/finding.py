"""The kernel that walks texts through a phrasebook."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from entourage.engine.text.phrases.letters import STOP, STRETCHED, SYMBOL

#: Special letters of an automaton: any rest of the word, a word that begins with a digit, up to three words between.
ANY_ENDING: Final = 3
NUMBER: Final = 4
GAP: Final = 5
#: Letters that cost no character: from the end of a choice's branch to the joint where all of them meet.
FIRST_JOINT: Final = 6
LAST_JOINT: Final = 31
AT_START: Final = 1
AT_END: Final = 2
#: Multiplier of the edges' hash; odd, so that no two keys fall together. The product may run over 64 bits and wraps.
SPREAD: Final = 0x9E3779B1
DEEP: Final = 96  # open branches of one walk; a text that opens more loses the rarest
_WORDS_BETWEEN: Final = 3
#: Branches that one step opens at most: all joints, the letter once and twice, any ending, a number, and after a gap of
#: none to three words. There must be room for so many, for kernels check no bounds.
_OPENED: Final = (LAST_JOINT - FIRST_JOINT + 1) + 2 + 1 + 1 + (_WORDS_BETWEEN + 1)


@njit(cache=True)
def find_kernel(letters, bounds, edges, nodes, ends, tags):  # type: ignore[no-untyped-def]
    """Rows of (text, tag, first letter, last letter + 1). Cost: a few edges a word."""
    found = np.empty((256, 4), np.int32)
    made = 0
    longest = np.zeros(tags, np.int64)
    taken = np.zeros(tags, np.int64)
    waiting = np.empty((DEEP, 2), np.int64)
    for text in range(len(bounds)):
        begin, end, languages = bounds[text, 0], bounds[text, 1], bounds[text, 2]
        taken[:] = begin
        last = _last_kernel(letters, begin, end)
        for at in range(begin, end):
            if letters[at] <= STOP or (at > begin and _inside(letters, at, end)):
                continue
            if not walk_kernel(letters, (begin, at, end, last, languages), edges, nodes, ends, (longest, waiting)):
                continue
            for tag in range(tags):
                if longest[tag] > 0 and at >= taken[tag]:
                    if made == len(found):
                        found = np.concatenate((found, np.empty_like(found)))
                    found[made, 0], found[made, 1], found[made, 2], found[made, 3] = text, tag, at, longest[tag]
                    made += 1
                    taken[tag] = longest[tag]
                longest[tag] = 0
    return found[:made]


@njit(cache=True)
def _inside(letters, at, end):  # type: ignore[no-untyped-def]
    """Whether the letter at ``at`` goes on with the word of the letter before it."""
    if at >= end:
        return False
    before, here = letters[at - 1], letters[at]
    return STOP < (before & ~STRETCHED) < SYMBOL and STOP < (here & ~STRETCHED) < SYMBOL


@njit(cache=True)
def _last_kernel(letters, begin, end):  # type: ignore[no-untyped-def]
    """One past the message's last word; pictures and gaps behind it do not count."""
    while end > begin and (letters[end - 1] <= STOP or letters[end - 1] & SYMBOL):
        end -= 1
    return end


@njit(cache=True)
def walk_kernel(letters, where, edges, nodes, ends, kept):  # type: ignore[no-untyped-def]
    """Walk all branches from one letter on; put the end of each tag's longest phrase into ``longest``."""
    begin, start, end, last, languages = where
    longest, branches = kept
    open_node, open_at = branches[:, 0], branches[:, 1]
    open_node[0], open_at[0] = 0, start
    waiting, any_found = 1, False
    while waiting:
        waiting -= 1
        node, at = open_node[waiting], open_at[waiting]
        special, first_end, after_end = nodes[node, 0], nodes[node, 1], nodes[node, 2]
        if first_end < after_end and not _inside(letters, at, end):
            for row in range(first_end, after_end):
                tag, anchors, mask = ends[row, 0], ends[row, 1], ends[row, 2]
                at_start = not anchors & AT_START or start == begin
                at_end = not anchors & AT_END or at >= last
                if mask & languages and at_start and at_end and at > longest[tag]:
                    longest[tag] = at
                    any_found = True
        if waiting > DEEP - _OPENED:
            continue
        for joint in range(FIRST_JOINT, LAST_JOINT + 1):
            if special >> (joint - ANY_ENDING) == 0:
                break
            open_node[waiting], open_at[waiting] = _edge(edges, node, joint), at
            waiting += 1
        if at >= end:
            continue
        letter = letters[at]
        after = _edge(edges, node, letter & ~STRETCHED)
        if after > 0:
            open_node[waiting], open_at[waiting] = after, at + 1
            waiting += 1
            if letter & STRETCHED:
                twice = _edge(edges, after, letter & ~STRETCHED)
                if twice > 0:
                    open_node[waiting], open_at[waiting] = twice, at + 1
                    waiting += 1
        if special & 1:
            open_node[waiting], open_at[waiting] = _edge(edges, node, ANY_ENDING), _word_end(letters, at, end)
            waiting += 1
        if special & 2 and 48 <= (letter & ~STRETCHED) <= 57:
            open_node[waiting], open_at[waiting] = _edge(edges, node, NUMBER), _word_end(letters, at, end)
            waiting += 1
        if special & 4:
            waiting = _gap_kernel(letters, at, end, _edge(edges, node, GAP), open_node, open_at, waiting)
    return any_found


@njit(cache=True)
def _gap_kernel(letters, at, end, node, open_node, open_at, waiting):  # type: ignore[no-untyped-def]
    """Go on after none to three words: each time at the gap before the next word."""
    # The gap's own space was walked already: step back onto it, so that "a ... b" may be "a b".
    place = at - 1
    for _ in range(_WORDS_BETWEEN + 1):
        if place >= end or letters[place] == STOP:
            break
        open_node[waiting], open_at[waiting] = node, place
        waiting += 1
        place = _word_end(letters, place + 1, end)
    return waiting


@njit(cache=True)
def _word_end(letters, at, end):  # type: ignore[no-untyped-def]
    while at < end and STOP < (letters[at] & ~STRETCHED) < SYMBOL:
        at += 1
    return at


@njit(cache=True)
def _edge(edges, node, letter):  # type: ignore[no-untyped-def]
    key = (np.int64(node) << 26) | np.int64(letter)
    slot = (key * SPREAD >> 20) & (len(edges) - 1)
    while edges[slot, 0] >= 0:
        if edges[slot, 0] == key:
            return edges[slot, 1]
        slot = (slot + 1) & (len(edges) - 1)
    return -1


@njit(cache=True)
def fill_kernel(table, edges):  # type: ignore[no-untyped-def]
    """Put edges (node, letter, node) into an empty open hash table of (key or -1, node)."""
    for row in range(len(edges)):
        key = (edges[row, 0] << 26) | edges[row, 1]
        slot = (key * SPREAD >> 20) & (len(table) - 1)
        while table[slot, 0] >= 0:
            slot = (slot + 1) & (len(table) - 1)
        table[slot, 0], table[slot, 1] = key, edges[row, 2]
