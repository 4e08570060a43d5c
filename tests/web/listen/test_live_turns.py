"""Reading a connection: pages and cursor move together, troubles are noted with their cure, nothing runs hot."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from django.db import transaction
from tests.web import world
from tests.web.listen import paper

from entourage.networks.activity import Change
from entourage.networks.base import Broken
from entourage.networks.live import Page, Reconnect, Retry
from entourage.web.listen import actions, bridge
from entourage.web.listen.bridge.doors import take_news
from entourage.web.listen.models import Account, Activity, Connection

pytestmark = pytest.mark.django_db

AT = paper.START + timedelta(days=1)
TOKEN = "a-token-that-nobody-sees"


@pytest.fixture
def there(monkeypatch):
    return paper.put_up(monkeypatch)


@pytest.fixture
def tea(there):
    return connected(world.brand("tea"))


def connected(brand, **settings):
    return actions.connect(
        brand=brand,
        network="paper",
        name="Tea House",
        settings={"world": "w", **settings},
        secrets={"token": TOKEN},
        by=None,
        at=AT,
    )


def again(connection):
    connection.refresh_from_db(from_queryset=Connection.objects.everywhere())
    return connection


def read(connection, *, now=AT):
    taken = bridge.read_connection(connection.pk, now=now)
    again(connection)
    return taken


def ids(brand):
    return sorted(Activity.objects.of(brand).values_list("network_id", flat=True))


def jobs():
    from procrastinate.contrib.django.models import ProcrastinateJob

    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "queue_name", "args"))


def test_all_pages_are_read_once_and_the_account_is_ours(tea, there):
    for number in range(10):
        there.happens(f"m{number}", "ann", hours=number)
    assert read(tea).accepted == 10
    assert (tea.cursor, tea.taken, tea.state) == ("10", 10, "live")
    assert tea.caught_up_at == tea.read_at == tea.heard_at == AT
    assert Account.objects.of(tea.brand).get(pk=tea.account_id).role == "own"
    assert set(Activity.objects.of(tea.brand).values_list("toward", flat=True)) == {tea.account_id}
    assert tea.limits["answer_within_s"] == 86_400
    assert tea.next_at > AT + timedelta(seconds=50)
    assert read(tea).rows == 0


def test_what_came_in_is_threaded_and_read_by_the_live_queue_once(tea, there):
    there.happens("m1", "ann")
    there.happens("m2", "bob")
    read(tea)
    told = [job for job in jobs() if job[0] in {"inbox.thread", "reading.read"}]
    assert told == [
        ("inbox.thread", "live", {"brand_id": tea.brand_id}),
        (
            "reading.read",
            "live",
            {
                "brand_id": tea.brand_id,
                "since": "2026-03-16T00:00:00+00:00",
                "until": "2026-03-17T00:00:00+00:00",
            },
        ),
    ]


def test_our_own_acts_are_told_to_the_outbox(tea, there):
    asked = there.happens("m1", "ann", hours=20)
    there.happens("a1", "tea", hours=21, re=asked.id)
    read(tea)
    assert ("outbox.told_back", "live", {"connection_id": tea.pk, "ids": ["a1"]}) in jobs()


def test_an_edit_and_a_deletion_are_mirrored(tea, there):
    first, second = there.happens("m1", "ann", "sour"), there.happens("m2", "bob", "fine")
    read(tea)
    there.happens("m1", "ann", "sweet", edited_at=paper.START + timedelta(hours=1))
    there.goes(second)
    read(tea, now=AT + timedelta(minutes=1))
    rows = dict(Activity.objects.of(tea.brand).values_list("network_id", "text"))
    assert rows == {first.id: "sweet", second.id: ""}


def test_a_page_and_its_cursor_are_kept_together_or_not_at_all(tea, there, monkeypatch):
    for number in range(6):
        there.happens(f"m{number}", "ann")
    kept = Connection.save

    def falls(self, *args, **fields):
        if self.cursor == "6":
            raise RuntimeError("the power went")
        kept(self, *args, **fields)

    monkeypatch.setattr(Connection, "save", falls)
    read(tea)
    assert (tea.cursor, ids(tea.brand)) == ("3", ["m0", "m1", "m2"])
    monkeypatch.undo()
    paper.WORLDS["w"] = there
    paper.put_up(monkeypatch)
    paper.WORLDS["w"] = there
    read(tea)
    assert (tea.cursor, len(ids(tea.brand))) == ("6", 6)


def test_a_network_that_asks_to_wait_is_left_alone_for_that_long_and_longer_each_time(tea, there):
    waits = []
    for _ in range(6):
        there.troubles.extend([Retry("Paper asks for a pause.", after=timedelta(seconds=30))])
        read(tea)
        waits.append(tea.next_at - AT - timedelta(seconds=30))
    assert (tea.state, tea.error, tea.tries) == ("waiting", "Paper asks for a pause.", 6)
    assert waits[0] >= timedelta(seconds=2.5)
    assert waits[-1] > 4 * waits[0]
    there.happens("m1", "ann")
    read(tea)
    assert (tea.state, tea.error, tea.tries) == ("live", "", 0)


def test_keys_that_are_no_longer_good_wait_for_a_person(tea, there):
    read(tea)
    there.troubles.append(Reconnect("The token was taken back. Make a new one at Paper and connect anew."))
    read(tea)
    assert (tea.state, tea.next_at) == ("reconnect", None)
    before = there.reads
    read(tea)
    assert there.reads == before
    renewed = connected(tea.brand)
    assert (renewed.pk, renewed.state, renewed.error) == (tea.pk, "live", "")
    there.happens("m1", "ann")
    assert read(tea).accepted == 1


def test_what_a_network_says_never_shows_a_key(tea, there):
    there.troubles.append(Broken(f"Paper did not take the token {TOKEN}. Check it."))
    read(tea)
    assert (tea.state, tea.error) == ("broken", "Paper did not take the token …. Check it.")


def test_a_mistake_of_ours_is_named_by_its_kind_only_and_tried_again(tea, there, caplog):
    there.troubles.append(ValueError(f"odd {TOKEN}"))
    read(tea)
    assert (tea.state, tea.next_at > AT) == ("broken", True)
    assert tea.error.startswith("Entourage itself failed at this connection (ValueError).")
    assert TOKEN not in caplog.text


def test_a_changed_secret_key_says_how_to_go_on(tea, settings):
    settings.SECRET_KEY = "another key, as after a lost backup, long enough"
    read(tea)
    assert tea.state == "reconnect"
    assert tea.error.endswith("Connect anew, or put the old secret.key (or ENTOURAGE_SECRET_KEY) back from a backup.")


def test_keys_stored_before_a_rotation_are_still_read(tea, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, after a rotation that was planned"
    assert actions.secrets_of(tea) == {"token": TOKEN}


def test_a_cursor_that_leads_in_a_circle_does_not_run_hot(tea, there):
    act = there.happens("m1", "ann")
    circle = [Page(found=(act,), cursor=name, more=True) for name in "abab" * 20]
    there.lies.extend(circle)
    read(tea)
    assert there.reads <= 4
    assert tea.next_at > AT + timedelta(seconds=50)


def test_pages_without_end_and_without_news_wait_for_the_usual_pause(tea, there):
    there.lies.extend(Page(found=(), cursor=f"c{number}", more=True) for number in range(1000))
    read(tea)
    assert there.reads <= 30
    assert tea.next_at > AT + timedelta(seconds=50)


def test_an_empty_cursor_does_not_begin_everything_again(tea, there):
    there.happens("m1", "ann")
    read(tea)
    there.lies.append(Page(found=(), cursor=""))
    read(tea)
    assert tea.cursor == "1"


def test_paused_it_is_not_read_and_resumed_it_catches_up(tea, there):
    actions.pause(connection=tea, by=None, at=AT)
    there.happens("m1", "ann")
    assert read(tea).rows == 0
    actions.resume(connection=tea, by=None, at=AT)
    assert read(tea).accepted == 1


def test_a_page_that_another_turn_took_in_is_not_counted_again(tea, there):
    there.happens("m1", "ann")
    stale = Connection.objects.everywhere().get(pk=tea.pk)
    read(tea)
    from entourage.web.listen.bridge.turns import _take_page

    assert _take_page(stale, Page(found=tuple(there.told), cursor="1"), now=AT) is None
    assert again(tea).taken == 1


def test_disconnected_its_keys_are_gone_and_what_it_brought_stays(tea, there):
    there.happens("m1", "ann")
    read(tea)
    actions.disconnect(connection=tea, by=None, at=AT)
    assert not Connection.objects.everywhere().exists()
    assert ids(tea.brand) == ["m1"]
    assert bridge.read_connection(tea.pk, now=AT).rows == 0


def test_somebody_who_was_erased_does_not_come_back(tea, there):
    from entourage.web.people import actions as people
    from entourage.web.people.models import Person

    there.happens("m1", "ann")
    there.happens("m2", "bob")
    read(tea)
    known = Account.objects.of(tea.brand).get(network_id="ann")
    ann = Person.objects.create(pk=known.person_id, brand=tea.brand, name="Ann", sort_name="ann")
    people.erase(person=ann, by=None, at=AT)
    there.happens("m3", "ann")
    there.happens("m4", "bob")
    read(tea)
    assert ids(tea.brand) == ["m2", "m4"]
    assert not Account.objects.of(tea.brand).filter(network_id="ann").exists()


def test_anew_with_another_account_it_starts_from_the_beginning(tea, there):
    there.happens("m1", "ann")
    read(tea)
    there.own = paper.Account(id="ink", handle="ink")
    connected(tea.brand)
    with transaction.atomic():
        bridge.check_connection(tea.pk, now=AT)
    assert again(tea).cursor == ""


def test_a_stream_brings_news_at_once_and_the_deletions_of_strangers_leave_no_trace(tea, there):
    read(tea)
    first, second = there.happens("m1", "ann"), there.happens("m2", "bob")
    gone = msgspec.structs.replace(second, change=Change.DELETE, text="")
    stranger = msgspec.structs.replace(gone, id="who-knows")
    taken = take_news(tea.pk, [first, second, stranger, gone], now=AT + timedelta(hours=1))
    assert (taken.accepted, ids(tea.brand)) == (3, ["m1", "m2"])
    assert (again(tea).heard_at, tea.cursor) == (AT + timedelta(hours=1), "0")
    assert Activity.objects.of(tea.brand).get(network_id="m2").deleted_at
    assert read(tea).accepted == 0


def test_what_nobody_named_is_called_like_its_account_so_that_a_second_one_finds_room(there):
    brand = world.brand("tea")
    told = {"brand": brand, "network": "paper", "settings": {"world": "w"}, "by": None, "at": AT}
    first = actions.connect(**told, name="w", secrets={"token": TOKEN})
    bridge.check_connection(first.pk, now=AT)
    assert again(first).name == "tea"
    there.own = paper.Account(id="ink", handle="ink")
    second = actions.connect(**told, name="w", secrets={"token": "another"})
    bridge.check_connection(second.pk, now=AT)
    assert {again(first).name, again(second).name} == {"tea", "ink"}
    assert actions.secrets_of(first) == {"token": TOKEN}
