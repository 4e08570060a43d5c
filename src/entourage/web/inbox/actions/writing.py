"""What members write for themselves: notes, drafts, macros, kept searches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import BigIntegerField, F, Func, Value

from entourage.web.core.actions import record
from entourage.web.core.models import Member
from entourage.web.inbox import queries
from entourage.web.inbox.actions.claiming import NUMBERS, rows
from entourage.web.inbox.models import Draft, Macro, Note, View
from entourage.web.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand
    from entourage.web.inbox.models import Conversation

_PLACE = re.compile(r"\{(" + "|".join(queries.VARIABLES) + r")\}")


@transaction.atomic
def note(*, conversation: Conversation, text: str, by: Member, at: datetime) -> Note:
    """Tell colleagues something about a conversation; those named with an @ find it on their Today."""
    made: Note = Note.objects.create(
        brand_id=conversation.brand_id, conversation=conversation, by=by, at=at, text=text.strip(),
        named=_named(text, conversation.brand_id, but=by),
    )  # fmt: skip
    rows(conversation).update(changed_at=at)
    record(brand=conversation.brand, by=by, at=at, what="conversation.noted", subject=conversation.pk)
    return made


def _named(text: str, brand: int, *, but: Member) -> list[int]:
    """The members named with an @: by the first part of their address, their name without spaces, or its first word."""
    told = {word.casefold().rstrip(".-") for word in re.findall(r"@([\w.+-]+)", text)}
    if not told:
        return []
    found = []
    for member in Member.objects.of(brand).select_related("user").exclude(pk=but.pk).order_by("pk"):
        name, first = member.user.name.casefold(), member.user.email.partition("@")[0].casefold()
        if told & {first, name.replace(" ", ""), name.partition(" ")[0]} - {""}:
            found.append(member.pk)
    return found


def see_notes(*, member: Member, conversation: Conversation) -> int:
    """Notes of the conversation that name the member are seen; how many were not yet."""
    named = Note.objects.of(conversation.brand_id).filter(conversation=conversation, named__contains=[member.pk])
    seen = Func(F("seen"), Value(member.pk, BigIntegerField()), function="array_append", output_field=NUMBERS)
    return int(named.exclude(seen__contains=[member.pk]).update(seen=seen))


@transaction.atomic
def draft(*, conversation: Conversation, text: str, by: Member, at: datetime) -> Draft | None:
    """Keep what they have begun to write; nothing but spaces throws it away. Safe to repeat."""
    kept = Draft.objects.of(conversation.brand_id)
    if not text.strip():
        kept.filter(conversation=conversation, member=by).delete()
        return None
    told = {"brand_id": conversation.brand_id, "text": text, "at": at}
    made: Draft = kept.update_or_create(conversation=conversation, member=by, defaults=told)[0]
    return made


@transaction.atomic
def keep(*, conversation: Conversation, text: str, after: datetime | None, by: Member, at: datetime) -> bool:
    """Keep what stands in the box of one page of theirs; whether it was kept. Safe to repeat.

    ``after`` is when they had answered last as the page was drawn: once another answer of theirs has left, perhaps
    from a second page, the words of this one were said already, and are no draft any more.
    """
    # Who answers holds the row until the answer is written and the draft is gone.
    rows(conversation).select_for_update().first()
    if queries.written(conversation, by).left_since(after):
        return False
    draft(conversation=conversation, text=text, by=by, at=at)
    return True


@transaction.atomic
def save_macro(
    *,
    brand: Brand,
    name: str,
    text: str,
    by: Member,
    at: datetime,
    department: str = "",
    language: str = "",
    macro: Macro | None = None,
) -> Macro:
    """Write an answer beforehand, or change one; without ``macro`` the one of this name is changed."""
    told = {"text": text, "department": department, "language": language, "by": by, "changed_at": at}
    if macro is None:
        kept, _new = Macro.objects.of(brand).update_or_create(brand=brand, name=name, defaults=told)
    else:
        Macro.objects.of(brand).filter(pk=macro.pk).update(name=name, **told)
        kept = Macro.objects.of(brand).get(pk=macro.pk)
    record(brand=brand, by=by, at=at, what="macro.saved", subject=kept.pk)
    return kept  # type: ignore[no-any-return]  # one of the queryset's own rows


@transaction.atomic
def remove_macro(*, macro: Macro, by: Member, at: datetime) -> None:
    """Throw a macro away. Doing it twice changes nothing."""
    brand = macro.brand
    if Macro.objects.of(brand).filter(pk=macro.pk).delete()[0]:
        record(brand=brand, by=by, at=at, what="macro.removed", subject=macro.pk)


def filled(macro: Macro, conversation: Conversation, member: Member) -> str:
    """The macro's text for whom one talks to: {name}, {first_name}, {handle}, {brand} and {me} filled in."""
    account = conversation.account
    person = Person.objects.of(conversation.brand_id).filter(pk=conversation.person_id).values_list("name", flat=True)
    name = str((person.first() if conversation.person_id else "") or account.name or account.handle)
    told = {
        "name": name, "first_name": name.partition(" ")[0], "handle": account.handle.removeprefix("@"),
        "brand": conversation.brand.name, "me": member.user.name or member.user.email.partition("@")[0],
    }  # fmt: skip
    return _PLACE.sub(lambda found: told[found[1]], macro.text)


@transaction.atomic
def save_view(*, brand: Brand, name: str, query: str, by: Member, at: datetime, everybody: bool = False) -> View:
    """Keep the filters of a list under a name, for oneself or for everybody; the same name again changes it."""
    whose = None if everybody else by
    kept: View = View.objects.of(brand).update_or_create(
        brand=brand, name=name, member=whose, defaults={"query": query}
    )[0]
    record(brand=brand, by=by, at=at, what="view.saved", subject=kept.pk)
    return kept


@transaction.atomic
def remove_view(*, view: View, by: Member, at: datetime) -> None:
    """Throw a kept search away; the conversations stay. Doing it twice changes nothing."""
    brand = view.brand
    if View.objects.of(brand).filter(pk=view.pk).delete()[0]:
        record(brand=brand, by=by, at=at, what="view.removed", subject=view.pk)
