"""Threading in SQL and threading in Python tell the same, in whatever order messages come, change and go."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reference import threads as twin
from tests.web import world

from entourage.web.inbox import actions
from entourage.web.inbox.models import Conversation
from entourage.web.listen.models import Activity
from entourage.web.reading.models import Reading

pytestmark = pytest.mark.django_db
PEOPLE = ("ann", "bob", "cyd")
OWN = ("ours", "shop")
HORIZON = world.AT + timedelta(seconds=1)


@st.composite
def lines(draw):
    """Some acts, each under an earlier or a later one or none, in a told thread or none; loops cannot happen here."""
    made = []
    for place in range(draw(st.integers(1, 9))):
        who = draw(st.sampled_from((*PEOPLE, *OWN, "rival")))
        below = draw(st.none() | st.integers(0, 8).filter(lambda n, place=place: n > place))
        made.append(
            twin.Said(
                key=place,
                who=who,
                act=draw(st.sampled_from(("comment", "reply", "message", "like", "help", "post"))),
                at=world.AT - timedelta(hours=draw(st.integers(0, 5) | st.integers(100, 1000))),
                toward=draw(st.sampled_from((None, *PEOPLE, *OWN, *OWN))),
                reply_to=below,
                context=draw(st.none() | st.none() | st.integers(0, 2)),
                intent=draw(st.sampled_from(("", "", "care_question", "thanks", "spam", "praise"))),
                sign=draw(st.sampled_from((None, -1, 0, 1))),
                deleted=draw(st.integers(0, 9)) == 0,
            )
        )
    return made


def _key(number):
    return None if number is None else UUID(int=number + 1)


def _store(brand, accounts, said):
    row = Activity.objects.create(
        id=_key(said.key), brand=brand, account=accounts[said.who], network="x", network_id=str(said.key), act=said.act,
        at=said.at, toward=accounts.get(said.toward), reply_to=_key(said.reply_to),
        context=None if said.context is None else UUID(int=1000 + said.context), text=f"{said.key}",
        deleted_at=said.at if said.deleted else None,
    )  # fmt: skip
    if (said.intent or said.sign) and said.who in PEOPLE:
        world.reading(row, said.sign, said.intent)


def _told(brand):
    rows = Conversation.objects.of(brand).select_related("account")
    return {
        (row.thread, row.account.handle): (
            (row.messages, row.asked_at, row.answered_at, row.last_out_at), row.state,
        )
        for row in rows
    }  # fmt: skip


def _wanted(acts):
    found = twin.threads(acts, own=set(OWN), public=set(PEOPLE))
    return {(told.thread, told.who): (told.facts, told.state(HORIZON)) for told in found.values()}


def _named(acts):
    """Acts whose keys and threads are those of the database, and whose readings are of people only."""
    return [
        twin.Said(
            key=_key(one.key), who=one.who, act=one.act, at=one.at, toward=one.toward, reply_to=_key(one.reply_to),
            context=None if one.context is None else UUID(int=1000 + one.context),
            intent=one.intent if one.who in PEOPLE else "", sign=one.sign, deleted=one.deleted,
        )
        for one in acts
    ]  # fmt: skip


@given(acts=lines(), data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_and_turns_they_come_the_conversations_are_those_of_the_twin(acts, data):
    with transaction.atomic():
        brand = world.brand("tea")
        accounts = {name: world.account(brand, name) for name in PEOPLE}
        accounts |= {name: world.account(brand, name, role="own") for name in OWN}
        accounts["rival"] = world.account(brand, "rival", role="competitor")
        world.act(accounts["rival"], "like", world.AT)
        for one in data.draw(st.permutations(acts)):
            _store(brand, accounts, one)
            if data.draw(st.booleans()):
                actions.thread(brand, now=HORIZON, most=data.draw(st.integers(1, 5)))
        actions.thread(brand, now=HORIZON)
        assert _told(brand) == _wanted(_named(acts))
        _change(data, acts, accounts)
        actions.thread(brand, now=HORIZON)
        after = _named(data_acts(acts, brand, accounts))
        assert _told(brand) == _wanted(after)
        transaction.set_rollback(True)


def _change(data, acts, accounts):
    """Something is edited, taken back, or turned to somebody else."""
    brand = accounts["ann"].brand
    for one in acts:
        row = Activity.objects.of(brand).filter(pk=_key(one.key))
        match data.draw(st.integers(0, 6)):
            case 0:
                row.update(deleted_at=one.at, text="")
            case 1:
                row.update(text="otherwise")
            case 2:
                row.update(toward=accounts["ours"])
            case 3:
                row.update(reply_to=None, context=None)


def data_acts(acts, brand, accounts):
    """The acts as they stand in the database now."""
    rows = {row.pk: row for row in Activity.objects.of(brand).exclude(act="like", network_id__startswith="act-")}
    readings = set(Reading.objects.of(brand).values_list("pk", flat=True))
    names = {account.pk: name for name, account in accounts.items()}
    told = []
    for one in acts:
        row = rows[_key(one.key)]
        read = row.pk in readings
        told.append(
            twin.Said(
                key=one.key, who=one.who, act=row.act, at=row.at, toward=names.get(row.toward_id),
                reply_to=None if row.reply_to is None else one.reply_to, context=one.context if row.context else None,
                intent=one.intent if read else "", sign=one.sign if read else None, deleted=row.deleted_at is not None,
            )
        )  # fmt: skip
    return told
