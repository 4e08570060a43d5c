"""What the queries of Serve say that they cost, they cost at most, with a burst of two dozen people on a full desk."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web import world
from tests.web.inbox.desk import TALKS
from tests.web.inbox.talk import HOUR, NOW

from entourage.web.crisis import queries as crises
from entourage.web.crisis.models import Group
from entourage.web.inbox import actions
from entourage.web.inbox import queries as inbox
from entourage.web.outbox import queries as outbox
from entourage.web.people.models import Person
from entourage.web.today import actions as today_actions
from entourage.web.today import queries as today
from entourage.web.today.queries.approving import to_approve
from entourage.web.today.queries.candidates import introduced, reach_of, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(talk, crisis, olga):
    """Beside the crisis: answers on their way and held, a promise, a note."""
    talk.say(TALKS)
    talk.thread()
    for name in ("Ann", "Dee"):
        it = talk.of(name)
        told = {"conversation": it, "by": olga, "at": NOW}
        today_actions.promise(what="a kettle", due_at=NOW + HOUR, **told)
        actions.note(text="look", **told)
        actions.answer(text=f"Dear {name}", seen=inbox.seen_of(it), hold="a rule", **told)
    return talk


def test_each_query_costs_what_it_says(busy, crisis, olga):
    brand, owner = busy.brand, world.member(busy.brand)
    people = list(Person.objects.of(brand).values_list("pk", flat=True))
    group = Group.objects.of(brand).filter(crisis=crisis, rest=False).select_related("crisis__brand").first()
    one, reach, ann = crises.crisis_or_404(brand, crisis.pk), reach_of(olga), busy.of("Ann")
    keys = [it.pk for it in busy.all]
    told = {
        "waiting": (3, lambda: waiting(brand, reach, now=NOW)),
        "introduced": (3, lambda: introduced(brand, keys)),
        "pledges": (3, lambda: today.pledges(brand)),
        "to approve": (5, lambda: to_approve(brand, owner)),
        "ladder": (5, lambda: today.ladder(brand, now=NOW)),
        "thankworthy": (9, lambda: today.thankworthy(brand, now=NOW)),
        "today": (33, lambda: today.today(brand, owner, minutes=300, now=NOW)),
        "outbox": (5, lambda: outbox.listing(brand)),
        "counts": (1, lambda: outbox.counts(brand)),
        "pressure": (4, lambda: outbox.pressure_on(brand, people, at=NOW)),
        "pressed": (7, lambda: outbox.pressed(brand, at=NOW)),
        "behind": (6, lambda: crises.behind(one)),
        "pressing": (5, lambda: crises.pressing(group, most=100)),
        "load": (2, lambda: crises.load(one)),
        "figures": (2, lambda: crises.figures(one, at=NOW)),
        "same words": (1, lambda: crises.same_words(one)),
        "thread": (6, lambda: inbox.thread_of(ann)),
        "listed": (9, lambda: inbox.listed(brand, olga, inbox.Filters(q="kettle"))),
        "inbox counts": (1, lambda: inbox.counts(brand, olga)),
    }
    found = {}
    for name, (most, ask) in told.items():
        with CaptureQueriesContext(connection) as asked:
            ask()
        found[name] = (len(asked), most)
    assert {name: numbers for name, numbers in found.items() if numbers[0] > numbers[1]} == {}
