"""The pages of connections: what they say, who may do what, and that no key is ever shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web import world
from tools import offers

from entourage.networks import registry
from entourage.web.core.models import AuditEvent
from entourage.web.listen import actions, queries
from entourage.web.listen.models import Connection

pytestmark = pytest.mark.django_db

TOKEN = "a-token-that-nobody-sees"


@pytest.fixture
def tea():
    return world.brand("tea")


@pytest.fixture
def owner(client, tea):
    return world.signed_in(client, world.member(tea))


def made(brand, **fields):
    connection = actions.connect(
        brand=brand,
        network="mastodon",
        name="mastodon.example",
        settings={"server": "mastodon.example"},
        secrets={"token": TOKEN},
        by=None,
        at=timezone.now(),
    )
    Connection.objects.of(brand).filter(pk=connection.pk).update(**fields)
    connection.refresh_from_db(from_queryset=Connection.objects.of(brand))
    return connection


def checked(brand, **fields):
    now = timezone.now()
    known = {"checked_at": now, "caught_up_at": now, "read_at": now, "heard_at": now, "next_at": now}
    return made(brand, **{**known, "can": ["read", "reply", "history"], **fields})


def shown(client, name="", *, brand="tea"):
    answer = client.get(f"/b/{brand}/connections/{name}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def pressed(client, connection, what):
    return client.post(f"/b/tea/connections/{connection.pk}/do/", {"do": what})


def test_what_pages_offer_is_what_the_networks_declare():
    assert offers.OFFERS.read_text(encoding="utf-8") == offers.written(), "run: python -m tools.offers"
    assert list(queries.OFFERS) == sorted(set(registry.keys()) - {"hostile"})


def test_a_brand_without_connections_is_told_what_to_do(owner):
    page = shown(owner)
    assert "Nothing is connected yet" in page
    assert "/b/tea/connections/new/?network=bluesky" in page


def test_connecting_keeps_the_key_unseen_and_has_it_checked_by_a_job(owner, tea):
    from procrastinate.contrib.django.models import ProcrastinateJob

    answer = owner.post(
        "/b/tea/connections/new/?network=mastodon", {"setting-server": "mastodon.example", "setting-token": TOKEN}
    )
    connection = Connection.objects.of(tea).get()
    assert answer.url == f"/b/tea/connections/{connection.pk}/"
    assert (connection.name, connection.settings) == ("mastodon.example", {"server": "mastodon.example"})
    assert TOKEN.encode() not in bytes(connection.secrets)
    assert actions.secrets_of(connection) == {"token": TOKEN}
    job = ProcrastinateJob.objects.get(task_name="listen.check")
    assert (job.queue_name, job.args) == ("live", {"connection_id": connection.pk})
    page = shown(owner, f"{connection.pk}/")
    assert "The keys are being checked." in page
    assert 'hx-trigger="every 1s"' in page
    for path in ("", f"{connection.pk}/", f"{connection.pk}/anew/"):
        assert TOKEN not in shown(owner, path)
    assert TOKEN not in str(list(AuditEvent.objects.of(tea).values()))


def test_the_page_stops_asking_once_the_keys_are_checked(owner, tea):
    connection = made(tea)
    ask = {"HTTP_HX_REQUEST": "true"}
    path = f"/b/tea/connections/{connection.pk}/"
    assert "HX-Refresh" not in owner.get(path, **ask)
    Connection.objects.of(tea).update(checked_at=timezone.now())
    assert owner.get(path, **ask)["HX-Refresh"] == "true"


def test_a_form_says_what_is_missing(owner):
    answer = owner.post("/b/tea/connections/new/?network=mastodon", {"setting-server": ""})
    assert answer.status_code == 200
    assert answer.content.decode().count("This field is required.") == 2


def test_anew_an_empty_key_stays_as_it_was(owner, tea):
    connection = made(tea, state="reconnect", error="The token was taken back.")
    path = f"/b/tea/connections/{connection.pk}/anew/"
    owner.post(path, {"setting-server": "mastodon.example", "setting-token": ""})
    connection.refresh_from_db(from_queryset=Connection.objects.of(tea))
    assert (connection.settings, connection.state) == ({"server": "mastodon.example"}, "live")
    assert actions.secrets_of(connection) == {"token": TOKEN}


def test_a_key_that_is_kept_never_goes_to_another_server(owner, tea):
    connection = made(tea)
    path = f"/b/tea/connections/{connection.pk}/anew/"
    answer = owner.post(path, {"setting-server": "thief.example", "setting-token": ""})
    assert "Write it again" in answer.content.decode()
    connection.refresh_from_db(from_queryset=Connection.objects.of(tea))
    assert connection.settings == {"server": "mastodon.example"}
    owner.post(path, {"setting-server": "other.example", "setting-token": "another-token"})
    connection.refresh_from_db(from_queryset=Connection.objects.of(tea))
    assert (connection.settings, actions.secrets_of(connection)) == (
        {"server": "other.example"}, {"token": "another-token"},
    )  # fmt: skip


def test_what_says_nothing_of_where_keys_go_may_change_without_them(owner, tea):
    kept = {"address": "care@tea.example", "imap_host": "imap.tea.example"}
    usual = {"folder": "INBOX", "imap_security": "tls", "smtp_security": "tls", "copy": "no"}
    connection = actions.connect(
        brand=tea, network="email", name="care@tea.example", settings=kept, secrets={"password": TOKEN},
        by=None, at=timezone.now(),
    )  # fmt: skip
    path = f"/b/tea/connections/{connection.pk}/anew/"
    told = {f"setting-{key}": value for key, value in {**kept, **usual, "name": "Tea"}.items()}
    owner.post(path, {**told, "setting-password": ""})
    connection.refresh_from_db(from_queryset=Connection.objects.of(tea))
    assert (connection.settings["name"], actions.secrets_of(connection)) == ("Tea", {"password": TOKEN})
    owner.post(path, {**told, "setting-imap_host": "imap.thief.example", "setting-password": ""})
    connection.refresh_from_db(from_queryset=Connection.objects.of(tea))
    assert connection.settings["imap_host"] == "imap.tea.example"


def test_the_list_says_how_each_one_is_and_how_much_is_present(owner, tea):
    checked(tea, held_here=412, held_there=412)
    page = shown(owner)
    assert "412 of 412 present" in page
    assert ">well</span>" in page


def test_what_needs_a_person_says_so_with_its_cure_and_on_the_rail(owner, tea):
    connection = checked(tea, state="reconnect", error="The token was taken back at Mastodon.")
    actions.raise_alarms(now=timezone.now())
    page = shown(owner, f"{connection.pk}/")
    assert "The token was taken back at Mastodon." in page
    assert "Connect anew below" in page
    assert '<span class="alarm">needs you</span>' in page


@pytest.mark.parametrize(
    ("fields", "level", "begins"),
    [
        ({}, "good", "It is read and all is well."),
        ({"state": "paused"}, "wait", "Paused"),
        ({"state": "waiting", "error": "Slow down."}, "wait", "Slow down."),
        ({"state": "waiting", "error": "Slow down.", "read_at": -2}, "bad", "Slow down."),
        ({"state": "broken", "error": "No such server."}, "bad", "No such server."),
        ({"next_at": -1}, "bad", "Nobody reads it."),
        ({"ends_at": 48}, "bad", "Its keys end soon."),
        ({"doubted": 30}, "bad", "30 messages are here"),
        ({"usual_gap": timedelta(hours=1), "heard_at": -4}, "bad", "Nothing has come in for unusually long."),
        ({"usual_gap": timedelta(hours=2), "heard_at": -4}, "good", "It is read"),
        ({"can": ["listen"], "checked_at": -1}, "wait", "Its stream is silent"),
        ({"caught_up_at": None}, "wait", "What was there before is being read."),
        ({"held_here": 3, "held_there": 4}, "wait", "Some of what the network holds"),
    ],
)
def test_each_trouble_has_its_sentence(tea, fields, level, begins):
    now = timezone.now()
    moments = {key: now + timedelta(hours=hours) if isinstance(hours, int) and key.endswith("_at") else hours
               for key, hours in fields.items()}  # fmt: skip
    found = queries.health(checked(tea, **moments), now=now)
    assert (found.level, found.sentence.startswith(begins)) == (level, True), found


def test_pause_resume_read_and_compare_are_buttons(owner, tea):
    from procrastinate.contrib.django.models import ProcrastinateJob

    connection = checked(tea)
    pressed(owner, connection, "pause")
    assert "Resume" in shown(owner, f"{connection.pk}/")
    pressed(owner, connection, "resume")
    pressed(owner, connection, "read")
    pressed(owner, connection, "compare")
    pressed(owner, connection, "nonsense")
    assert ProcrastinateJob.objects.filter(task_name="listen.reconcile").count() == 1
    told = list(AuditEvent.objects.of(tea).order_by("pk").values_list("what", flat=True))
    assert told == ["connection.made", "connection.paused", "connection.resumed", "connection.compared"]


def test_disconnected_the_row_and_its_keys_are_gone(owner, tea):
    connection = checked(tea)
    answer = pressed(owner, connection, "disconnect")
    assert answer.url == "/b/tea/connections/"
    assert not Connection.objects.of(tea).exists()
    assert "is disconnected and its keys are forgotten" in shown(owner)


@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_who_may_only_see_finds_no_buttons_and_cannot_press(client, tea, role):
    world.signed_in(client, world.member(tea, role))
    connection = checked(tea)
    assert "?network=" not in shown(client)
    assert "/do/" not in shown(client, f"{connection.pk}/")
    assert client.get("/b/tea/connections/new/?network=mastodon").status_code == 403
    assert pressed(client, connection, "disconnect").status_code == 403
    assert Connection.objects.of(tea).exists()


def test_the_list_takes_the_same_queries_for_one_and_for_twenty(owner, tea, django_assert_max_num_queries):
    for number in range(20):
        Connection.objects.create(brand=tea, network="email", name=f"box {number}")
    with django_assert_max_num_queries(8):
        owner.get("/b/tea/connections/")


def test_what_is_exported_holds_no_connection():
    from entourage.web.people.queries.takeout import TABLES

    assert not any("connection" in table for table in TABLES.values())


def test_a_brand_that_goes_takes_its_keys_along(tea):
    made(tea)
    tea.delete()
    assert not Connection.objects.everywhere().exists()
