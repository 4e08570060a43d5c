"""A brand with something in every room, and the row that each page of one row shows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from tests.web import world

from entourage.web.core import actions, models
from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Conversation, Label, Macro, View
from entourage.web.listen.models import Account, Import
from entourage.web.operations.models import Operation
from entourage.web.outbox.models import Outgoing
from entourage.web.people.models import Person, Segment
from entourage.web.reading.models import Finding, Reading, Topic

if TYPE_CHECKING:
    from collections.abc import Callable


def furnished(slug: str) -> models.Brand:
    """A brand that Ann, who is at every brand, has written to; whatever is its own says ``<slug>-only``."""
    brand = world.brand(slug)
    owner = world.member(brand, "owner", email=f"{slug}-only@example.org")
    page = world.account(brand, "ourpage", role="own", name=f"{slug}-only page")
    ann = world.person(brand, "Ann")
    asked = world.act(ann, "comment", world.AT - timedelta(days=3), toward=page, text=f"{slug}-only question")
    world.act(page, "reply", world.AT, toward=world.account_of(ann), text=f"{slug}-only answer", reply_to=asked)
    world.reading(asked, 0, "care_question")
    world.gathered(asked, f"{slug}-only")
    world.standing(ann)
    Operation.objects.create(
        brand=brand, name=f"{slug}-only contest", starts_at=world.AT - timedelta(days=9), ends_at=world.AT
    )
    _import(brand, owner)
    Segment.objects.create(brand=brand, name=f"{slug}-only segment", query="ring=close", by=owner)
    actions.invite(brand=brand, by=owner, at=world.AT, email=f"guest@{slug}-only.example", role="agent")
    _inbox(brand, owner)
    return brand


def _inbox(brand: models.Brand, by: models.Member) -> None:
    """Ann's conversation, and whatever members keep around one."""
    inbox.thread(brand, now=world.AT + timedelta(minutes=1))
    it, at = Conversation.objects.of(brand).get(), world.AT + timedelta(minutes=2)
    inbox.note(conversation=it, text=f"{brand.slug}-only note", by=by, at=at)
    inbox.label(conversation=it, name=f"{brand.slug}-only label", by=by, at=at)
    inbox.draft(conversation=it, text=f"{brand.slug}-only draft", by=by, at=at)
    inbox.save_macro(brand=brand, name=f"{brand.slug}-only macro", text="Dear {name}", by=by, at=at)
    inbox.save_view(brand=brand, name=f"{brand.slug}-only view", query="sign=negative", by=by, at=at, everybody=True)
    words = {"text": f"{brand.slug}-only words", "network": it.network, "by": by, "conversation_id": it.pk}
    Outgoing.objects.create(brand=brand, state="by_hand", created_at=at, due_at=at, **words)


def _import(brand: models.Brand, by: models.Member) -> None:
    """A file taken in, and the list of its rejected rows."""
    settings.REJECTS.mkdir(mode=0o700, parents=True, exist_ok=True)
    rejects = settings.REJECTS / f"{brand.slug}-only.csv"
    rejects.write_text(f"{brand.slug}-only rejected row\n")
    facts = {"filename": rejects.name, "state": "done", "mapping": {"columns": {}}, "rejects_path": str(rejects)}
    Import.objects.create(brand=brand, by=by, **facts)


def _first(model: Any) -> Callable[[models.Brand], Any]:
    return lambda brand: model.objects.of(brand).order_by("pk")[0].pk


# A page of one row, and whose row it shows; the room's word stands before the colon.
ROWS: dict[str, Callable[[models.Brand], Any]] = {
    "withdraw": _first(models.Invitation),
    "role": _first(models.Member),
    "remove": _first(models.Member),
    "operations": _first(Operation),
    "results": _first(Operation),
    "outbox": _first(Outgoing),
    "outbox:person": _first(Person),
    "inbox": _first(Conversation),
    "inbox:label": _first(Conversation),
    "inbox:label-remove": _first(Label),
    "inbox:macro": _first(Macro),
    "inbox:view": _first(View),
    "inbox:outgoing": _first(Outgoing),
    "listen": _first(Import),
    "listen:mark": _first(Account),
    "people": _first(Person),
    "people:segment": _first(Segment),
    "reading": _first(Reading),
    "reading:topic": _first(Topic),
    "reading:finding": _first(Finding),
}


def row(name: str, brand: models.Brand) -> dict[str, Any]:
    """The arguments of a page of one row, by its full name, its name's first word, or its room."""
    room = name.split(":", maxsplit=1)[0]
    for known in (name, name.rsplit("-", 1)[0], room):
        if known in ROWS:
            return {"pk": ROWS[known](brand)}
    raise LookupError(f"{name} shows one row: say which in tests/web/rooms.py")
