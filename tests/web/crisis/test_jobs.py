"""Who looks at the same time opens one crisis; each hour the brands are looked at whose hours pass."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web import world
from tests.web.crisis.burst import burst, quiet
from tests.web.inbox.talk import NOW, Talk

from entourage.web.crisis import bridge, jobs
from entourage.web.crisis.models import Aftermath, Crisis
from entourage.web.listen.models import Connection


@pytest.mark.django_db(transaction=True)
def test_two_who_look_at_once_open_one_crisis():
    talk = Talk(world.brand("tea"))
    quiet(talk)
    burst(talk)

    def look(_: int) -> int | None:
        try:
            crisis = bridge.look(talk.brand, now=NOW)
            return crisis and crisis.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(look, range(8)))
    assert found == {Crisis.objects.of(talk.brand).get().pk}


@pytest.mark.django_db
def test_brands_that_are_heard_live_or_have_news_are_looked_at_each_hour(django_capture_on_commit_callbacks):
    old, live, fresh = (Talk(world.brand(slug)) for slug in ("old", "live", "fresh"))
    Connection.objects.create(brand=live.brand, network="mastodon", name="a")
    world.act(fresh.page, "like", timezone.now() - timedelta(hours=30))
    jobs.watch(timestamp=0)
    told = ProcrastinateJob.objects.filter(task_name="crisis.look").values_list("args__brand_id", flat=True)
    assert set(told) == {live.brand.pk, fresh.brand.pk}
    assert old.brand.pk not in told


@pytest.mark.django_db
def test_a_look_has_the_messages_gathered_and_the_outcome_told(talk):
    burst(talk)
    talk.thread()
    for _ in range(2):
        jobs.look(talk.brand.pk)
        crisis = Crisis.objects.of(talk.brand).get()
        jobs.gather(talk.brand.pk, crisis.pk)
    crisis.refresh_from_db()
    assert crisis.gathered == crisis.messages >= 24
    assert Aftermath.objects.of(talk.brand).get().day == Aftermath.OPEN
    assert ProcrastinateJob.objects.filter(task_name="crisis.gather").count() == 1


@pytest.mark.django_db
def test_a_crisis_that_is_gone_is_not_gathered(talk):
    jobs.gather(talk.brand.pk, 1)
    assert not Crisis.objects.of(talk.brand).exists()
