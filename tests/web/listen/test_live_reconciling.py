"""Reconciliation: what the network holds is here, what is gone there is gone here, and the page says how many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection as database
from tests.web import world
from tests.web.listen.test_live_turns import AT, again, connected, ids, jobs, read, there  # noqa: F401 - a fixture

from entourage.networks.live import Retry
from entourage.web.listen import actions, bridge, queries
from entourage.web.listen.models import Activity

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


@pytest.fixture
def tea(there):  # noqa: F811 - pytest's way
    found = connected(world.brand("tea"))
    for number in range(8):
        there.happens(f"m{number}", "ann", hours=number)
    read(found)
    return found


def compared(connection, **how):
    return bridge.reconcile(connection.pk, now=LATER, **how)


def words(brand):
    return dict(Activity.objects.of(brand).values_list("network_id", "text"))


def test_all_present_is_said_in_numbers(tea):
    done = compared(tea)
    assert (done.held_here, done.held_there, done.mended) == (8, 8, 0)
    assert done.reconciled_at == LATER
    assert queries.health(done, now=AT).level == "good"


def test_what_no_page_told_is_brought_in_threaded_and_read(tea, there):  # noqa: F811
    there.told.insert(2, there.happens("lost", "bob", hours=5))
    there.told.pop()
    before = len(jobs())
    done = compared(tea)
    assert (done.held_here, done.held_there, done.mended) == (9, 9, 1)
    assert "lost" in ids(tea.brand)
    assert len(jobs()) >= before


def test_what_was_deleted_unheard_is_withdrawn_here(tea, there):  # noqa: F811
    there.goes(there.told[3], quietly=True)
    done = compared(tea)
    assert (done.held_here, done.held_there, done.mended, done.doubted) == (7, 7, 1, 0)
    assert words(tea.brand)["m3"] == ""
    assert Activity.objects.of(tea.brand).get(network_id="m3").deleted_at == LATER


def test_what_was_only_filed_away_there_keeps_its_words(tea, there):  # noqa: F811
    there.filed.add("m3")
    assert compared(tea).mended == 0
    assert words(tea.brand)["m3"] == "ann says m3"


def test_rows_of_a_file_and_acts_of_the_last_minutes_are_left_alone(tea, there):  # noqa: F811
    Activity.objects.of(tea.brand).filter(network_id="m1").update(source_id=7)
    Activity.objects.of(tea.brand).filter(network_id="m2").update(at=LATER - timedelta(minutes=2))
    for act in there.told[1:3]:
        there.goes(act, quietly=True)
    assert compared(tea).mended == 0


def test_too_many_deletions_at_once_wait_for_a_person(tea, there):  # noqa: F811
    for number in range(30):
        there.happens(f"n{number}", "bob", hours=9)
    for minute in range(3):
        read(tea, now=AT + timedelta(minutes=minute))
    assert len(ids(tea.brand)) == 38
    for act in list(there.told):
        there.goes(act, quietly=True)
    done = compared(tea)
    assert (done.doubted, done.mended) == (38, 0)
    assert queries.health(done, now=AT).needs_person
    assert all(words(tea.brand).values())
    done = compared(tea, trust=True)
    assert (done.doubted, done.mended) == (0, 38)
    assert not any(words(tea.brand).values())


def test_a_telling_that_breaks_off_withdraws_nothing_and_says_so(tea, there):  # noqa: F811
    there.goes(there.told[0], quietly=True)
    there.troubles.extend([None, Retry("Paper is slow today.", after=timedelta(minutes=1))])
    with pytest.raises(Retry):
        compared(tea)
    assert again(tea).error == "Paper is slow today."
    assert (tea.state, tea.reconciled_at) == ("waiting", None)
    assert words(tea.brand)["m0"]


def test_erased_people_are_neither_here_nor_missing(tea):
    from entourage.web.listen.models import Account
    from entourage.web.people import actions as people
    from entourage.web.people.models import Person

    known = Account.objects.of(tea.brand).get(network_id="ann")
    ann = Person.objects.create(pk=known.person_id, brand=tea.brand, name="Ann", sort_name="ann")
    people.erase(person=ann, by=None, at=AT)
    done = compared(tea)
    assert (done.held_here, done.held_there) == (0, 0)
    assert ids(tea.brand) == []


def test_a_paused_connection_is_not_compared(tea):
    actions.pause(connection=tea, by=None, at=AT)
    with pytest.raises(bridge.CannotCompare, match="Resume Tea House first"):
        compared(tea)


def test_every_night_each_connection_is_compared_by_the_live_process(tea):
    from entourage.web.listen import jobs as tasks

    tasks.reconcile_all(timestamp=0)
    tasks.reconcile_all(timestamp=1)
    assert jobs().count(("listen.reconcile", "live", {"connection_id": tea.pk})) == 1


def test_no_table_holds_a_key_in_plain_words(tea, there):  # noqa: F811
    there.troubles.append(ValueError("a-token-that-nobody-sees"))
    read(tea)
    compared(tea)
    with database.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%nobody-sees%"])
            assert cursor.fetchone() == (0,), table
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{b'nobody-sees'.hex()}%"])
            assert cursor.fetchone() == (0,), table


def test_a_silence_longer_than_any_before_is_noticed(tea, there):  # noqa: F811
    for number in range(40):
        there.happens(f"n{number}", "bob", hours=9 + number / 4)
    for minute in range(4):
        read(tea, now=AT + timedelta(minutes=minute))
    read(tea, now=AT + timedelta(hours=2))
    assert timedelta(hours=1) <= tea.usual_gap <= timedelta(hours=2)
    assert queries.health(tea, now=tea.heard_at + timedelta(minutes=50)).level == "good"
    tea.next_at = tea.heard_at + timedelta(days=2)
    late = queries.health(tea, now=tea.heard_at + timedelta(days=1))
    assert (late.level, late.sentence) == ("bad", "Nothing has come in for unusually long.")


def test_who_needs_a_person_is_shown_on_the_rail_until_it_is_mended(tea, there):  # noqa: F811
    brand = tea.brand
    actions.raise_alarms(now=AT)
    brand.refresh_from_db()
    assert brand.alarms == []
    actions.raise_alarms(now=AT + timedelta(days=1))
    brand.refresh_from_db()
    assert brand.alarms == ["listen:connections"]
    actions.disconnect(connection=tea, by=None, at=AT)
    actions.raise_alarms(now=AT + timedelta(days=1))
    brand.refresh_from_db()
    assert brand.alarms == []
