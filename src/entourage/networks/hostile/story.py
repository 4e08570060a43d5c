"""What truly happens on the hostile network: people who write, edit, delete, like and follow, all from a seed."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from entourage.networks.activity import Account, Act, Activity, Change
from entourage.networks.hostile.declared import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

ME = Account(id="tea", handle="tea", name="Maison Tilleul", kind="own")
PEOPLE = tuple(Account(id=f"p{n}", handle=f"p{n}", name=f"Person {n}") for n in range(30))
WRITTEN = (Act.MENTION, Act.REPLY, Act.COMMENT, Act.MESSAGE, Act.REVIEW)
DONE = (Act.LIKE, Act.SHARE, Act.FOLLOW)
OURS, SILENT = 0.15, 0.2  # the shares of acts that are the brand's own, and that have no words
EDITED, DELETED = 0.15, 0.1
# Words that break careless readers: NUL, a lone surrogate, UTF-8 read as Latin-1, right-to-left marks, a flag, nothing.
ODD = ("a\x00b", "half \ud83d a pair", "cafÃ© crÃ¨me", "\u202eneddih\u202c", "🇫🇷👩‍🔧", "", " \u200b ", "x" * 20_000)


class Event(msgspec.Struct, frozen=True):
    """Something that happens: an act, its edit or its deletion. ``odd``: its words break careless readers."""

    at: datetime
    activity: Activity
    odd: bool = False


class Plot(msgspec.Struct, frozen=True):
    """What a story is made from; the same plot is the same story."""

    seed: str
    began: datetime
    length: timedelta
    acts: int

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> Plot:
        began = datetime.fromisoformat(settings["began"])
        return cls(settings["seed"], began, timedelta(minutes=float(settings["minutes"])), int(settings["acts"]))


@lru_cache(maxsize=8)
def story(plot: Plot) -> tuple[Event, ...]:
    """All that happens, in the order of time."""
    chance = random.Random(f"{plot.seed}:story")  # noqa: S311 - a story, not a secret
    events: list[Event] = []
    written: list[Activity] = []
    for number in range(plot.acts):
        at = plot.began + plot.length * ((number + chance.random()) / max(plot.acts, 1))
        activity = _act(plot, number, at, chance, written)
        odd = activity.text in ODD and activity.act not in DONE
        events.append(Event(at, activity, odd))
        if activity.act not in DONE:
            written.append(activity)
            events += _afterwards(activity, at, plot, chance)
    return tuple(sorted(events, key=lambda event: event.at))


def _act(plot: Plot, number: int, at: datetime, chance: random.Random, written: list[Activity]) -> Activity:
    own = chance.random() < OURS
    actor = ME if own else chance.choice(PEOPLE)
    silent = not own and chance.random() < SILENT
    act = chance.choice(DONE) if silent else Act.POST if own else chance.choice(WRITTEN)
    target = chance.choice(written) if written and act not in {Act.POST, Act.MENTION, Act.FOLLOW} else None
    if own and target is None and written and chance.random() < 0.5:  # noqa: PLR2004 - half of ours are answers
        act, target = Act.REPLY, chance.choice(written)
    words = "" if silent else chance.choice(ODD) if chance.random() < 0.1 else f"message {number} of {actor.name}"  # noqa: PLR2004
    return Activity(
        network=KEY,
        id=f"{plot.seed}-{number}",
        act=act,
        actor=actor,
        at=at,
        to=(target.actor,) if own and target else () if own else (ME,),
        in_reply_to=target.id if target else "",
        context=(target.context or target.id) if target else "",
        text=words,
        language=chance.choice(("", "en", "fr")),
    )


def _afterwards(activity: Activity, at: datetime, plot: Plot, chance: random.Random) -> list[Event]:
    """Its edits and its deletion, some of them minutes later, some within the same second."""
    events: list[Event] = []
    version = 0
    while chance.random() < EDITED:
        version += 1
        at += plot.length * chance.random() * 0.1 + timedelta(milliseconds=10)
        words = f"{activity.id} as edited {version}"
        events.append(Event(at, msgspec.structs.replace(activity, change=Change.UPDATE, text=words, edited_at=at)))
    if chance.random() < DELETED:
        at += plot.length * chance.random() * 0.1 + timedelta(milliseconds=10)
        gone = Activity(network=KEY, id=activity.id, act=Act.POST, actor=Account(id=""), at=at, change=Change.DELETE)
        events.append(Event(at, gone))
    return events
