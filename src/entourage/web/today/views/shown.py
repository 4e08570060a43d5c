"""A thing to do as its line says it: who, why, what they said, and where one does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import clock, number, span
from entourage.web.inbox.queries.listing import said_in
from entourage.web.people.queries import standing_in_words
from entourage.web.reading.models import VEHEMENT, Sign

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.inbox.models import Conversation
    from entourage.web.today.queries import Item


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of Today; ``done`` is the minute at which it is done. An errand brings its own words."""

    item: Item
    now: datetime
    done: float

    @property
    def name(self) -> str:
        """Whom it is about."""
        if self.item.deserving:
            return self.item.deserving.person.name
        it = self._it
        return str(getattr(it, "person_name", "") or it.account.name or it.account)

    @property
    def standing(self) -> str:
        """Where they stand, in a word or two; nothing where nobody knows."""
        ring, name = self._stands
        return "" if ring is None else standing_in_words(ring, name)

    @property
    def standing_key(self) -> str:
        """The same for the style sheet."""
        return self._stands[1]

    @property
    def _stands(self) -> tuple[int | None, str]:
        if self.item.deserving:
            return self.item.deserving.standing.ring, self.item.deserving.standing.name
        known = getattr(self._it, "standing", None)
        return (known["ring"], known["name"]) if known else (None, "")

    @property
    def said(self) -> str:
        """What it rests on: their words, the promise, the note."""
        if self.item.pledge:
            return self.item.pledge.what
        if self.item.note:
            return self.item.note.text
        if self.item.outgoing:
            return self.item.outgoing.text
        if self.item.deserving:
            return self.item.deserving.deed.text
        return said_in(self._it)

    @property
    def why(self) -> list[str]:
        """Why it stands here, the weightiest first."""
        told = {
            "answer": self._why_answer,
            "approval": self._why_approval,
            "pledge": self._why_pledge,
            "note": self._why_note,
        }
        return told.get(self.item.kind, self._why_thanks)()

    @property
    def verb(self) -> str:
        """What the button says."""
        names = {
            "answer": gettext("Answer %(name)s"),
            "approval": gettext("Approve %(who)s's answer to %(name)s"),
            "pledge": gettext("Keep it for %(name)s"),
            "note": gettext("Read the note"),
            "thanks": gettext("Thank %(name)s"),
        }
        return names[self.item.kind] % {"name": self.name.split(" ")[0], "who": self._writer}

    @property
    def url(self) -> str:
        """Where one does it."""
        if self.item.deserving:
            slug = self.item.deserving.person.brand.slug
            return reverse("today:thanks", args=[slug]) + f"#p-{self.item.deserving.person.pk}"
        there = f"#o-{self.item.outgoing.pk}" if self.item.outgoing else ""
        return reverse("inbox:conversation", args=[self._it.brand.slug, self._it.pk]) + there

    @property
    def _writer(self) -> str:
        by = self.item.outgoing.by if self.item.outgoing else None
        return str(by) if by else gettext("somebody")

    @property
    def person_url(self) -> str:
        """Their own page; nothing where we know no person."""
        if self.item.deserving:
            one = self.item.deserving.person
            return reverse("people:person", args=[one.brand.slug, one.pk])
        it = self._it
        return reverse("people:person", args=[it.brand.slug, it.person_id]) if it.person_id else ""

    @property
    def _it(self) -> Conversation:
        if self.item.conversation is None:
            raise LookupError(self.item.kind)
        return self.item.conversation

    def _why_answer(self) -> list[str]:
        it = self._it
        told = []
        if self.item.due_at:
            told.append(_promised(self.item.due_at, self.now))
        if (it.vehemence or 0) >= VEHEMENT and it.sign != Sign.POSITIVE:
            told.append(gettext("vehement"))
        if it.waiting_since:
            told.append(gettext("has waited %(span)s") % {"span": span(self.now - it.waiting_since)})
        if self.item.others:
            others = ngettext("%(others)s more of theirs waits", "%(others)s more of theirs wait", self.item.others)
            told.append(others % {"others": number(self.item.others)})
        return told

    def _why_approval(self) -> list[str]:
        out = self.item.outgoing
        return [*([out.reason] if out and out.reason else []), *self._why_answer()]

    def _why_pledge(self) -> list[str]:
        due = self.item.due_at
        told = gettext("you promised it by %(clock)s") % {"clock": clock(due)}
        return [gettext("the promise has ended"), told] if due and due < self.now else [told]

    def _why_note(self) -> list[str]:
        note = self.item.note
        who = str(note.by) if note and note.by else gettext("somebody")
        return [gettext("%(who)s asks you") % {"who": who}]

    def _why_thanks(self) -> list[str]:
        one = self.item.deserving
        if one is None:
            return []
        return [deed_in_words(one.deed.act, one.intent, one.helps)]


def deed_in_words(act: str, intent: str, helps: int) -> str:
    """For what somebody deserves thanks."""
    if act == "help" and helps > 1:
        return gettext("helped other customers %(times)s times, never thanked") % {"times": helps}
    told = {
        "help": gettext("helped another customer, never thanked"),
        "purchase": gettext("bought, never thanked"),
        "idea": gettext("gave us an idea, never thanked"),
        "share": gettext("shared what we said, never thanked"),
        "review": gettext("rated us well, never thanked"),
    }
    praised = gettext("thanked us, never answered") if intent == "thanks" else gettext("praised us, never thanked")
    return told.get(act, praised)


def _promised(due: datetime, now: datetime) -> str:
    if due < now:
        return gettext("our promise ended %(span)s ago") % {"span": span(now - due)}
    return gettext("our promise ends in %(span)s") % {"span": span(due - now)}
