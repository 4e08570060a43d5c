"""The audit and the report on service: the same conversations and figures, and as many rows behind each number."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from tests.web import world
from tests.web.results import made

from entourage.engine.service.response import GRACE
from entourage.web.inbox.actions import thread
from entourage.web.inbox.models import Conversation
from entourage.web.listen.models import Account, Activity
from entourage.web.operations.models import Operation
from entourage.web.outbox.models import Outgoing
from entourage.web.results.bridge import build
from entourage.web.results.bridge.conversations import gather
from entourage.web.results.models import Audit, AuditedConversation
from entourage.web.results.queries import conversations
from entourage.web.service.bridge import make_report
from entourage.web.service.models import FirstResponse, Report

if TYPE_CHECKING:
    from django.test import Client

    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db
AT, hour, day = world.AT, timedelta(hours=1), timedelta(days=1)


def reported(brand: Brand) -> Report:
    thread(brand, now=AT)
    return make_report(Report(brand=brand, asked_at=AT), now=AT)


def told_by_service(brand: Brand) -> set[Any]:
    rows = FirstResponse.objects.of(brand).values_list(
        "conversation__account", "asked_at", "answered_at", "known", "network"
    )
    return set(rows)


def told_by_audit(brand: Brand) -> set[Any]:
    rows = AuditedConversation.objects.of(brand).filter(page="")
    return {(one.account, one.asked_at, one.answered_at, one.timing != "after", one.network) for one in rows}


def sent_by_hand(asked: Activity, at: Any, **fields: Any) -> Outgoing:
    """Somebody answered on the network itself and said so here; the log has no word of it."""
    it = Conversation.objects.of(asked.brand).get(lines__activity=asked)
    told = {"network": it.network, "state": "sent", "created_at": at, "due_at": at, "sent_at": at}
    return Outgoing.objects.create(brand=asked.brand, conversation_id=it.pk, **{**told, **fields})


def a_full_quarter(brand: Brand) -> None:
    """Sixty conversations of a quarter, and one of each kind about which two countings could differ."""
    made.conversations(brand, asked=60, answered=40)
    made.conversations(brand, asked=30, answered=10, page="quai", role="competitor")
    ours = _page(brand)

    def asks(name: str, ago: timedelta, **fields: Any) -> Activity:
        fan = _fan(brand, name)
        return world.act(fan, fields.pop("act", "comment"), AT - ago, toward=ours, text=f"{name} asks", **fields)

    def answered(asked: Activity, ago: timedelta, **fields: Any) -> Activity:
        return world.act(ours, "reply", AT - ago, toward=asked.account, reply_to=asked, text="Answer", **fields)

    # An entry, and an entry whose author asks something below it before the contest ends, without its mark.
    Operation.objects.create(brand=brand, name="Contest", starts_at=AT - 9 * day, ends_at=AT - day, hashtag="win")
    asks("entrant", 2 * day, tags=["win"])
    entry = asks("winner", 3 * day, tags=["win"])
    answered(asks("winner", 2 * day, reply_to=entry), 2 * day - hour)
    answered(asks("late", 3 * day, network_id="late"), 3 * day - hour, timing="after")
    answered(asks("regretted", 3 * day), 3 * day - hour, deleted_at=AT)
    asks("just now", 2 * hour)
    # Who wrote long before the quarter is met anew; who wrote shortly before it began earlier.
    again = asks("of old", 200 * day)
    asks("of old", 5 * day, reply_to=again)
    before = asks("of late", 100 * day)
    asks("of late", 5 * day, reply_to=before)
    opened = world.act(ours, "message", AT - 5 * day, toward=_fan(brand, "invited"), text="Dear Sir")
    asks("invited", 4 * day, reply_to=opened)
    asks("by hand", 4 * day, network_id="by hand")


def _page(brand: Brand) -> Account:
    return Account.objects.of(brand).get(handle="ourpage")


def _fan(brand: Brand, name: str) -> Account:
    handle = name.replace(" ", "_")
    return Account.objects.of(brand).filter(handle=handle).first() or world.account(brand, handle)


@pytest.fixture
def tea() -> Brand:
    """As of Monday nine o'clock; one question was answered by hand, on the network itself."""
    brand = world.brand("tea")
    a_full_quarter(brand)
    thread(brand, now=AT)
    sent_by_hand(Activity.objects.of(brand).get(network_id="by hand"), AT - 3 * day)
    return brand


def test_both_count_the_same_conversations_whatever_happened_in_them(tea):
    reported(tea)
    build(brand=tea, now=AT)
    told = told_by_service(tea)
    assert told == told_by_audit(tea)
    names = {pk: handle for pk, handle in _handles(tea) if not handle.startswith("ourpage")}
    said = {names[account]: (asked, answered, known) for account, asked, answered, known, _ in told}
    assert "entrant" not in said
    assert "invited" not in said
    assert "of_late" not in said
    assert said["winner"] == (AT - 2 * day, AT - 2 * day + hour, True)
    assert said["late"][2] is False
    assert said["regretted"][1] is None
    assert said["of_old"] == (AT - 5 * day, None, True)
    assert said["by_hand"] == (AT - 4 * day, AT - 3 * day, True)


def _handles(brand: Brand) -> Any:
    return Account.objects.of(brand).values_list("pk", "handle")


def test_both_figures_are_the_same(tea):
    report, audit = reported(tea), build(brand=tea, now=AT)
    ours = audit.figures["service"]["ours"]
    assert ours["unanswered"] > 10
    assert (report.starts_at, report.at) == (audit.starts_at, audit.ends_at)
    assert report.figures["response"] == {name: ours[name] for name in report.figures["response"]}
    networks = {one.pop("network"): one for one in audit.figures["service"]["networks"]}
    for name, one in report.figures["response_by_network"].items():
        assert one == {key: networks[name][key] for key in one}
    assert set(networks) == set(report.figures["response_by_network"])


