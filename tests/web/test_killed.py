"""Two hundred processes killed in earnest while they take in, claim, send and escalate: nothing lost, nothing double.

What is true is asked of the networks and counted in the database, once others have finished the work.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from tests.web import world
from tests.web.listen.there import as_there
from tests.web.mortals import Mortals, mother_of_all
from tests.web.outbox import ledger as ledgers
from tests.web.outbox.doors import connection as connected
from tests.web.service.served import agent, asks

from entourage.house.address import with_database
from entourage.web.core.jobs import defer_once
from entourage.web.inbox import actions as inbox
from entourage.web.inbox import queries
from entourage.web.inbox.models import Conversation, Message, Step, Unthreaded
from entourage.web.listen import actions as listen
from entourage.web.listen.models import Activity, Connection
from entourage.web.outbox import actions as outbox
from entourage.web.outbox import bridge
from entourage.web.outbox.models import Outgoing, Sending
from entourage.web.reading.bridge.waiting import unread
from entourage.web.service import actions as service
from entourage.web.service.models import Handling

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from entourage.web.core.models import Brand, Member

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

KILLS = 50  # of each of the four
SEED = 4
LEFT = {Sending.SENT, Sending.ACCEPTED}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def served() -> Iterator[tuple[ledgers.Ledger, str]]:
    ledgers.plug_in()
    with ledgers.served() as there:
        yield there
    ledgers.unplug()


@pytest.fixture(scope="module")
def mother(server, django_db_setup) -> Iterator[subprocess.Popen[str]]:
    with mother_of_all(with_database(server, str(connection.settings_dict["NAME"]))) as mother:
        yield mother


@pytest.fixture
def those(mother, transactional_db, monkeypatch) -> Iterator[Mortals]:
    monkeypatch.setenv("ENTOURAGE_HOSTILE", "1")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # those of other tests
    those = Mortals(mother, SEED, kills=KILLS)
    yield those
    sys.stdout.write(f"{those.told}\n")


def later(address: str = "") -> None:
    """Minutes go by: what was on its way has arrived, what waits for its moment is due, and the minute's sweep runs."""
    if address:
        ledgers.Network({"address": address})._ask("find", {"key": ""})  # whoever came before us was let in
    while any("process_request_thread" in thread.name for thread in threading.enumerate()):
        time.sleep(0.005)
    buried()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_outgoing SET due_at = now() WHERE due_at > now()")
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE scheduled_at > now()")
    bridge.sweep(now=datetime.now(UTC))


def buried() -> None:
    """PostgreSQL has noticed who died: what they had asked for is done by now, or never will be."""
    ends, others = time.monotonic() + 60, True
    while others and time.monotonic() < ends:
        time.sleep(0.005)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid())"
            )
            (others,) = cursor.fetchone()


def written_to(slug: str, address: str, people: int) -> tuple[Brand, list[Activity]]:
    """A brand at the ledger, and as many who asked it something just now."""
    brand, now = world.brand(slug), datetime.now(UTC)
    page = world.account(brand, "teapage", network="ledger", role="own")
    connected(brand, page, settings={"address": address}, limits={})
    who = [world.person(brand, f"P{number}", network="ledger") for number in range(people)]
    return brand, [world.act(each, at=now - MINUTE, toward=page, text=f"{each.name} asks") for each in who]


def once_each(brand: Brand, ledger: ledgers.Ledger) -> None:
    """All that was written has left the house, and stands once in the ledger and once in the log, in its order."""
    rows = list(Outgoing.objects.of(brand).order_by("conversation_id", "created_at"))
    assert {row.state for row in rows} <= LEFT
    ours = [post for post in ledger.posts if post["key"] in {str(row.pk) for row in rows}]
    assert len(ours) == len(rows)
    in_order = sorted(ours, key=lambda post: next(row.conversation_id for row in rows if str(row.pk) == post["key"]))
    assert [post["text"] for post in in_order] == [row.text for row in rows]
    logged = Activity.objects.of(brand).filter(account__role="own").values_list("network_id", flat=True)
    assert sorted(logged) == sorted(row.network_id for row in rows)


def test_fifty_deaths_while_sending(served, those):
    ledger, address = served
    number = 0
    while not those.enough:
        number += 1
        brand, asked = written_to(f"tea{number}", address, people=3)
        for talk, place in [(talk, place) for talk in range(3) for place in range(2)]:
            at = datetime.now(UTC) - MINUTE + timedelta(seconds=place)
            outbox.queue(
                brand=brand, deed="reply", purpose="answer", to=asked[talk], text=f"{talk}.{place}", by=None, at=at,
                conversation_id=10 * number + talk,
            )  # fmt: skip
        rows = Outgoing.objects.of(brand).exclude(state__in=LEFT)
        while rows.exists():
            ledger.faults = those.chance.choices(["ok", "lost before", "lost after", "429"], [7, 1, 1, 1], k=10)
            those.die("live")
            ledger.faults = []
            later(address)
        once_each(brand, ledger)


def test_fifty_deaths_of_web_servers_while_conversations_are_claimed_and_answered(served, those):
    ledger, address = served
    number = 0
    while not those.enough:
        number += 1
        brand, _ = written_to(f"tea{number}", address, people=6)
        olga, bea = agent(brand, "olga"), agent(brand, "bea")
        inbox.thread(brand, now=datetime.now(UTC))
        session = signed_in(olga)
        for it in Conversation.objects.of(brand).order_by("pk"):
            presses = presses_of(it)
            pressed = 0
            while pressed < len(presses):
                pressed += those.die("press", session=session, presses=presses[pressed:]).done
                kept(it, olga, bea, presses, pressed)
        later(address)
        those.live("live")
        later(address)
        once_each(brand, ledger)


