"""Two workers at once, and one that dies in the middle: nobody has more than they can take, nothing is done twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from tests.web import world
from tests.web.service.served import AT, HOUR, agent, asks, threaded

from entourage.web.inbox.models import Conversation, Step
from entourage.web.service import actions
from entourage.web.service.bridge import set_clocks
from entourage.web.service.models import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from entourage.web.core.models import Brand

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


class Killed(BaseException):
    """The worker was stopped in the middle of a statement."""


@pytest.fixture
def tea() -> Brand:
    """A dozen people wait; two members take three each."""
    brand = world.brand("tea")
    for name in ("gus", "hal"):
        actions.save_seat(member=agent(brand, name), departments=["care", "sales"], capacity=3, by=None, at=AT)
    actions.save_rule(rule=Rule(brand=brand, name="late", words=["asks"], department="sales"), by=None, at=AT)
    actions.save_target(brand=brand, first=30, by=None, at=AT)
    for place in range(12):
        asks(brand, f"Ann{place}", at=AT + timedelta(seconds=place), intent="complaint")
    threaded(brand)
    return brand


def served(brand: Brand) -> None:
    actions.route(brand, now=AT + HOUR)
    set_clocks(brand, now=AT + HOUR)
    actions.escalate(brand, now=AT + HOUR)
    actions.assign(brand, now=AT + HOUR)


def done(brand: Brand) -> tuple[dict[str, int], list[int]]:
    """How often each thing was done, and how many each member has."""
    steps = list(Step.objects.of(brand).values_list("what", "conversation"))
    rows = Conversation.objects.of(brand)
    loads = [rows.filter(assignee=one).count() for one in brand.members.order_by("pk")]
    assert len(steps) == len(set(steps))
    return {what: sum(one == what for one, _ in steps) for what in ("routed", "escalated", "assigned")}, loads


ONCE = ({"routed": 12, "escalated": 12, "assigned": 6}, [3, 3])


def test_several_workers_at_once_do_everything_once(tea):
    failed: list[BaseException] = []

    def work() -> None:
        try:
            served(tea)
        except BaseException as error:  # noqa: BLE001 - told to the test
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failed == []
    assert done(tea) == ONCE


def test_a_worker_that_dies_at_any_statement_leaves_nothing_half_done(tea):
    """It is stopped at the first statement, at the second, and so on; the next one does what is left, once."""
    for statement in range(60):
        if not _dies(tea, statement):
            break
    assert statement > 20
    served(tea)
    assert done(tea) == ONCE


def _dies(brand: Brand, statement: int) -> bool:
    left = statement

    def stop(execute: Callable[..., object], *told: object) -> object:
        nonlocal left
        if not left:
            raise Killed
        left -= 1
        return execute(*told)

    try:
        with connection.execute_wrapper(stop):
            served(brand)
    except Killed:
        return True
    return False
