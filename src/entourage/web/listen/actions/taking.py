"""Taking activities in: once or ten times, late or out of order, the rows end the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from entourage.web.core.locks import hold
from entourage.web.listen.actions import statements as sql
from entourage.web.listen.actions.attaching import keep_files
from entourage.web.listen.actions.forgetting import BLANK, NOBODY, Traces
from entourage.web.listen.keys import activity_keys, fingerprint
from entourage.web.listen.models import Erased, Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entourage.networks.activity import Account, Activity
    from entourage.networks.base import Gone, Tie
    from entourage.web.core.models import Brand
    from entourage.web.listen.rows import Named, Prepared

DEEP = 20  # a thread deeper than this is adopted by the next run
DETOUR = 20  # batches that go by the stage once one held something known: its neighbours probably do too
LISTED = 20  # conflicts of a batch that are named; the others are counted


@dataclass(slots=True)
class Taken:
    """What became of a batch: ``rows`` = accepted + repeated + left_out."""

    rows: int = 0
    accepted: int = 0
    repeated: int = 0
    #: Rows of people who were erased: they stay out.
    left_out: int = 0
    #: Acts and accounts that this run meets for the first time (counted for an import only).
    acts: int = 0
    people: int = 0
    ties: int = 0
    #: Ids told twice with different content, neither newer: the first one stays. How many, and some of them.
    conflicting: int = 0
    conflicts: list[str] = field(default_factory=list)
    #: Some accounts changed sides: what is turned to several must be told anew.
    turned: bool = False


def intake_lock(brand: Brand | int) -> None:
    """Be the only one who writes this brand's accounts and activities until the transaction ends."""
    hold("listen.intake", brand if isinstance(brand, int) else brand.pk)


@transaction.atomic
def take_in(
    *,
    brand: Brand,
    activities: Sequence[Activity],
    accounts: Iterable[tuple[str, Account]] = (),
    ties: Iterable[Tie] = (),
    gone: Iterable[Gone] = (),
    named: Named | None = None,
) -> Taken:
    """Take these activities in; repeated ones change nothing, edits and deletions are mirrored.

    The newest edition wins; a deletion takes the words away and stays, even if it came first; an erased person stays
    out. An act is turned to our account where one of those addressed is ours, else to a competitor's, else to the
    first one named, else to whoever wrote what it answers.
    """
    # Who takes nothing in, as every page, does not load the networks.
    from entourage.web.listen.rows import Preparing

    batch = Preparing(brand.pk, named).prepare(activities, accounts=accounts, ties=ties, gone=gone)
    taken = Intake(brand).take(batch)
    _keep_subjects(brand, activities)
    if taken.turned:
        settle(brand, turned=True)
    else:
        _settle_near(brand, activities)
    return taken


def _keep_subjects(brand: Brand, activities: Sequence[Activity]) -> None:
    """Keep the subjects of activities that have one; not of those that stay out, or whose words are gone."""
    key = activity_keys(brand.pk)
    told = {UUID(bytes=key(one.network, one.id)): one.subject.replace("\0", "") for one in activities if one.subject}
    if told:
        given: dict[str, Any] = {"brand": brand.pk, "keys": list(told), "subjects": list(told.values())}
        with connection.cursor() as cursor:
            cursor.execute(sql.SUBJECTS, given | {"nobody": NOBODY})


def _settle_near(brand: Brand, activities: Sequence[Activity]) -> None:
    """Tell to whom these and their answers are turned: as ``settle``, without looking at all that is here."""
    key = activity_keys(brand.pk)
    near = [UUID(bytes=key(told.network, told.id)) for told in activities]
    with connection.cursor() as cursor:
        for _ in range(DEEP):
            if not near:
                break
            cursor.execute(sql.ADOPT_NEAR, {"brand": brand.pk, "near": near})
            near = [id_ for (id_,) in cursor.fetchall()]


def settle(brand: Brand, *, turned: bool) -> None:
    """Tell anew to whom acts are turned, once what they answer has arrived or accounts have changed sides."""
    with transaction.atomic(), connection.cursor() as cursor:
        intake_lock(brand)
        for _ in range(DEEP):
            cursor.execute(sql.ADOPT, {"brand": brand.pk})
            if not cursor.rowcount:
                break
        if turned:
            cursor.execute(sql.TURN, {"brand": brand.pk})


