"""Killed at any step of sending: nothing is lost, and nothing stands twice in the network's ledger."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection as database
from tests.web import world
from tests.web.outbox.doors import connection
from tests.web.outbox.ledger import KEY, Network

from entourage.web.listen.models import Activity
from entourage.web.outbox import actions, bridge
from entourage.web.outbox.bridge import sending, telling
from entourage.web.outbox.models import Outgoing, Sending

DONE = {Sending.SENT, Sending.ACCEPTED}


class Killed(BaseException):
    """As a kill: no code of ours expects it."""


def furnished(address, *, conversations=4, answers=3):
    """A brand with answers queued, some to each of several people."""
    tea = world.brand("tea")
    page = None
    for number in range(conversations):
        who = world.person(tea, f"P{number}", network=KEY)
        page = page or world.account(tea, "teapage", network=KEY, role="own")
        asked = world.act(who, at=world.AT - timedelta(hours=1), toward=page, text=f"Question {number}")
        if number == 0:
            connection(tea, page, settings={"address": address}, limits={})
        for place in range(answers):
            actions.queue(
                brand=tea, deed="reply", purpose="answer", to=asked, text=f"{number}.{place}", by=None,
                at=world.AT + timedelta(seconds=place), conversation_id=number,
            )  # fmt: skip
    return tea


def whole(tea, ledger):
    """Everything has left the house, stands once in the ledger and once in the log, each talk in its order."""
    rows = list(Outgoing.objects.of(tea).order_by("conversation_id", "created_at"))
    assert {row.state for row in rows} <= DONE
    assert Counter(ledger.keys()) == Counter(str(row.pk) for row in rows)
    texts = [post["text"] for post in ledger.posts]
    assert sorted(texts, key=lambda text: text.split(".")[0]) == [row.text for row in rows]
    ours = Activity.objects.of(tea).filter(account__role="own").values_list("network_id", flat=True)
    assert sorted(ours) == sorted(row.network_id for row in rows)


def deadly(chance, deaths):
    """A step that now and then is the last one: before it, or just after it."""

    def wrapped(step):
        def taken(*args, **kwargs):
            if chance.random() < 0.06:
                deaths.append("before")
                raise Killed
            value = step(*args, **kwargs)
            if chance.random() < 0.06:
                deaths.append("after")
                raise Killed
            return value

        return taken

    return wrapped


STEPS = (
    (sending, "claim"), (sending, "door"), (sending, "done"), (sending, "following"), (telling, "take_in"),
    (telling, "_kept"), (Network, "send"), (Network, "find"),
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.slow
def test_two_hundred_deaths_lose_nothing_and_send_nothing_twice(served):
    ledger, address = served
    chance, deaths, worlds = random.Random(4), [], 0  # noqa: S311 - the same deaths in each run
    while len(deaths) < 200:
        tea = furnished(address)
        ledger.posts.clear()
        moment = world.AT
        patches = [patch.object(where, name, deadly(chance, deaths)(getattr(where, name))) for where, name in STEPS]
        for each in patches:
            each.start()
        while Outgoing.objects.of(tea).exclude(state__in=DONE).exists():
            moment += timedelta(minutes=5)
            ledger.faults = chance.choices(["ok", "lost before", "lost after", "429"], [7, 1, 1, 1], k=20)
            keys = list(Outgoing.objects.of(tea).values_list("pk", flat=True))
            for key in chance.sample(keys, len(keys)):
                try:
                    bridge.send(key, clock=lambda moment=moment: moment)
                except Killed:
                    continue
        for each in patches:
            each.stop()
        whole(tea, ledger)
        tea.delete()
        worlds += 1
    assert worlds > 2


@pytest.mark.django_db(transaction=True)
def test_twelve_workers_at_once_send_each_row_once(served):
    ledger, address = served
    tea = furnished(address)
    keys = list(Outgoing.objects.of(tea).order_by("created_at", "pk").values_list("pk", flat=True))
    together = threading.Barrier(12)

    def work(seed):
        together.wait()
        try:
            for turn in range(3):
                order = random.Random(seed + turn)  # noqa: S311 - each worker goes its own way
                for key in order.sample(keys, len(keys)):
                    bridge.send(key, clock=lambda: world.AT + timedelta(minutes=1))
        finally:
            database.close()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for key in keys:
        bridge.send(key, clock=lambda: world.AT + timedelta(minutes=1))
    whole(tea, ledger)


WORKER = """
import sys
from datetime import datetime, timedelta
import django
django.setup()
from tests.web.outbox import ledger
ledger.plug_in()
from entourage.web.outbox import bridge
from entourage.web.outbox.models import Outgoing
moment = datetime.fromisoformat(sys.argv[1])
for key in Outgoing.objects.everywhere().order_by("created_at", "pk").values_list("pk", flat=True):
    bridge.send(key, clock=lambda: moment)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_worker_killed_in_earnest_leaves_what_the_next_one_needs(served, database_url):
    ledger, address = served
    tea = furnished(address, conversations=5, answers=4)
    chance, moment, kills = random.Random(9), world.AT, 0  # noqa: S311 - the same deaths in each run
    arrived = threading.Semaphore(0)
    ledger.meanwhile = lambda: (arrived.release(), time.sleep(0.01))
    while Outgoing.objects.of(tea).exclude(state__in=DONE).exists():
        moment += timedelta(minutes=5)
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, moment.isoformat()], env={**os.environ, "PYTHONPATH": ":".join(sys.path)}
        )
        # Some posts later, and from before its receipt until the middle of the next row.
        for _ in range(chance.choice([1, 2, 3])):
            while not arrived.acquire(timeout=0.1) and worker.poll() is None:
                pass
        time.sleep(chance.uniform(0, 0.06))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        kills += 1
        assert kills < 50
    whole(tea, ledger)
    assert kills >= 5
