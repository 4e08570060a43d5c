"""A brand with something in every room, and the row that each page of one row shows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from tests.web import world

from entourage.web.core import actions, models
from entourage.web.crisis.models import Aftermath, Crisis, Group, GroupMessage, Watch
from entourage.web.inbox import actions as inbox
from entourage.web.inbox.models import Conversation, Label, Macro, View
from entourage.web.listen.models import Account, Attachment, Connection, Import
from entourage.web.operations.models import Operation
from entourage.web.outbox.models import Outgoing
from entourage.web.people.models import Person, Segment
from entourage.web.reading.models import Finding, Reading, Topic
from entourage.web.service import actions as service
from entourage.web.service.models import FirstResponse, Holiday, Promise, Report, Rule, Target
from entourage.web.today import actions as today
from entourage.web.today.models import Pledge

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
    Attachment.objects.create(brand=brand, activity=asked.pk, place=0, name=f"{slug}-only file", content=b"%PDF-1.7")
    world.reading(asked, 0, "care_question")
    world.gathered(asked, f"{slug}-only")
    world.standing(ann)
    Operation.objects.create(
        brand=brand, name=f"{slug}-only contest", starts_at=world.AT - timedelta(days=9), ends_at=world.AT
    )
    _import(brand, owner)
    Connection.objects.create(
        brand=brand, network="mastodon", name=f"{slug}-only account", account=page, checked_at=world.AT, by=owner
    )
    Segment.objects.create(brand=brand, name=f"{slug}-only segment", query="ring=close", by=owner)
    actions.invite(brand=brand, by=owner, at=world.AT, email=f"guest@{slug}-only.example", role="agent")
    _inbox(brand, owner)
    _service(brand, owner)
    _crisis(brand, owner, asked)
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


def _service(brand: models.Brand, by: models.Member) -> None:
    """A department of its own with hours, a holiday, somebody who answers, a promise, a rule, and what was kept."""
    own, at, told = f"{brand.slug}-only", world.AT, {"brand": brand, "by": by, "at": world.AT}
    desk = service.save_desk(key=own, name=f"{own} desk", lead=by, week=[[[540, 1080]]] * 7, **told)
    service.save_holiday(day=at.date() + timedelta(days=9999), name=f"{own} holiday", desk=desk, **told)
    service.save_seat(member=by, departments=[own], by=by, at=at)
    target = service.save_target(department=own, first=60, **told)
    it = Conversation.objects.of(brand).get()
    today.promise(conversation=it, what=f"{own} word given", due_at=at + timedelta(days=9999), by=by, at=at)
    rule = Rule(brand=brand, name=f"{own} rule", words=[f"{own} word"], department=own)
    service.save_rule(rule=rule, by=by, at=at)
    none = {"met": 0, "missed": 1, "share": [0.0, 0.0, 0.8], "early": 0, "running": 0, "cancelled": 0, "unknown": 0}
    waited = {"conversations": 1, "due": 1, "answered": 0, "unanswered": 1, "unanswered_share": [1.0, 0.2, 1.0]}
    figures = {
        "conversations": 1, "rows": 1, "promises": {"first": none}, "by_department": {own: {"first": none}},
        "by_network": {"x": {"first": none}}, "response_by_department": {}, "response_by_network": {},
        "response": {**waited, "median_h": [None, 2.0, None], "p90_h": [None, None, None]},
    }  # fmt: skip
    report = Report.objects.create(
        brand=brand, by=by, asked_at=at, starts_at=at, at=at, finished_at=at, figures=figures
    )
    Promise.objects.create(
        brand=brand, report=report, conversation=it, what="first", started_at=at, due_at=at, state="missed",
        counted=True, department=own, network="x", target=target,
    )  # fmt: skip
    FirstResponse.objects.create(brand=brand, report=report, conversation=it, asked_at=at, department=own, network="x")


def _crisis(brand: models.Brand, by: models.Member, said: Any) -> None:
    """A crisis that somebody named, with a group of one message, an answer prepared, and a look at it."""
    own, at = f"{brand.slug}-only", world.AT
    hours = {"first": at.isoformat(), "against": [[1, None, None], [9, 2.5, 6]], "messages": [[1, 0.5, 3], [9, 4.5, 8]]}
    Watch.objects.create(brand=brand, looked_at=at, until=at, weeks=13, enough=True, hours=hours)
    it = Crisis.objects.create(
        brand=brand, name=f"{own} crisis", by=by, named=True, owner=by, opened_at=at, until=at, gathered_at=at,
        starts_at=at - timedelta(days=4), hours=hours, measure="against", window=6, seen=9, expected=2.5, high=6,
    )  # fmt: skip
    group = Group.objects.create(brand=brand, crisis=it, words=[f"{own} word"], answer=f"{own} prepared", answer_by=by)
    GroupMessage.objects.create(brand=brand, group=group, activity=said, account_id=said.account_id)
    told = {"people": 1, "talks": 1, "answered": 1, "median_s": 60.0, "confirmed": 0, "due": 0, "back": 0}
    shares = {"before": [9, 1], "during": [1, 1], "after": [0, 0]}
    Aftermath.objects.create(brand=brand, crisis=it, day=Aftermath.OPEN, at=at, figures=told | shares)


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
    "inbox": _first(Conversation),
    "inbox:label": _first(Conversation),
    "inbox:label-remove": _first(Label),
    "inbox:macro": _first(Macro),
    "inbox:view": _first(View),
    "inbox:outgoing": _first(Outgoing),
    "outbox": _first(Outgoing),
    "outbox:person": _first(Person),
    "listen": _first(Import),
    "listen:mark": _first(Account),
    "listen:file": _first(Attachment),
    "listen:connection": _first(Connection),
    "today:thank": _first(Reading),
    "today:promises": _first(Conversation),
    "today:promise": _first(Conversation),
    "today:keep": _first(Pledge),
    "today:take": _first(Pledge),
    "service:department": lambda brand: f"{brand.slug}-only",
    "service:seat": _first(models.Member),
    "service:holiday": _first(Holiday),
    "service:target": _first(Target),
    "service:rule": _first(Rule),
    "crisis": _first(Crisis),
    "crisis:group": _first(Group),
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
