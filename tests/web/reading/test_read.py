"""Messages are read once, by whom they should be, and a run that is killed only leaves less to do."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.web import world

from entourage.engine.text import reading as engine
from entourage.web.core.models import SPOKEN
from entourage.web.listen import jobs as listen
from entourage.web.listen.models import Activity, Import
from entourage.web.people.models import Person
from entourage.web.reading import actions, bridge, jobs, models
from entourage.web.reading.bridge import store, waiting
from entourage.web.reading.keys import text_key
from entourage.web.reading.models import Reading, Teaching

pytestmark = pytest.mark.django_db

SAID = """
    act     account text
    comment Ann     I love this tea, it is wonderful
    comment Dee     This is a disgrace, I will never buy from you again
    reply   Bob     Where is my parcel?
    post    Cyd     Lovely day in the garden
    like    Ann     never shown
    comment Ann     -
    reply   ourpage We are sorry to hear that
    comment rival   Buy ours instead
"""


@pytest.fixture
def tea():
    return world.brand("tea")


def spoken(brand, table=SAID):
    """The acts of a table; ours and a rival's are accounts of no person."""
    accounts = {
        "ourpage": world.account(brand, "ourpage", role="own"),
        "rival": world.account(brand, "rival", role="competitor"),
    }
    head, *lines = (line.split(maxsplit=2) for line in table.strip().splitlines())
    for back, cells in enumerate(lines):
        row = dict(zip(head, cells, strict=True))
        who = accounts.get(row["account"]) or accounts.setdefault(row["account"], world.person(brand, row["account"]))
        world.act(who, row["act"], world.AT - timedelta(hours=back), text=row["text"].strip("-"))


def read(brand, **span):
    return bridge.read_new(brand, now=world.AT, **span)


def rows(brand):
    return list(Reading.objects.of(brand).order_by("pk").values())


def test_the_public_s_messages_are_read_and_nobody_else_s(tea):
    spoken(tea)
    assert read(tea) == 4
    told = Reading.objects.of(tea).order_by("-at").values_list("activity__account__name", "sign")
    assert [name for name, _ in told] == ["Ann", "Dee", "Bob", "Cyd"]
    assert dict(told)["Ann"] == 1
    assert dict(told)["Dee"] == -1


def test_a_reading_stored_is_what_the_reader_said(tea):
    spoken(tea)
    read(tea)
    kept = Reading.objects.of(tea).select_related("activity").get(activity__text__contains="disgrace")
    (said,) = engine.Reader().read([kept.activity.text])
    assert {name: getattr(kept, name) for name in actions.TOLD} == store.told(said)
    assert [tuple(reason[:3]) for reason in kept.reasons] == [(one.about, one.start, one.end) for one in said.reasons]
    assert kept.text_key == text_key(kept.activity.text)
    assert abs(kept.negative + kept.neutral + kept.positive - 1000) <= 2


def test_reading_twice_changes_nothing_and_what_is_new_is_read(tea):
    spoken(tea)
    read(tea)
    before = rows(tea)
    assert read(tea) == 0
    assert rows(tea) == before
    world.act(Person.objects.of(tea).get(name="Ann"), text="One more")
    assert read(tea) == 1


def test_an_edited_message_is_read_anew(tea):
    ann = world.person(tea, "Ann")
    said = world.act(ann, text="I love this tea")
    read(tea)
    Activity.objects.of(tea).filter(pk=said.pk).update(text="I hate this tea, it is awful")
    assert read(tea) == 1
    assert Reading.objects.of(tea).get().sign == -1


def test_only_a_span_is_read_where_one_is_given(tea):
    spoken(tea)
    hour = timedelta(hours=1)
    assert read(tea, since=world.AT - 2 * hour, until=world.AT - hour) == 2
    assert read(tea) == 2


def test_what_was_edited_or_deleted_while_it_was_read_is_not_stored(tea):
    ann = world.person(tea, "Ann")
    said = [world.act(ann, text=f"I love tea {n}") for n in range(3)]
    before = [waiting.Message(one.pk, one.account_id, one.at, one.text) for one in said]
    Activity.objects.of(tea).filter(pk=said[0].pk).update(text="I hate tea")
    Activity.objects.of(tea).filter(pk=said[1].pk).delete()
    reader = bridge.reader_of(tea)
    readings = reader.read([one.text for one in before])
    assert store.keep(tea, before, readings, reader=reader.id) == 1
    assert list(Reading.objects.of(tea).values_list("pk", flat=True)) == [said[2].pk]


def test_the_same_words_of_somebody_new_read_as_a_member_said(tea):
    dee, cyd = world.person(tea, "Dee"), world.person(tea, "Cyd")
    world.act(dee, text="Bravo, another parcel lost, thanks")
    read(tea)
    first = Reading.objects.of(tea).get()
    actions.correct(reading=first, about="sentiment", value="negative", by=None, at=world.AT)
    again = world.act(cyd, text="Bravo,  another parcel lost, thanks ")
    read(tea)
    told = Reading.objects.of(tea).get(pk=again.pk)
    assert (told.sign, told.negative, told.corrected) == (-1, 1000, True)
    assert told.told["positive"] + told.told["neutral"] + told.told["negative"] in {999, 1000, 1001}


