"""A thread drawn as a table: when (hours ago), who, what was read in it, and the words; ``<`` answers the line named.

a | 9 | Ann   | care_question | where is my parcel?
b | 8 | us >a |               | on its way
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.web import world

from entourage.web.inbox import actions
from entourage.web.inbox.models import Conversation

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand
    from entourage.web.listen.models import Account, Activity
    from entourage.web.people.models import Person

HOUR = timedelta(hours=1)
#: One who likes something now, so that the brand's moment is ``world.AT``.
NOW = world.AT + timedelta(seconds=1)


class Talk:
    """A brand with one page of its own, and those who talk to it."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self.page = world.account(brand, "ourpage", role="own", told_kind="own")
        self.people: dict[str, Person] = {}
        self.lines: dict[str, Activity] = {}
        self.clock()

    def who(self, name: str) -> Account:
        if name == "us":
            return self.page
        if name not in self.people:
            self.people[name] = world.person(self.brand, name)
        return world.account_of(self.people[name])

    def clock(self, at: datetime = world.AT) -> None:
        """Something happens that is no word of anybody: the brand's moment moves on."""
        world.act(self.page, "like", at)

    def say(self, table: str, **fields: Any) -> None:
        for row in table.strip().splitlines():
            name, ago, told, intent, text = (cell.strip() for cell in row.split("|"))
            who, _, below = (part.strip() for part in told.partition(">"))
            self.one(name, float(ago), who, below, intent=intent, text=text, **fields)

    def one(
        self, name: str, ago: float, who: str, below: str = "", *, intent: str = "", text: str = "", **fields: Any
    ) -> Activity:
        parent = self.lines.get(below)
        author = self.who(who)
        if author == self.page:
            toward = parent.account if parent and parent.account != self.page else None
        else:
            toward = self.page
        known = {"toward": toward, "reply_to": parent, "text": text or name}
        what = fields.pop("act", "reply" if below else "mention")
        said = world.act(author, what, world.AT - ago * HOUR, **{**known, **fields})
        if intent:
            self.read(said, intent)
        self.lines[name] = said
        return said

    def read(self, said: Activity, intent: str, sign: int = 0, **fields: Any) -> None:
        world.reading(said, -1 if intent == "complaint" else sign, intent, **fields)

    def thread(self, **told: Any) -> int:
        return actions.thread(self.brand, now=told.pop("now", NOW), **told)

    def of(self, name: str) -> Conversation:
        """The one conversation of this person."""
        return Conversation.objects.of(self.brand).get(account=self.who(name))

    @property
    def all(self) -> list[Conversation]:
        return list(Conversation.objects.of(self.brand).order_by("asked_at", "id"))