@pytest.mark.parametrize("seed", range(6))
def test_on_any_log(seed):
    """Messages, answers, edits and marks at random, in threads that the network tells or not."""
    brand, chance = world.brand("tea"), random.Random(seed)  # noqa: S311 - draws a test
    ours = [world.account(brand, "ourpage", role="own"), world.account(brand, "shop", role="own", network="mastodon")]
    bot = world.account(brand, "robot", role="own", told_kind="bot")
    fans = {ours[0]: [], ours[1]: []}
    for place in range(6):
        page = ours[place % 2]
        fans[page].append(world.account(brand, f"fan{place}", network=page.network))
    Operation.objects.create(brand=brand, name="One", starts_at=AT - 60 * day, ends_at=AT - 20 * day, hashtag="win")
    Operation.objects.create(brand=brand, name="Two", starts_at=AT - 9 * day, ends_at=AT, origin="mailing")
    said: list[Activity] = []
    for _ in range(160):
        page = chance.choice(ours)
        before = [one for one in said if one.network == page.network]
        about = chance.choice(before) if before and chance.random() < 0.7 else None
        at = AT - chance.random() * (150 * day)
        fan = chance.choice(fans[page])
        by, to = (fan, page) if chance.random() < 0.6 else (page, chance.choice([fan, None]))
        by = bot if by is page and page is ours[0] and chance.random() < 0.1 else by
        it = world.act(
            by, chance.choice(["reply", "comment", "message", "like"]), at, toward=to, reply_to=about, text="Words",
            tags=chance.choice([None, ["win"], ["tea"]]), origin=chance.choice(["", "", "mailing"]),
            timing=chance.choice(["exact", "after"]), deleted_at=AT if chance.random() < 0.05 else None,
        )  # fmt: skip
        if about is not None and chance.random() < 0.3:
            it.context = None
            it.save(update_fields=["context"])
        said.append(it)
    thread(brand, now=AT)
    for it in chance.sample(list(Conversation.objects.of(brand)), 5):
        at = it.asked_at + chance.random() * (3 * day)
        known = chance.choice([None, chance.choice(said).pk])
        Outgoing.objects.create(
            brand=brand, conversation_id=it.pk, network=it.network, created_at=at, due_at=at, activity=known,
            state=chance.choice(["sent", "queued", "by_hand", "withdrawn"]), deed=chance.choice(["reply", "like"]),
        )  # fmt: skip
    report = reported(brand)
    assert report.starts_at is not None
    assert report.at is not None
    audit = Audit.objects.create(brand=brand, starts_at=report.starts_at, ends_at=report.at)
    gather(audit, brand)
    assert len(told_by_service(brand)) > 5
    assert told_by_service(brand) == told_by_audit(brand)


def count_rows(client: Client, href: str) -> int:
    """All rows behind an address, page after page."""
    path = href.partition("?")[0]
    shown = client.get(href).content.decode()
    rows = shown.split("<tbody>", 1)[-1].count("<tr data-row")
    older = re.search(r'<nav class="pager"><a class="button" href="(\?[^"]*)"', shown)
    return rows + (count_rows(client, path + unescape(older[1])) if older else 0)


def links(shown: str, page: str) -> set[str]:
    return {unescape(one) for one in re.findall(rf'href="(/b/tea/{page}(?:\?[^"]*)?)"', shown)}


def test_every_number_of_the_reports_page_leads_to_as_many_rows(client, tea):
    report = reported(tea)
    world.signed_in(client, world.member(tea))
    shown = client.get("/b/tea/service/promises/").content.decode()
    found = links(shown, "service/promises/first/")
    told = {"": report.figures["response"]}
    told |= {f"department={key}": one for key, one in report.figures["response_by_department"].items()}
    told |= {f"network={key}": one for key, one in report.figures["response_by_network"].items()}
    wanted = {}
    for query, one in told.items():
        wanted[f"/b/tea/service/promises/first/?{query}".rstrip("?")] = one["conversations"]
        unanswered = f"/b/tea/service/promises/first/?{query}&unanswered=1".replace("?&", "?")
        wanted[unanswered] = one["unanswered"]
    assert found == set(wanted)
    assert {href: count_rows(client, href) for href in found} == wanted


def test_every_number_of_the_audit_leads_to_as_many_rows(client, tea):
    service = build(brand=tea, now=AT).figures["service"]
    world.signed_in(client, world.member(tea))
    address = "/b/tea/audit/conversations/?"
    wanted = {address: service["ours"]["conversations"], f"{address}unanswered=1": service["ours"]["unanswered"]}
    for one in service["networks"]:
        wanted[f"{address}network={one['network']}"] = one["conversations"]
        wanted[f"{address}network={one['network']}&unanswered=1"] = one["unanswered"]
    for one in service["competitors"]:
        wanted[f"{address}page={one['page']}"] = one["conversations"]
        wanted[f"{address}page={one['page']}&unanswered=1"] = one["unanswered"]
    for one in service["hours"]:
        if one["unanswered"]:
            wanted[f"{address}hour={one['hour']}&unanswered=1"] = one["unanswered"]
    found = links(client.get("/b/tea/audit/").content.decode(), "audit/conversations/")
    staffing = {one for one in found if "hours=" in one or "answered=" in one.replace("unanswered=", "")}
    assert found - staffing == set(wanted)
    assert {href: count_rows(client, href) for href in wanted} == wanted


def test_the_list_waits_as_long_as_the_figures_before_it_calls_somebody_unanswered():
    assert conversations.GRACE == GRACE
