"""From what people want to say to where it stands: under a post, as a mention, in private, in answer to a friend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.simulate import pages
from entourage.engine.simulate.intents import GESTURES, HELPABLE, Intent
from entourage.engine.simulate.people import NETWORKS
from entourage.engine.simulate.rows import ACT, Numbers, Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

X: Final = NETWORKS.index("x")
FACEBOOK: Final = NETWORKS.index("facebook")
#: What people rather write in private, and how often.
_PRIVATE: Final = (Intent.QUESTION, Intent.DELIVERY, Intent.COMPLAINT, Intent.JOB, Intent.PRESS)
_PRIVATE_SHARE: Final = 0.09
_TO_OTHERS: Final = (Intent.CHAT, Intent.HELP)
#: At least this many bits for a moment in microseconds since 1970; the ground goes above them.
_MOMENT_BITS: Final = 52


def placed(rows: Rows, shelf: Rows, recent: Rows, numbers: Numbers, rng: np.random.Generator) -> Rows:
    """The rows with their ids, acts, targets and threads."""
    rows["private"] = np.isin(rows["intent"], _PRIVATE) & (rng.random(len(rows)) < _PRIVATE_SHARE)
    rows["to"] = -1 - rows["page"].astype(np.int32)
    to_others = np.isin(rows["intent"], _TO_OTHERS)
    spoken = _spoken(rows[~to_others], shelf, numbers, rng)
    answers = _to_others(rows[to_others], np.concatenate((recent, spoken)), rng)
    lonely = answers["target"] == 0
    # Nobody to talk to: they ask the page instead, which keeps the act as meaningful as it was.
    answers["intent"][lonely] = Intent.QUESTION
    return np.concatenate((spoken, numbers.give(answers[~lonely]), _spoken(answers[lonely], shelf, numbers, rng)))


def _spoken(rows: Rows, shelf: Rows, numbers: Numbers, rng: np.random.Generator) -> Rows:
    """Words and gestures turned to a page."""
    place = pages.under(rows, shelf, rng)
    _mend(rows, place >= 0)
    intent = rows["intent"]
    posted = place >= 0
    gesture = np.isin(intent, (Intent.FOLLOW, Intent.PURCHASE))
    alone = rows["private"] | gesture | ~posted | (intent == Intent.REVIEW_GOOD) | (intent == Intent.REVIEW_BAD)
    mention = (rows["network"] == X) & ~np.isin(intent, GESTURES)
    under = ~alone & ~mention
    rows["target"][under] = shelf["id"][place[under]]
    rows["thread"][under] = shelf["id"][place[under]]
    rows["act"] = _acts(rows, under)
    return numbers.give(rows)


def _mend(rows: Rows, posted: NDArray[np.bool_]) -> None:
    """Nothing to like or share before the first post, and reviews exist on one network only."""
    intent = rows["intent"]
    intent[~posted & (intent == Intent.LIKE)] = Intent.FOLLOW
    intent[~posted & (intent == Intent.SHARE)] = Intent.PRAISE
    elsewhere = rows["network"] != FACEBOOK
    intent[elsewhere & (intent == Intent.REVIEW_GOOD)] = Intent.PRAISE
    intent[elsewhere & (intent == Intent.REVIEW_BAD)] = Intent.COMPLAINT


def _acts(rows: Rows, under: NDArray[np.bool_]) -> NDArray[np.uint8]:
    act = np.where(under, ACT["comment"], ACT["mention"]).astype(np.uint8)
    act[rows["private"]] = ACT["message"]
    for intent, name in (
        (Intent.IDEA, "idea"),
        (Intent.REVIEW_GOOD, "review"),
        (Intent.REVIEW_BAD, "review"),
        (Intent.SHARE, "share"),
        (Intent.LIKE, "like"),
        (Intent.FOLLOW, "follow"),
        (Intent.PURCHASE, "purchase"),
    ):
        act[rows["intent"] == intent] = ACT[name]
    return act


def _to_others(rows: Rows, heard: Rows, rng: np.random.Generator) -> Rows:
    """Answers to other people: the latest words on the same ground before them, or a little earlier ones."""
    wordless = np.isin(heard["intent"], GESTURES)
    heard = heard[(heard["author"] >= 0) & ~heard["private"] & ~wordless]
    helping = rows["intent"] == Intent.HELP
    rows["act"] = np.where(helping, ACT["help"], ACT["reply"])
    _answer(rows, helping, heard[np.isin(heard["intent"], HELPABLE)], rng)
    _answer(rows, ~helping, heard, rng)
    return rows


def _answer(rows: Rows, which: NDArray[np.bool_], heard: Rows, rng: np.random.Generator) -> None:
    key = _where_and_when(heard)
    order = np.argsort(key, kind="stable")
    heard, key = heard[order], key[order]
    mine = np.flatnonzero(which)
    sought = _where_and_when(rows[mine])
    place = np.searchsorted(key, sought) - rng.geometric(0.25, len(mine))
    good = place >= 0
    mine, found = mine[good], heard[place[good]]
    good = (_where_and_when(found) >> _MOMENT_BITS == sought[good] >> _MOMENT_BITS) & (
        found["author"] != rows["author"][mine]
    )
    mine, found = mine[good], found[good]
    rows["target"][mine], rows["to"][mine] = found["id"], found["author"]
    rows["thread"][mine], rows["language"][mine] = found["thread"], found["language"]
    # Help fits the question: the same chance picks the sentence that was written for it.
    helped = rows["intent"][mine] == Intent.HELP
    rows["words"][mine[helped]] = found["words"][helped]


def _where_and_when(rows: Rows) -> NDArray[np.int64]:
    ground = rows["page"].astype(np.int64) * len(NETWORKS) + rows["network"]
    return np.asarray((ground << _MOMENT_BITS) + rows["at"])
