"""What people do when they act: a mix of intents by role, temper and the hour of the brand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.simulate.intents import CUSTOMER, Intent
from entourage.engine.simulate.people import People, Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Three tempers (calm, usual, short) and two times (ordinary, crisis).
TEMPERS, TIMES = 3, 2
_TEMPER_EDGES: Final = (0.2, 0.45)
#: A session goes on after each act with probability 1 - STOP: acts call acts, minutes apart.
STOP: Final = 0.62
#: How often an ordinary person turns to a competitor's page instead.
FLIRT: Final = 0.03

I = Intent  # noqa: E741 - the tables below are read by eye
_MIXES: Final[dict[Role, dict[Intent, float]]] = {
    Role.ORDINARY: {
        I.QUESTION: 14, I.DELIVERY: 9, I.DEFECT: 4, I.COMPLAINT: 3, I.IRONY: 2, I.PRAISE: 11, I.IDEA: 3,
        I.REVIEW_GOOD: 2, I.REVIEW_BAD: 1, I.JOB: 0.6, I.PRESS: 0.3, I.SPAM: 0.8, I.CHAT: 7, I.HELP: 1, I.SHARE: 5,
        I.LIKE: 30, I.FOLLOW: 4, I.PURCHASE: 5,
    },
    Role.CLOSE: {
        I.QUESTION: 8, I.DELIVERY: 4, I.DEFECT: 2, I.COMPLAINT: 1.2, I.IRONY: 1, I.PRAISE: 20, I.IDEA: 5,
        I.REVIEW_GOOD: 2, I.CHAT: 14, I.HELP: 4, I.SHARE: 9, I.LIKE: 25, I.PURCHASE: 8,
    },
    Role.VEHEMENT: {
        I.COMPLAINT: 34, I.DEFECT: 14, I.IRONY: 16, I.REVIEW_BAD: 5, I.DELIVERY: 9, I.QUESTION: 6, I.CHAT: 8,
        I.PURCHASE: 5, I.LIKE: 3,
    },
    Role.HELPER: {
        I.HELP: 45, I.CHAT: 14, I.PRAISE: 8, I.QUESTION: 4, I.IDEA: 6, I.SHARE: 4, I.LIKE: 16, I.PURCHASE: 4,
    },
    Role.RELAY: {
        I.SHARE: 22, I.PRAISE: 20, I.CHAT: 18, I.IDEA: 3, I.QUESTION: 5, I.LIKE: 22, I.PURCHASE: 3,
    },
    Role.RECRUIT: {
        I.QUESTION: 14, I.PRAISE: 18, I.CHAT: 12, I.IDEA: 4, I.DELIVERY: 4, I.SHARE: 7, I.LIKE: 24, I.PURCHASE: 9,
    },
    Role.HUNTER: {
        I.LIKE: 70, I.SHARE: 12, I.FLATTERY: 10,
    },
    Role.BOUGHT: {
        I.LIKE: 1,
    },
    Role.STAFF: {
        I.HELP: 45, I.PRAISE: 15, I.CHAT: 10, I.SHARE: 10, I.LIKE: 20,
    },
    Role.BOT: {
        I.PRICES: 1,
    },
    Role.ELSEWHERE: {
        I.QUESTION: 26, I.DELIVERY: 18, I.DEFECT: 7, I.COMPLAINT: 7, I.IRONY: 3, I.PRAISE: 18, I.CHAT: 8, I.LIKE:
        20,
    },
}  # fmt: skip
_SHORT_TEMPERED: Final = {I.COMPLAINT: 2.4, I.IRONY: 2.0, I.DEFECT: 1.4, I.REVIEW_BAD: 2.0, I.PRAISE: 0.7}
_CALM: Final = {I.COMPLAINT: 0.35, I.IRONY: 0.5, I.REVIEW_BAD: 0.4}
_CRISIS: Final = {
    I.DELIVERY: 4.0,
    I.COMPLAINT: 9.0,
    I.IRONY: 5.0,
    I.DEFECT: 2.5,
    I.REVIEW_BAD: 4.0,
    I.PRAISE: 0.4,
    I.PURCHASE: 0.4,
}
_PRESENCE: Final = (I.LIKE, I.FOLLOW)


def _weights(role: Role, temper: int, time: int) -> NDArray[np.float64]:
    weights = np.array([_MIXES[role].get(intent, 0.0) for intent in CUSTOMER])
    for factors in ((_CALM, {}, _SHORT_TEMPERED)[temper], _CRISIS if time else {}):
        weights *= np.array([factors.get(intent, 1.0) for intent in CUSTOMER])
    return np.asarray(weights / weights.sum())


_TABLE: Final = np.array(
    [_weights(role, temper, time) for role in Role for temper in range(TEMPERS) for time in range(TIMES)]
)
# Row k of the table lies in [k, k + 1), so that one search draws from all rows at once; the end is exact on purpose.
_LADDER: Final = (np.minimum(np.cumsum(_TABLE, axis=1), 1.0) + np.arange(len(_TABLE))[:, None]).ravel()


def _of_brand() -> NDArray[np.float64]:
    """Probability by mood that a session holds at least one act that counts as engagement with the brand."""
    meaningful = 1 - _TABLE[:, [CUSTOMER.index(intent) for intent in _PRESENCE]].sum(axis=1)
    role = np.arange(len(_TABLE)) // (TEMPERS * TIMES)
    meaningful *= np.where(role == Role.ORDINARY, 1 - FLIRT, np.where(role == Role.ELSEWHERE, 0.0, 1.0))
    none = STOP * (1 - meaningful) / (1 - (1 - STOP) * (1 - meaningful))
    return np.asarray(1 - none)


#: By mood: the probability that a session engages with the brand.
ENGAGING: Final = _of_brand()


def moods(people: People, *, crisis: bool) -> NDArray[np.int64]:
    """The mood of each person: a row of the tables above."""
    temper = np.digitize(people.temper, _TEMPER_EDGES)
    mood = (people.role.astype(np.int64) * TEMPERS + temper) * TIMES
    return np.asarray(mood + np.where(crisis & (people.page == 0), 1, 0))


def intents(mood: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.uint8]:
    """What each act is about, drawn from the mix of its author's mood."""
    width = len(CUSTOMER)
    place = np.searchsorted(_LADDER, mood + rng.random(len(mood)), side="right") - mood * width
    return place.clip(0, width - 1).astype(np.uint8)