def test_a_brand_s_languages_are_the_only_ones_read(tea):
    world.act(world.person(tea, "Ann"), text="Der Tee ist leider kalt angekommen und die Tasse war kaputt")
    tea.languages = ["fr", "en"]
    tea.save()
    read(tea)
    assert Reading.objects.of(tea).get().language in {"fr", "en", "und"}


def test_hostile_texts_are_read_too(tea):
    ann = world.person(tea, "Ann")
    texts = [
        "🔥🔥🔥",
        "a" * 100_000,
        "\u202eabc\u202d",
        "<script>alert(1)</script>",
        "x\ty\r\nz\\N\\.",
        "\x01\x7f",
        " ",
    ]
    for text in texts:
        world.act(ann, text=text)
    assert read(tea) == len(texts)


@pytest.mark.django_db(transaction=True)
def test_interrupted_anywhere_the_next_run_ends_in_the_same_rows(tea, monkeypatch):
    monkeypatch.setattr(waiting, "BATCH", 2)
    spoken(tea)
    read(tea)
    whole = rows(tea)
    for stop in range(1, 4):
        Reading.objects.of(tea).delete()

        def lost(done, _total, stop=stop):
            if done >= stop:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            bridge.read_new(tea, now=world.AT, progress=lost)
        left = Reading.objects.of(tea).count()
        assert 0 < left < len(whole) or stop > 2
        assert read(tea) == len(whole) - left
        assert rows(tea) == whole


KILLED = """
import os, signal, sys
import django
django.setup()
from datetime import datetime, timezone
from entourage.web.core.models import Brand
from entourage.web.reading import bridge
from entourage.web.reading.bridge import waiting
waiting.BATCH = 100
def killed(done, total):
    if done >= 300:
        os.kill(os.getpid(), signal.SIGKILL)
bridge.read_new(Brand.objects.get(), now=datetime.now(timezone.utc), progress=killed)
"""


@pytest.mark.django_db(transaction=True)
def test_killed_outright_what_was_stored_stays_and_the_rest_is_read(tea, database_url):
    ann = world.person(tea, "Ann")
    for n in range(500):
        world.act(ann, text=f"Message {n} about my parcel")
    process = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False)
    assert process.returncode == -signal.SIGKILL, process.stderr[-2000:]
    assert Reading.objects.of(tea).count() == 300
    assert Teaching.objects.of(tea).get().total == 500, "the page shows how far it came, until it no longer moves"
    assert read(tea) == 200
    assert Teaching.objects.of(tea).get().total is None


@pytest.mark.django_db(transaction=True)
def test_two_runs_of_a_brand_at_once_take_turns(tea, monkeypatch):
    monkeypatch.setattr(waiting, "BATCH", 50)
    ann = world.person(tea, "Ann")
    for n in range(400):
        world.act(ann, text=f"Message {n}")
    counts = []

    def run():
        try:
            counts.append(read(tea))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 400]
    assert Reading.objects.of(tea).count() == 400


@pytest.mark.django_db(transaction=True)
def test_a_first_reading_and_a_first_teaching_do_not_upset_each_other(tea):
    """Both make the brand's row; the one that comes second must not fail over it."""

    def shown():
        try:
            store.show(tea, 3, 10)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            Teaching.objects.create(brand=tea)
            second = pool.submit(shown)
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
            until = time.monotonic() + 60
            while not cursor.execute(waits).fetchone()[0] and time.monotonic() < until:
                time.sleep(0.02)
        second.result()
    assert (Teaching.objects.of(tea).get().done, Teaching.objects.of(tea).get().total) == (3, 10)


def test_an_import_has_its_span_read(tea, tmp_path, settings):
    upload = settings.UPLOADS / "0123" / "acts.csv"
    upload.parent.mkdir(parents=True)
    upload.write_text(
        "network,id,at,act,actor_id,actor_name,to_id,text\n"
        "x,1,2026-03-01T10:00:00Z,comment,ann,Ann,tea,I love this tea\n"
        "x,2,2026-03-03T10:00:00Z,comment,dee,Dee,tea,This is a disgrace\n"
    )
    run = Import.objects.create(brand=tea, filename="acts.csv", path=str(upload))
    listen.take_in_file(run.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'reading.read'")
        (asked,) = [told for told in (_args(args) for (args,) in cursor.fetchall()) if told["brand_id"] == tea.pk]
    assert (asked["since"], asked["until"]) == ("2026-03-01T10:00:00+00:00", "2026-03-03T10:00:00+00:00")
    jobs.read(**asked)
    assert Reading.objects.of(tea).count() == 2


def _args(args):
    return args if isinstance(args, dict) else json.loads(args)


def test_the_room_and_the_engine_use_the_same_words():
    assert set(models.Intent.values) == set(engine.INTENTS)
    assert {str(intent): str(told) for intent, told in models.DEPARTMENTS.items()} == engine.DEPARTMENT_OF
    assert set(models.Department.values) == set(engine.DEPARTMENT_OF.values())
    assert set(models.Lesson.values) == set(engine.LESSONS)
    assert all(engine.Reader(languages=[code]) for code in SPOKEN)
