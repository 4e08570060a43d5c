"""The pages of the outbox: every row with its state and its reason, and a press for each decision."""

from __future__ import annotations

import csv
import io
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web import world
from tests.web.outbox.doors import connection, question

from entourage.web.core.models import AuditEvent
from entourage.web.core.sheets import pieces
from entourage.web.outbox import actions, queries
from entourage.web.outbox.models import Outgoing, Pressure, Sending

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    """A brand that Ann asked something, with a connection of her network."""
    brand = world.brand("tea")
    brand.page, brand.ann, brand.asked = question(brand, at=timezone.now() - timedelta(hours=1))
    brand.door = connection(brand, brand.page)
    return brand


def answer(tea, text="It leaves today.", **fields):
    given = {"deed": "reply", "purpose": "answer", "to": tea.asked, "by": None, "at": timezone.now()}
    return actions.queue(brand=tea, text=text, **{**given, **fields})


def shown(client, path, role="owner", brand=None):
    who = brand.members.filter(role=role).first() or world.member(brand, role)
    return world.signed_in(client, who).get(path).content.decode()


def pressed(client, row, press, role="owner", **fields):
    who = row.brand.members.filter(role=role).first() or world.member(row.brand, role)
    answered = world.signed_in(client, who).post(f"/b/{row.brand.slug}/outbox/{row.pk}/{press}/", fields)
    row.refresh_from_db(from_queryset=Outgoing.objects.of(row.brand))
    return answered


def test_an_empty_outbox_says_what_will_stand_there(client, tea):
    assert "Nothing waits and nothing is on its way" in shown(client, "/b/tea/outbox/", brand=tea)


def test_each_row_tells_whom_what_where_it_is_and_why(client, tea):
    answer(tea, hold="A first week's answers are read by somebody else.")
    page = shown(client, "/b/tea/outbox/", brand=tea)
    for told in ("waits for approval", "Ann", "Bluesky", "They wrote: Where is my tea?", "It leaves today."):
        assert told in page
    assert "A first week&#x27;s answers are read by somebody else." in page


def test_a_queued_row_says_that_its_connection_is_paused(client, tea):
    tea.door.state = "paused"
    tea.door.save()
    answer(tea)
    assert "The connection teapage is paused: answers wait." in shown(client, "/b/tea/outbox/", brand=tea)


def test_the_chips_count_and_lead_to_each_state(client, tea):
    rows = [answer(tea, f"To be {label}") for label in Sending.values]
    for row, state in zip(rows, Sending.values, strict=True):
        Outgoing.objects.of(tea).filter(pk=row.pk).update(state=state)
    assert queries.counts(tea)[""].number == 5
    first = shown(client, "/b/tea/outbox/", brand=tea)
    assert [state for state in Sending.values if f"To be {state}" in first] == [
        "held", "queued", "sending", "failed", "by_hand",
    ]  # fmt: skip
    for state in Sending.values:
        page = shown(client, f"/b/tea/outbox/?state={state}", brand=tea)
        assert [other for other in Sending.values if f"To be {other}<" in page] == [state]


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("manager", True), ("agent", False), ("analyst", False)])
def test_who_may_approve_has_the_button_and_the_press(client, tea, role, may):
    row = answer(tea, hold="Read me")
    assert ("/approve/" in shown(client, "/b/tea/outbox/", role, tea)) is may
    assert pressed(client, row, "approve", role).status_code == (302 if may else 403)
    assert row.state == (Sending.QUEUED if may else Sending.HELD)


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("manager", True), ("agent", True), ("analyst", False)])
def test_who_answers_may_withdraw(client, tea, role, may):
    row = answer(tea, undo_s=60)
    assert ("/withdraw/" in shown(client, "/b/tea/outbox/", role, tea)) is may
    assert pressed(client, row, "withdraw", role).status_code == (302 if may else 403)
    assert row.state == (Sending.WITHDRAWN if may else Sending.QUEUED)


def test_by_hand_it_is_copied_and_said(client, tea):
    tea.door.delete()
    row = answer(tea, 'Say "it leaves" today')
    page = shown(client, "/b/tea/outbox/", "agent", tea)
    assert 'data-copy="Say &quot;it leaves&quot; today"' in page
    assert "Nothing is connected that can send on Bluesky" in page
    pressed(client, row, "sent", "agent")
    assert row.state == Sending.SENT
    assert AuditEvent.objects.of(tea).filter(what="outgoing.sent-by-hand", by__role="agent").exists()


def test_tried_again_once_connected_it_is_queued(client, tea):
    tea.door.delete()
    row = answer(tea)
    pressed(client, row, "again")
    assert row.state == Sending.BY_HAND
    connection(tea, tea.page)
    pressed(client, row, "again")
    assert row.state == Sending.QUEUED


def test_what_the_rules_forbid_says_so_where_it_was_pressed(client, tea):
    Pressure.objects.create(brand=tea, most=0, holdout=0)
    row = Outgoing.objects.create(
        brand=tea, network="bluesky", purpose="thanks", to=tea.asked.pk, account=tea.asked.account_id,
        person_id=tea.ann.pk, text="Thank you", state="held", created_at=timezone.now(), due_at=timezone.now(),
    )  # fmt: skip
    answered = pressed(client, row, "approve", back="/b/tea/outbox/?state=held")
    assert answered["Location"] == "/b/tea/outbox/?state=held"
    page = client.get(answered["Location"]).content.decode()
    assert page.count("This brand contacts nobody first.") == 2  # as a message, and as the row's reason
    assert row.state == Sending.HELD


