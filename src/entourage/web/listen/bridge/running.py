"""Running an import: the file is streamed, each batch is one transaction that also moves the import's own row.

Killed at any moment, what the row says is what was kept; the same file again gives the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import DatabaseError, connection, transaction

from entourage.networks.base import NetworkError
from entourage.web.core.locks import alone
from entourage.web.core.models import Brand
from entourage.web.listen import actions
from entourage.web.listen.actions import Intake, Taken
from entourage.web.listen.bridge.ahead import ahead
from entourage.web.listen.bridge.apart import apart
from entourage.web.listen.bridge.names import doubts
from entourage.web.listen.bridge.reading import opened, simulated
from entourage.web.listen.bridge.rejecting import RejectList
from entourage.web.listen.models import AccountRole, Import, ImportState
from entourage.web.listen.rows import Errand, Named, Prepared

if TYPE_CHECKING:
    from pathlib import Path

    from entourage.networks.files import Source
    from entourage.networks.files.reading import Batch
    from entourage.web.core.models import Member

BATCH = 25_000  # activities in a transaction: enough that the round trips do not count, little enough to hold
LONG = 8 << 20  # bytes of a file that is worth a process of its own, which takes a quarter of a second to begin
RUNS = "listen.run"  # one import of a brand at a time
SHOWN = 10  # ids told otherwise that are named
TOLD = 200  # warnings kept with the report; the others are counted

Progress = Callable[[int, int], None]
Says = Callable[[str], None]


def import_file(
    *,
    brand: Brand,
    path: Path,
    own: tuple[str, ...] = (),
    competitors: tuple[str, ...] = (),
    network: str = "",
    mapping: dict[str, Any] | None = None,
    repair: bool = False,
    dry_run: bool = False,
    by: Member | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
    says: Says | None = None,
) -> Import:
    """Take a file in at once, as the command line does: the import with its report, or with ``error``."""
    now = now or datetime.now(UTC)
    begun = actions.new_import(
        brand=brand,
        path=path.absolute(),
        filename=path.name,
        options=actions.options(own=own, competitors=competitors, network=network, repair=repair),
        mapping=mapping,
        dry_run=dry_run,
        by=by,
        at=now,
    )
    return run_import(begun.pk, now=now, progress=progress, says=says)


def run_import(
    import_id: int, *, now: datetime | None = None, progress: Progress | None = None, says: Says | None = None
) -> Import:
    """Take an import's file in. May run twice: a finished one is left as it is, an interrupted one starts again.

    Parameters
    ----------
    import_id : the import's row, which shows how far it is
    now : aware; dates after it are rejected
    progress : called with the bytes read and the bytes in all
    says : called with a sentence when it must wait

    Returns
    -------
    the import; where its file or the database fails, with ``state`` FAILED and ``error`` saying what was kept and
    what to do: nothing is raised for that.
    """
    begun: Import = Import.objects.everywhere().select_related("brand", "by").get(pk=import_id)
    waits = f"Another import of {begun.brand.name} is running; this one waits for it."
    with alone(RUNS, begun.brand_id, busy=lambda: (says or _silent)(waits)):
        begun.refresh_from_db(from_queryset=Import.objects.everywhere().select_related("brand", "by"))
        if begun.state != ImportState.DONE:
            _run(begun, now=now or datetime.now(UTC), progress=progress or _unseen)
    return begun


def _run(begun: Import, *, now: datetime, progress: Progress) -> None:
    again = begun.started_at is not None
    _close_interrupted(begun, now=now)
    _start(begun, now=now)
    try:
        source = opened(begun, now=now)
        begun.format, begun.bytes_total = source.label, source.bytes_total
        with RejectList(begun) as rejects:
            _whole(_Running(begun, source, rejects, again=again, progress=progress))
    except (NetworkError, OSError) as error:
        _fail(begun, str(error))
    except (DatabaseError, psycopg.Error) as error:  # COPY raises psycopg's own
        connection.close()  # it may be gone for good; the next statement opens another
        _fail(begun, f"The database must take the rows. It did not: {_first_line(error)}.")
    except Exception as error:
        _fail(begun, f"Entourage itself failed at this file ({type(error).__name__}). Please report it.")
        raise
    else:
        _finish(begun, source)


def _whole(running: _Running) -> None:
    """All batches; of a dry run only the report stays."""
    if not running.begun.dry_run:
        running.go()
        return
    with transaction.atomic():
        running.go()
        transaction.set_rollback(True)


class _Running:
    """One import on its way."""

    def __init__(self, begun: Import, source: Source, rejects: RejectList, *, again: bool, progress: Progress) -> None:
        self.begun, self._source, self._rejects, self._progress = begun, source, rejects, progress
        asked = begun.options
        self._named = Named.of(asked.get("own", ()), asked.get("competitors", ()))
        self._intake = Intake(begun.brand, source=begun, again=again)
        self._conflicts: list[str] = []  # the first of them
        self._conflicting = self._left_out = 0
        self._turned = self._simulated = False

    def go(self) -> None:
        """Take all batches in, then tell what only the whole file can tell."""
        self._mark_named()
        self._mark_simulated()
        for batch, rows in self._batches():
            self._take(batch, rows)
        actions.settle(self.begun.brand, turned=self._turned)
        self._warn()

    def _batches(self) -> Iterator[tuple[Batch, Prepared]]:
        """What the file holds, made ready while the database is at work: of a long one, by another process."""
        begun, source = self.begun, self._source
        errand = Errand(source.opening, BATCH, begun.brand_id, self._named, source_id=begun.pk)
        if source.bytes_total < LONG:
            yield from ahead(errand.batches(source))
            return
        for batch, rows in ahead(apart(errand)):
            source.warnings.extend(batch.notes)
            yield batch, rows

    def _take(self, batch: Batch, rows: Prepared) -> None:
        before = dict(vars(self.begun))
        try:
            with transaction.atomic():
                taken = self._intake.take(rows)
                self._count(batch, rows, taken)
                self.begun.save()
        except BaseException:
            vars(self.begun).update(before)  # the batch was taken back: what is told of it must be, too
            raise
        self._rejects.add(batch.rejects)
        self._progress(self.begun.bytes_read, self.begun.bytes_total)

    def _count(self, batch: Batch, rows: Prepared, taken: Taken) -> None:
        begun = self.begun
        begun.bytes_read = batch.bytes_read
        begun.rows += taken.rows + len(batch.rejects)
        begun.accepted += taken.accepted
        begun.repeated += taken.repeated
        begun.rejected += len(batch.rejects) + taken.left_out
        begun.acts += taken.acts
        begun.people += taken.people
        begun.ties += taken.ties
        begun.first_at = min(filter(None, (begun.first_at, rows.first_at)), default=None)
        begun.last_at = max(filter(None, (begun.last_at, rows.last_at)), default=None)
        self._left_out += taken.left_out
        self._conflicting += taken.conflicting
        self._conflicts += taken.conflicts[: SHOWN - len(self._conflicts)]
        self._turned |= taken.turned

    def _mark_simulated(self) -> None:
        """A brand with simulated people in it says so wherever it shows."""
        self._simulated = simulated(self._source)
        if self._simulated:
            Brand.objects.filter(pk=self.begun.brand_id).update(simulated=True)

    def _mark_named(self) -> None:
        """The accounts named as ours or as competitors' that are already here."""
        asked, by, at = self.begun.options, self.begun.by, self.begun.started_at or datetime.now(UTC)
        for names, role in (("own", AccountRole.OWN), ("competitors", AccountRole.COMPETITOR)):
            for name in asked.get(names, ()):
                actions.mark_by_name(brand=self.begun.brand, name=name, role=role, by=by, at=at)

    def _warn(self) -> None:
        asked = self.begun.options
        named = [*asked.get("own", ()), *asked.get("competitors", ())]
        told = [*map(str, self._source.warnings), *doubts(self.begun.brand, named)]
        if self._simulated:
            told.append("A program made this file: the brand is marked as simulated wherever it shows.")
        if self._conflicting:
            shown = ", ".join(self._conflicts)
            told.append(
                f"{self._conflicting:,} ids were told again with different content and no newer date of edition; the "
                f"first telling was kept: {shown}."
            )
        if self._left_out:
            told.append(f"{self._left_out} rows are of people who were erased: they were left out, and are not listed.")
        self.begun.warnings = told[:TOLD] + ([f"And {len(told) - TOLD} more."] if len(told) > TOLD else [])


