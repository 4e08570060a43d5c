"""Putting messages into conversations, and telling whose turn it is in each: only where something changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from entourage.web.core.locks import alone
from entourage.web.core.permissions import May, roles_that
from entourage.web.inbox.actions import facts
from entourage.web.inbox.actions import statements as sql
from entourage.web.inbox.models import Unthreaded
from entourage.web.listen.actions import intake_lock
from entourage.web.listen.queries import horizon_end
from entourage.web.listen.queries.speaking import ANSWERING, ASKING
from entourage.web.people.actions import greet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from entourage.web.core.models import Brand

#: Changes taken up in one transaction: intake and agents wait for it, so two or three seconds at most.
TURN = 10_000
#: After so many turns of one run the tables have grown several times over.
GROWN = frozenset({2, 8, 32, 128, 512})
#: Threads deeper than this are loops in bad data; as in the audit.
DEEPEST = 100


def thread(brand: Brand, *, now: datetime, anew: bool = False, most: int = TURN) -> int:
    """Put what changed into conversations and tell these anew; how many were told. Doing it twice changes nothing.

    Streamed, a turn a transaction: killed anywhere and run again, the rows are the same. A second run of the same brand
    waits for the first.

    Parameters
    ----------
    now : the moment of the run
    anew : look at every message again, as after the rules themselves have changed
    most : changes taken up in one transaction
    """
    told = 0
    with alone("inbox.thread", brand.pk):
        if anew:
            Unthreaded.objects.create(brand=brand)
        turns = 0
        while Unthreaded.objects.of(brand).exists():
            told += _turn(brand, now=now, most=most)
            turns += 1
            if turns in GROWN:
                _look_again()
    return told


def _look_again() -> None:
    """Have PostgreSQL see how large the tables are by now: plans made for empty ones would take hours."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE inbox_conversation, inbox_message, inbox_spoken")


@transaction.atomic
def _turn(brand: Brand, *, now: datetime, most: int) -> int:
    # Nobody imports or erases between our look at the messages and their lines.
    intake_lock(brand)
    asked: dict[str, Any] = {
        "brand": brand.pk, "now": now, "most": most, "asking": list(ASKING), "answering": list(ANSWERING),
        "deepest": DEEPEST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        forget_tables()
        cursor.execute(sql.TAKE, asked)
        cursor.execute(sql.TAKEN)
        _, everything, accounts, turned = cursor.fetchone()
        if everything:
            cursor.execute(sql.ALL, asked)
        if accounts:
            cursor.execute(sql.OF_ACCOUNTS)
        if turned:
            cursor.execute(sql.TO_ACCOUNTS, asked)
        for statement in sql.STEPS:
            cursor.execute(statement, asked)
        told = _tell(cursor, brand, now=now)
        cursor.execute(facts.UNMET)
        if new := [person for (person,) in cursor.fetchall()]:
            greet(brand=brand, people=new)
        return told


@transaction.atomic
def tell(brand: Brand, conversations: Sequence[int], *, now: datetime) -> int:
    """Tell the facts of these conversations anew, from their messages and what leaves; how many there are."""
    with connection.cursor() as cursor:
        forget_tables()
        cursor.execute(facts.MOVED)
        cursor.execute(facts.MOVE, {"ids": list(conversations)})
        return _tell(cursor, brand, now=now)


def age(brand: Brand, *, now: datetime, most: int = TURN) -> int:
    """Let what nobody answered in time lapse, and what was answered and found no reply settle; how many were told."""
    asked: dict[str, Any] = {**_moments(brand, now), "brand": brand.pk, "most": most}
    told = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(facts.AGED, asked)
            found = [pk for (pk,) in cursor.fetchall()]
        told += len(found)
        with transaction.atomic():
            # Two who write many conversations at once may wait for each other.
            intake_lock(brand)
            fewer = tell(brand, found, now=now) < max(len(found), 1)
        if fewer:
            # The words of some have just gone: the next threading removes them.
            return told


def forget_tables() -> None:
    """Drop the temporary tables of a turn before, where one transaction takes several turns."""
    names = (
        "taken", "touched", "asked", "said", "thread", "begun", "moved", "line", "fresh", "answer", "reply", "before",
        "sums", "theirs", "told",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pg_temp.inbox_moved') IS NOT NULL")
        if cursor.fetchone() == (True,):
            cursor.execute("DROP TABLE IF EXISTS " + ", ".join(f"pg_temp.inbox_{name}" for name in names))


def _tell(cursor: Any, brand: Brand, *, now: datetime) -> int:
    asked: dict[str, Any] = {
        **_moments(brand, now), "brand": brand.pk, "now": now, "never": list(facts.NEVER),
        "afterwards": list(facts.AFTERWARDS), "settles": facts.SETTLES,
        "able": roles_that(May.ANSWER),
    }  # fmt: skip
    cursor.execute(facts.UNTHREADED)
    for statement in facts.STEPS:
        cursor.execute(statement, asked)
    cursor.execute(facts.ASSIGNED, asked)
    if cursor.fetchone() == (True,):
        cursor.execute(facts.ASSIGN, asked)
    cursor.execute("SELECT count(*) FROM inbox_told")
    return int(cursor.fetchone()[0])


def _moments(brand: Brand, now: datetime) -> dict[str, datetime]:
    horizon = horizon_end(brand, now=now)
    return {"lapsed": horizon - facts.LAPSES, "settled": horizon - facts.SETTLES}