def signed_in(member: Member) -> str:
    browser = world.signed_in(Client(), member)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def presses_of(it: Conversation) -> list[tuple[str, dict[str, str]]]:
    """What somebody presses who claims, writes and answers; who sees no reply presses again."""
    at, seen = f"/b/{it.brand.slug}/inbox/{it.pk}", str(queries.seen_of(it))
    words = f"We look into it, {it.pk}."
    answer = (f"{at}/answer/", {"text": words, "seen": seen})
    return [(f"{at}/claim/", {}), (f"{at}/draft/", {"text": "We"}), (f"{at}/draft/", {"text": words}), answer]


def kept(it: Conversation, olga: Member, bea: Member, presses: list[tuple[str, dict[str, str]]], pressed: int) -> None:
    """What was acknowledged stands: the claim keeps others out, the draft is there until the answer has taken it."""
    buried()
    steps = Counter(Step.objects.of(it.brand).filter(conversation=it).values_list("what", flat=True))
    answers = Outgoing.objects.of(it.brand).filter(conversation_id=it.pk).count()
    assert answers == steps["answered"]
    assert answers <= 1
    assert steps["claimed"] <= 1 + steps["released"]
    row = Conversation.objects.of(it.brand).get(pk=it.pk)
    if answers:
        assert (row.assignee, row.claimed_by) == (olga, None)
        return
    texts = [form["text"] for _, form in presses[1 : min(pressed + 1, 3)]]
    told = queries.draft_of(it, olga)
    assert told in texts[-2:] if pressed > 1 else not told or told in texts
    now = datetime.now(UTC)
    if inbox.claim(conversation=it, by=bea, at=now):
        assert (row.claimed_by, pressed) == (None, 0)
        inbox.release(conversation=it, by=bea, at=now)


def test_fifty_deaths_while_what_is_late_is_escalated(those):
    tea, number = world.brand("tea"), 0
    boss, gus = agent(tea, "boss"), agent(tea, "gus")
    now = datetime.now(UTC)
    service.save_desk(brand=tea, key="care", lead=boss, by=None, at=now)
    service.save_seat(member=gus, departments=["care"], capacity=10_000, by=None, at=now)
    service.save_target(brand=tea, first=60, by=None, at=now)
    while not those.enough:
        number += 1
        now = datetime.now(UTC)
        asks(tea, f"Late{number}", at=now - 90 * MINUTE, intent="complaint")
        asks(tea, f"New{number}", at=now - MINUTE, intent="complaint")
        inbox.thread(tea, now=now)
        defer_once("service.route", brand_id=tea.pk)
        those.die("live")
    those.live("live")
    buried()
    steps = Counter(Step.objects.of(tea).filter(by=None).values_list("conversation__account__handle", "what"))
    told = [
        step for each in range(1, number + 1) for step in ((f"late{each}", "escalated"), (f"new{each}", "assigned"))
    ]
    assert steps == Counter(told)
    for one in Conversation.objects.of(tea).select_related("account"):
        late = one.account.handle.startswith("late")
        assert (one.assignee, len(one.labels)) == ((boss, 1) if late else (gus, 0))
        assert (Handling.objects.of(tea).get(conversation=one).escalated_due == one.due_at) is late


ACTS = 60


def test_fifty_deaths_while_a_hostile_network_is_read(those):
    number = 0
    while not those.enough:
        number += 1
        rough, calm = heard(f"rough{number}", number, cruelty="0.2"), heard(f"calm{number}", number, cruelty="0")
        while rough.caught_up_at is None:
            those.die("read", connection_id=rough.pk)
            rough.refresh_from_db(from_queryset=Connection.objects.everywhere())
        while rough.reconciled_at is None:
            listen.compare(rough.pk)
            those.die("live")
            rough.refresh_from_db(from_queryset=Connection.objects.everywhere())
        those.live("read", connection_id=calm.pk)
        listen.compare(calm.pk)
        those.live("live")
        buried()
        all_done(rough)
        assert talks(rough.brand) == talks(calm.brand)


def heard(slug: str, seed: int, *, cruelty: str) -> Connection:
    """A connection to a hostile network whose story has just ended."""
    began = datetime.now(UTC) - timedelta(hours=1, minutes=20)
    told = {"began": began.isoformat(), "acts": str(ACTS), "cruelty": cruelty, "seed": str(seed), "ledger": slug}
    return listen.connect(
        brand=world.brand(slug), network="hostile", name=slug, settings=told, secrets={}, by=None, at=began
    )


def all_done(it: Connection) -> None:
    """What is here is what is there, threaded and read."""
    as_there(it)
    assert not Unthreaded.objects.of(it.brand).exists()
    with unread(it.brand) as waiting:
        assert not waiting.total


def talks(brand: Brand) -> Counter[tuple[str, str, frozenset[str]]]:
    """The conversations: with whom, whose turn it is, and what is said in them."""
    said: dict[int, set[str]] = {}
    names = dict(Activity.objects.of(brand).values_list("pk", "network_id"))
    for talk, activity in Message.objects.of(brand).values_list("conversation_id", "activity"):
        said.setdefault(talk, set()).add(names[activity])
    rows = Conversation.objects.of(brand).select_related("account")
    return Counter((row.account.handle, row.state, frozenset(said[row.pk])) for row in rows)
