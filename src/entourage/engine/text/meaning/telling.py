"""The words that tell one group of messages from the others: its label."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING, Final

from entourage.engine.text.meaning.everyday import common_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A word of a label is used by so many people at least: nobody is known by it.
PEOPLE: Final = 3
#: ... and in this share of the group's messages.
SHARE: Final = 0.2
#: ... so many times as often as elsewhere: what is said everywhere is the language, not the subject.
OFTENER: Final = 4.0


def telling(
    texts: Sequence[str], groups: Sequence[Iterable[int]], *, people: Sequence[int], most: int = 4
) -> list[tuple[str, ...]]:
    """Say which words tell each group from all other messages, the most telling first.

    A word counts once a message. Its weight in a group is the share of the group's messages that have it, times
    log(1 + mean size of a group / messages anywhere that have it): class-based TF-IDF.

    Parameters
    ----------
    texts : T messages
    groups : places in ``texts`` of each group's messages
    people : who wrote each of them, T
    most : words of a label

    Returns
    -------
    the words of each group; none where no word is used by three people, in a fifth of its messages, and four times as
    often as elsewhere

    Notes
    -----
    Source: Grootendorst (2022), BERTopic. Ours: messages instead of words are counted, the guard on people, and
    words of everyday chatter left out.

    Examples
    --------
    >>> talk = ["The kettle leaks", "My kettle leaks too", "Kettle leaks again", "Lovely day", "What a day"]
    >>> telling(talk, [[0, 1, 2]], people=[1, 2, 3, 4, 5])
    [('kettle', 'leaks')]
    """
    said = [set(words_of(text)) - common_words() for text in texts]
    everywhere = Counter(word for words in said for word in words)
    members = [list(group) for group in groups]
    size = len(texts) / (len(members) + 1)
    return [_label(group, said, people, everywhere, size)[:most] if group else () for group in members]


def _label(
    group: list[int], said: list[set[str]], people: Sequence[int], everywhere: Counter[str], size: float
) -> tuple[str, ...]:
    inside = Counter(word for place in group for word in said[place])
    outside = max(len(said) - len(group), 1)
    weights = {
        word: count / len(group) * log(1 + size / everywhere[word])
        for word, count in inside.items()
        if count >= SHARE * len(group)
        and count / len(group) >= OFTENER * (everywhere[word] - count) / outside
        and len({people[place] for place in group if word in said[place]}) >= PEOPLE
    }
    best = sorted(weights, key=lambda word: (-weights[word], word))
    # What a third of the best word's weight does not reach is the small change of the language.
    return tuple(word for word in best if weights[word] >= weights[best[0]] / 3)