class Intake:
    """One run of taking in: with ``source``, each account and each act of the run is counted once.

    ``again`` says that an earlier attempt of the same import may have left rows behind.
    """

    def __init__(self, brand: Brand, *, source: Import | None = None, again: bool = False) -> None:
        self._brand = brand
        self._facts: dict[str, Any] = {"brand": brand.pk, "source": source and source.pk, "again": again}
        self._counts = source is not None
        self._detour = 0
        # Of the erased who come in this run, id, handle, name and address: in memory only, and only while it runs.
        self._erased_told: dict[UUID, Any] = {}
        if self._counts:
            with connection.cursor() as cursor:
                cursor.execute(sql.COUNTING)

    def take(self, batch: Prepared) -> Taken:
        """Write one batch, in the caller's transaction."""
        taken = Taken(rows=batch.rows, conflicting=batch.conflicting, conflicts=list(batch.conflicts))
        with connection.cursor() as cursor:
            intake_lock(self._brand)
            cursor.execute(sql.TABLES)
            if self._counts:
                cursor.execute(sql.UNHURRIED)
            _copy(cursor, "intake_account", batch.accounts)
            if self._straight(cursor, batch):
                self._accounts(cursor, taken)
                taken.acts, repeated = batch.acts, batch.repeated
            else:
                repeated = batch.repeated + self._by_the_stage(cursor, batch, taken)
        if batch.attachments:
            keep_files(self._brand, batch.attachments)
        taken.repeated = repeated
        taken.accepted = taken.rows - repeated - taken.left_out
        return taken

    def _straight(self, cursor: Any, batch: Prepared) -> bool:
        """Copy the activities straight into their table where nothing must be looked at first, as in a first import.

        A single row that is there already takes all of them back; then, and for a while, they go by the stage.
        """
        if self._detour:
            self._detour -= 1
            return False
        if not self._counts or self._facts["again"] or batch.several or batch.tied or batch.withdrawn:
            return False
        cursor.execute(sql.PLAIN, self._facts)
        if cursor.fetchone() != (True,):
            return False
        try:
            with transaction.atomic():
                _copy(cursor, "listen_activity", batch.activities)
        except UniqueViolation:
            self._detour = DETOUR
            return False
        return True

    def _by_the_stage(self, cursor: Any, batch: Prepared, taken: Taken) -> int:
        """Compare the batch with what is there, and write what is new or newer; how many rows only repeated."""
        tables = {"activity": batch.activities, "rows": batch.told_in_rows, "tie": batch.ties, "gone": batch.gone}
        for table, blocks in tables.items():
            _copy(cursor, f"intake_{table}", blocks)
        taken.left_out = self._drop_erased(cursor)
        self._accounts(cursor, taken)
        return self._activities(cursor, taken) + self._ties(cursor, batch, taken) + self._gone(cursor, batch)

    def _drop_erased(self, cursor: Any) -> int:
        """Leave out the rows of erased people; how many there were."""
        fingerprints = Erased.objects.of(self._brand).values_list("fingerprint", flat=True)
        kept_out = {bytes(each) for each in fingerprints}
        if not kept_out:
            return 0
        cursor.execute(sql.ACCOUNTS_NAMED)
        erased = [key for (key,) in cursor.fetchall() if fingerprint(key) in kept_out]
        if not erased:
            return 0
        self._clean(cursor, erased)
        for statement in sql.DROP_ERASED:
            cursor.execute(statement, {"erased": erased, "nobody": UUID(NOBODY)})
        return _one(cursor, sql.DROP_ERASED_ACTS, {"erased": erased})

    def _clean(self, cursor: Any, erased: list[UUID]) -> None:
        """Take the names of the erased out of what others wrote to them; a run tells each name once, in any batch."""
        cursor.execute(sql.ERASED_TOLD, {"erased": erased})
        self._erased_told.update((key, tuple(told)) for key, *told in cursor.fetchall())
        traces = Traces.of(self._erased_told[key] for key in erased if key in self._erased_told)
        if traces.handles:
            cursor.execute(sql.CLEAN_ERASED, {"erased": erased, "named": traces.pattern, "blank": BLANK})

    def _accounts(self, cursor: Any, taken: Taken) -> None:
        if self._counts:
            cursor.execute(sql.COUNT_NAMED)
            taken.people = cursor.rowcount
        # In this order: who has just come needs no news.
        cursor.execute(sql.UPDATE_ACCOUNTS, self._facts)
        taken.turned = bool(cursor.fetchall())
        cursor.execute(sql.INSERT_ACCOUNTS, self._facts)

    def _activities(self, cursor: Any, taken: Taken) -> int:
        """Insert what is new, change what is newer; how many rows only repeated."""
        cursor.execute(sql.CHOOSE_TOWARD)
        cursor.execute(sql.BURY_GONE, self._facts)
        cursor.execute(sql.INSERT_ACTIVITIES, self._facts)
        known = cursor.rowcount
        self._count_acts(cursor, taken)
        if not known:
            return 0
        cursor.execute(sql.CHANGE_ACTIVITIES, self._facts)
        self._note_conflicts(cursor, taken)
        return _one(cursor, sql.REPEATED_ROWS)

    def _count_acts(self, cursor: Any, taken: Taken) -> None:
        if self._counts:
            cursor.execute(sql.COUNT_TOLD, self._facts)
            taken.acts = cursor.rowcount
        if not self._facts["again"]:
            taken.acts += _one(cursor, sql.COUNT_FRESH_ACTS)

    def _note_conflicts(self, cursor: Any, taken: Taken) -> None:
        cursor.execute(sql.CONFLICTS, {"limit": LISTED})
        found = cursor.fetchall()
        taken.conflicts += [network_id for network_id, _all in found]
        taken.conflicting += found[0][1] if found else 0

    def _ties(self, cursor: Any, batch: Prepared, taken: Taken) -> int:
        """Set the undated ties; how many told nothing new."""
        if not batch.tied:
            return 0
        taken.ties = _one(cursor, "SELECT count(*) FROM intake_tie")
        taken.left_out += batch.tied - taken.ties
        return taken.ties - _one(cursor, sql.TIES, self._facts)

    def _gone(self, cursor: Any, batch: Prepared) -> int:
        """Withdraw what the networks withdrew; how many told nothing new."""
        if not batch.withdrawn:
            return 0
        cursor.execute(sql.UNSEEN_GONE, self._facts)
        changed: int = cursor.rowcount
        cursor.execute(sql.GONE_ACCOUNTS)
        changed += cursor.rowcount
        cursor.execute(sql.GONE_ACTIVITIES, self._facts)
        return max(0, batch.withdrawn - changed)


def _copy(cursor: Any, table: str, blocks: list[bytes]) -> None:
    columns = f" ({sql.COLUMNS})" if table.endswith("activity") else ""
    if blocks:
        with cursor.copy(f"COPY {table}{columns} FROM STDIN (FORMAT binary)") as copy:
            for block in blocks:
                copy.write(block)


def _one(cursor: Any, statement: str, facts: dict[str, Any] | None = None) -> int:
    cursor.execute(statement, facts)
    (figure,) = cursor.fetchone()
    return int(figure)
