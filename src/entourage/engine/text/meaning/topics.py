"""What a heap of messages talks about: dense places among their vectors, found in one deterministic way.

What all messages share (a brand's own subject, its language) is taken out first. Then, from the densest message on, a
centre moves to the mean of what lies near it until it rests (mean shift on the sphere); centres that came to rest side
by side are one. Each message goes to its nearest centre, if it is near enough. What is left talks about nothing in
common, and no topic is an answer too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Places = NDArray[np.int64]

#: The cosine to a topic's centre from which a message belongs to it. Measured: docs/methods/meaning.md.
NEAR: Final = 0.7
#: A new topic has a core: its least number of messages as near as this and a share of what chance gives, which shrinks
#: like one over the root of the dimensions. Of a short vector's neighbours more are there by chance.
CORE: Final = 0.7
CHANCE: Final = 1.0
#: The mean cosine between a topic's messages: less, and they only look alike.
COHESION: Final = 0.45
#: Centres nearer than this are one topic.
ONE: Final = 0.8
#: Neighbours that say how dense it is around a message, and from which its centre starts.
NEIGHBOURS: Final = 8
#: The least messages of a topic, and the least people behind them.
MESSAGES: Final = 6
PEOPLE: Final = 3
#: Centres are sought among so many messages, evenly taken; the others then only join.
LOOKED_AT: Final = 8_000
#: A centre that has not come to rest by then goes round in a circle.
STEPS: Final = 12
_BLOCK: Final = 1_024


@dataclass(frozen=True, slots=True)
class Topic:
    """Messages about one thing: places of M messages, the most central first, and their cosines to the centre.

    ``centre`` is a unit vector (d) once what is common is taken out; ``known`` is the place of the centre given from
    which the topic grew, -1 for a new one.
    """

    members: Places
    nearness: Vectors
    centre: Vectors
    known: int = -1

    def __len__(self) -> int:
        return len(self.members)


def topics(
    vectors: Vectors,
    *,
    people: Places,
    common: Vectors | None = None,
    known: Vectors | None = None,
    messages: int = MESSAGES,
) -> list[Topic]:
    """Find what messages talk about, the most talked about first; an empty list if they talk about nothing in common.

    Parameters
    ----------
    vectors : T messages by one encoder, unit rows, T x d; a row of zeros belongs nowhere
    people : who wrote each, T
    common : what all messages of the brand share, d; else the mean of these
    known : centres of topics that are known already, K x d: what lies near joins them first, whatever their number
    messages : the least number of messages of a new topic

    Raises
    ------
    InvalidInput: ``people`` does not name an author for each message.

    Notes
    -----
    Source: mean shift, Fukunaga & Hostetler (1975), with a flat kernel on the sphere. Cost: d for each pair among at
    most 8,000 messages, then d for each message and topic.

    Examples
    --------
    >>> axis = np.eye(32, dtype=np.float32)
    >>> heap = np.vstack([np.repeat(axis[:1], 6, axis=0), axis])
    >>> [topic.members.tolist() for topic in topics(heap, people=np.arange(38))]
    [[0, 1, 2, 3, 4, 5, 6]]
    """
    if len(people) != len(vectors):
        raise InvalidInput(f"`people` must name who wrote each message. Got {len(people)} for {len(vectors)} messages.")
    there = np.flatnonzero(np.any(vectors != 0, axis=1))
    if len(there) == 0:
        return []
    points = turned(vectors[there], vectors[there].mean(axis=0) if common is None else common)
    centres = np.zeros((0, points.shape[1]), np.float32) if known is None else known
    given = len(centres)
    sample = points[np.unique(np.linspace(0, len(points) - 1, min(len(points), LOOKED_AT)).astype(np.int64))]
    least = max(2, round(messages * len(sample) / len(points)))
    centres = np.vstack([centres, _apart(_resting(sample, centres, least), centres)])
    return _gathered(points, there, np.asarray(people), centres, given, messages)


def turned(vectors: Vectors, common: Vectors) -> Vectors:
    """Unit rows once what is common is taken out of them."""
    rest = vectors - common
    unit: Vectors = (rest / np.maximum(np.linalg.norm(rest, axis=-1, keepdims=True), 1e-9)).astype(np.float32)
    return unit


def _resting(points: Vectors, known: Vectors, least: int) -> list[tuple[int, Vectors]]:
    """Where centres come to rest, with how many messages lie near each; from the densest message on."""
    free = np.ones(len(points), dtype=bool)
    if len(known):
        free &= (points @ known.T).max(axis=1) < NEAR
    near, density = _neighbours(points)
    core = CORE + CHANCE / np.sqrt(points.shape[1])
    found: list[tuple[int, Vectors]] = []
    for start in np.argsort(-density, kind="stable"):
        if density[start] < COHESION:
            break
        around = near[start][free[near[start]]]
        if not free[start] or len(around) < min(least, NEIGHBOURS) // 2:
            continue
        place = _rest(points, free, np.append(around, start))
        if len(place) and (points[place] @ _mean(points[place]) >= core).sum() >= least:
            free[place] = False
            found.append((len(place), _mean(points[place])))
    return found


def _rest(points: Vectors, free: NDArray[np.bool_], place: Places) -> Places:
    """Move a centre until what lies near it does not change."""
    for _ in range(STEPS):
        closer = np.flatnonzero(free & (points @ _mean(points[place]) >= NEAR))
        if len(closer) == 0 or np.array_equal(closer, place):
            return closer
        place = closer
    return place


def _mean(points: Vectors) -> Vectors:
    middle = points.mean(axis=0)
    unit: Vectors = middle / max(float(np.linalg.norm(middle)), 1e-9)
    return unit


def _neighbours(points: Vectors) -> tuple[Places, Vectors]:
    """The places of the nearest others of each message, and their mean cosine; a block of rows at a time."""
    count = min(NEIGHBOURS, len(points) - 1)
    near, density = np.zeros((len(points), count), np.int64), np.zeros(len(points), np.float32)
    if count == 0:
        return near, density
    for first in range(0, len(points), _BLOCK):
        rows = np.arange(first, min(first + _BLOCK, len(points)))
        cosines = points[rows] @ points.T
        cosines[rows - first, rows] = -2
        near[rows] = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        density[rows] = np.take_along_axis(cosines, near[rows], axis=1).mean(axis=1)
    return near, density


def _apart(found: list[tuple[int, Vectors]], known: Vectors) -> Vectors:
    """The new centres that are not another one again, the largest first."""
    kept = list(known)
    for _, centre in sorted(found, key=lambda one: -one[0]):
        if not kept or float((np.array(kept) @ centre).max()) < ONE:
            kept.append(centre)
    return np.array(kept[len(known) :], dtype=np.float32).reshape(-1, known.shape[1])


def _gathered(
    points: Vectors, there: Places, people: Places, centres: Vectors, given: int, messages: int
) -> list[Topic]:
    """Each message with its nearest centre; the topics that hold, largest first, the known ones all."""
    if len(centres) == 0:
        return []
    cosines = points @ centres.T
    nearest = cosines.argmax(axis=1)
    reached = cosines[np.arange(len(points)), nearest]
    found = []
    for number in range(len(centres)):
        place = np.flatnonzero((nearest == number) & (reached >= NEAR))
        place = place[np.argsort(-reached[place], kind="stable")]
        cohesion = _cohesion(points[place])
        holds = len(place) >= messages and cohesion >= COHESION and len(np.unique(people[there[place]])) >= PEOPLE
        if holds or (number < given and len(place)):
            known = number if number < given else -1
            found.append(Topic(there[place], reached[place], centres[number], known))
    return sorted(found, key=lambda topic: -len(topic))


def _cohesion(points: Vectors) -> float:
    """The mean cosine between two different messages of a group."""
    if len(points) < 2:
        return 1.0
    length = float(np.linalg.norm(points.mean(axis=0))) ** 2 * len(points)
    return (length - 1) / (len(points) - 1)