def test_a_press_never_leads_to_another_site(client, tea):
    row = answer(tea, undo_s=60)
    assert pressed(client, row, "withdraw", back="https://elsewhere.example/")["Location"] == "/b/tea/outbox/"


def test_another_brand_s_row_is_not_there(client, tea):
    ink = world.brand("ink")
    row = answer(tea, undo_s=60)
    assert world.signed_in(client, world.member(ink)).post(f"/b/ink/outbox/{row.pk}/withdraw/").status_code == 404
    assert "It leaves today." not in shown(client, "/b/ink/outbox/?state=all", brand=ink)


def test_what_goes_by_hand_is_taken_out_as_a_file_that_no_spreadsheet_runs(client, tea):
    tea.door.delete()
    answer(tea, "=1+1")
    who = world.signed_in(client, world.member(tea, "analyst"))
    lines = b"".join(who.get("/b/tea/outbox/by-hand.csv").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(lines))
    assert (row["text"], row["to"], row["their_message"]) == ("'=1+1", "ann", "Where is my tea?")
    assert AuditEvent.objects.of(tea).filter(what="outgoing.taken-out").count() == 1


def test_the_pages_follow_one_another_without_a_gap(client, tea):
    moment = timezone.now()
    rows = [answer(tea, f"Answer {n:03}.", at=moment - timedelta(minutes=n // 3)) for n in range(120)]
    seen, after = [], ""
    while True:
        page = queries.listing(tea, after=after)
        seen += [line.row.pk for line in page.lines]
        after = page.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == len(rows)


@pytest.mark.parametrize("path", ["outbox/", "outbox/people/{ann}/", "outbox/pressure/"])
def test_many_rows_cost_as_many_queries_as_one(client, tea, path, django_assert_max_num_queries):
    Pressure.objects.create(brand=tea, most=50, apart_days=0, holdout=0, while_waiting=["thanks"])
    address = f"/b/tea/{path.format(ann=tea.ann.pk)}"
    world.signed_in(client, world.member(tea))
    for n in range(30):
        answer(tea, f"Answer {n}")
        answer(tea, f"Thanks {n}", purpose="thanks")
    for n in range(20):
        bob = world.person(tea, f"Bob {n}", network="bluesky")
        answer(tea, purpose="thanks", to=world.act(bob, at=timezone.now(), toward=tea.page, text="Lovely"))
    # Four for the frame, and at most eleven for what the page shows.
    with django_assert_max_num_queries(15):
        assert client.get(address).status_code == 200


def test_a_person_s_page_says_whether_there_is_room(client, tea):
    Pressure.objects.create(brand=tea, holdout=0)
    page = shown(client, f"/b/tea/outbox/people/{tea.ann.pk}/", "agent", tea)
    assert "They have waited for an answer since" in page
    world.act(tea.page, "reply", timezone.now(), toward=tea.asked.account, reply_to=tea.asked)
    page = shown(client, f"/b/tea/outbox/people/{tea.ann.pk}/", "agent", tea)
    assert "Yes: there is room for one more contact." in page


def test_the_rules_are_changed_in_their_units(client, tea):
    who = world.signed_in(client, world.member(tea, "manager"))
    given = {"most": 3, "days": 14, "apart_days": 2, "holdout": "7.5", "while_waiting": ["follow_up"]}
    assert who.post("/b/tea/outbox/pressure/", given).status_code == 302
    kept = queries.pressure_of(tea)
    assert (kept.most, kept.days, kept.apart_days, kept.holdout) == (3, 14, 2, 0.075)
    assert kept.while_waiting == ["follow_up"]
    page = who.get("/b/tea/outbox/pressure/").content.decode()
    assert 'value="7.5"' in page


@pytest.mark.parametrize("wrong", [{"most": -1}, {"days": 0}, {"holdout": 60}, {"while_waiting": ["answer"]}])
def test_rules_that_make_no_sense_are_told(client, tea, wrong):
    who = world.signed_in(client, world.member(tea, "manager"))
    given = {"most": 3, "days": 14, "apart_days": 2, "holdout": "7.5", **wrong}
    answered = who.post("/b/tea/outbox/pressure/", given)
    assert answered.status_code == 422
    assert "errorlist" in answered.content.decode()
    assert not Pressure.objects.of(tea).exists()


def test_a_file_of_many_rows_has_each_once_in_order_though_read_piece_by_piece(tea, monkeypatch):
    monkeypatch.setattr(sys.modules["entourage.web.outbox.queries.listing"], "PIECE", 2)
    told = {"brand": tea, "network": "x", "state": Sending.BY_HAND, "due_at": world.AT}
    for number in range(5):
        # Two of them at the same moment.
        Outgoing.objects.create(text=f"{number}", created_at=world.AT + timedelta(minutes=number // 2), **told)
    rows = list(csv.DictReader(io.StringIO("".join(pieces(queries.hand_rows(tea))).removeprefix("\ufeff"))))
    assert sorted(row["text"] for row in rows) == ["0", "1", "2", "3", "4"]
    moments = [row["written_at"] for row in rows]
    assert moments == sorted(moments)
