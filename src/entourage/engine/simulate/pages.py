"""The pages: the brand's and two competitors', what they publish and what of it is still in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.log import DAY_US, HOUR_US, WEEK_US
from entourage.engine.simulate.intents import Intent
from entourage.engine.simulate.operations import CONTEST, TASTING, Plan
from entourage.engine.simulate.people import NETWORKS
from entourage.engine.simulate.rows import ACT, Rows, blank

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.simulate.calendar import Week


@dataclass(frozen=True)
class Page:
    """An organisation with the same handle on each network."""

    handle: str
    name: str


#: The brand first; all three are invented.
PAGES: Final = (
    Page("maisontilleul", "Maison Tilleul"),
    Page("theduquai", "Thé du Quai"),
    Page("leafandkettle", "Leaf & Kettle"),
)
_POSTS_A_WEEK: Final = (4, 3, 2)
_PUBLISHING_HOURS: Final = np.array([8, 9, 11, 12, 17, 18])
#: A post leaves the top of the page after that long.
_IN_SIGHT_US: Final = 4 * WEEK_US


def published(week: Week, plan: Plan, rng: np.random.Generator) -> Rows:
    """The week's posts of all pages on all networks; the brand publishes nothing in the deserted fortnight."""
    parts = [
        _usual(week, page, network, rng)
        for page in range(len(PAGES))
        for network in range(len(NETWORKS))
        if page or week.index not in plan.deserted
    ]
    announcements = (
        (plan.contest, Intent.POST_CONTEST, CONTEST),
        (plan.tasting, Intent.POST_TASTING, TASTING),
        (plan.tasting + 1, Intent.POST_TASTING, TASTING),
        (plan.crisis[0], Intent.POST_CRISIS, 0),
    )
    parts += [_announced(week, intent, origin, rng) for index, intent, origin in announcements if index == week.index]
    return np.concatenate(parts)


def _usual(week: Week, page: int, network: int, rng: np.random.Generator) -> Rows:
    posts = blank(_POSTS_A_WEEK[page], rng)
    slots = np.flatnonzero((week.weekday < 6) & np.isin(week.hour, _PUBLISHING_HOURS))
    posts["at"] = (
        week.start_us + rng.choice(slots, len(posts), replace=False) * HOUR_US + rng.integers(0, HOUR_US, len(posts))
    )
    posts["network"], posts["page"], posts["author"], posts["to"] = network, page, -1 - page, -1 - page
    posts["act"], posts["intent"] = ACT["post"], Intent.POST
    posts["language"] = rng.random(len(posts)) < 0.3
    return posts


def _announced(week: Week, intent: Intent, origin: int, rng: np.random.Generator) -> Rows:
    posts = blank(len(NETWORKS), rng)
    noon = np.flatnonzero((week.hour == 12) & (week.weekday < 5))[0]
    # A crisis is declared on the second day; an operation opens on the first.
    late = DAY_US if intent == Intent.POST_CRISIS else 0
    posts["at"] = week.start_us + noon * HOUR_US + late + np.arange(len(posts)) * 60_000_000
    posts["network"], posts["author"], posts["to"] = np.arange(len(NETWORKS)), -1, -1
    posts["act"], posts["intent"], posts["origin"] = ACT["post"], intent, origin
    return posts


def in_sight(shelf: Rows, posts: Rows, week: Week) -> Rows:
    """The shelf with the new posts, by time, without those that left the top of the page."""
    shelf = np.concatenate((shelf, posts))
    return np.sort(shelf[shelf["at"] > week.start_us - _IN_SIGHT_US], order=["at", "id"])


def under(rows: Rows, shelf: Rows, rng: np.random.Generator) -> NDArray[np.int64]:
    """The place on the shelf of the post that each row stands under; -1 where its page had none yet.

    An act of an operation goes to the operation's post, any other to the latest post or one a little older.
    """
    found = np.full(len(rows), -1)
    back = np.where(rows["origin"] > 0, 0, rng.geometric(0.6, len(rows)) - 1)
    for key in np.unique(_ground(rows)):
        mine, theirs = np.flatnonzero(_ground(rows) == key), np.flatnonzero(_ground(shelf) == key)
        place = np.searchsorted(shelf["at"][theirs], rows["at"][mine]) - 1 - back[mine]
        seen = place >= 0
        found[mine[seen]] = theirs[place[seen]]
    return found


def _ground(rows: Rows) -> NDArray[np.int64]:
    """Page, network and, for the two operations with a post of their own, the operation."""
    origin = np.where(rows["origin"] >= CONTEST, rows["origin"], 0)
    return np.asarray((origin.astype(np.int64) * len(PAGES) + rows["page"]) * len(NETWORKS) + rows["network"])