def _close_interrupted(begun: Import, *, now: datetime) -> None:
    """We are alone: what still says that it runs was killed."""
    others = Import.objects.of(begun.brand).filter(state=ImportState.RUNNING).exclude(pk=begun.pk)
    for other in others:
        other.state, other.finished_at = ImportState.FAILED, now
        other.error = (
            f"It was interrupted; {other.accepted:,} of its rows were kept. Run it again: nothing is taken twice."
        )
        other.save(update_fields=["state", "finished_at", "error"])


def _start(begun: Import, *, now: datetime) -> None:
    begun.state, begun.started_at, begun.finished_at, begun.error = ImportState.RUNNING, now, None, ""
    begun.bytes_read = begun.rows = begun.accepted = begun.repeated = begun.rejected = 0
    begun.acts = begun.people = begun.ties = 0
    begun.first_at = begun.last_at = None
    begun.warnings, begun.rejects_path = [], ""
    begun.save()


def _finish(begun: Import, source: Source) -> None:
    begun.state, begun.finished_at = ImportState.DONE, datetime.now(UTC)
    begun.bytes_read = begun.bytes_total = source.bytes_total
    _keep_rejects(begun)
    begun.save()
    if not begun.dry_run:
        actions.put_away(begun)


def _fail(begun: Import, problem: str) -> None:
    """Say what went wrong and what was kept; where even that cannot be written, the row stays as it was."""
    kept = begun.accepted and not begun.dry_run
    rest = (
        f" {begun.accepted:,} of the rows read so far were kept; run it again: nothing is taken twice." if kept else ""
    )
    begun.state, begun.finished_at, begun.error = ImportState.FAILED, datetime.now(UTC), problem + rest
    _keep_rejects(begun)
    try:
        begun.save()
    except DatabaseError:
        connection.close()


def _keep_rejects(begun: Import) -> None:
    path = RejectList(begun).path
    begun.options.pop("look", None)  # rows of the file were shown for its mapping: no longer needed
    begun.rejects_path = str(path) if path.exists() else ""


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _silent(_sentence: str) -> None: ...


def _unseen(_done: int, _total: int) -> None: ...
