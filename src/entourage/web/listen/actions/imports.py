"""Beginning an import, confirming how its file is read, and clearing up after it."""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer
from entourage.web.listen.models import Import, ImportState, SavedMapping

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from entourage.web.core.models import Brand, Member

NAME_KEPT = 200  # characters of a file's name; it is shown, never opened


def options(
    *,
    own: Iterable[str] = (),
    competitors: Iterable[str] = (),
    network: str = "",
    repair: bool = False,
    then_score: bool = False,
) -> dict[str, Any]:
    """What is asked of an import beside its file, as ``Import.options`` keeps it."""
    asked = {"own": list(own), "competitors": list(competitors), "network": network}
    return {**asked, "repair": repair, "then_score": then_score}


@transaction.atomic
def new_import(
    *,
    brand: Brand,
    path: Path,
    filename: str,
    options: dict[str, Any],
    by: Member | None,
    at: datetime,
    mapping: dict[str, Any] | None = None,
    dry_run: bool = False,
) -> Import:
    """Note that a file is to be taken in; nothing is read yet."""
    begun = Import.objects.create(
        brand=brand,
        by=by,
        filename=Path(filename).name[-NAME_KEPT:] or "file",
        path=str(path),
        mapping=mapping or {},
        options=options,
        dry_run=dry_run,
        bytes_total=path.stat().st_size if path.is_file() else 0,
    )
    record(brand=brand, by=by, at=at, what="import.started", subject=begun.pk, dry_run=dry_run)
    return begun


def kept_path(filename: str) -> Path:
    """A place among the uploads for a file of this name: in a folder of its own, under a name that cannot lead out."""
    folder = settings.UPLOADS / secrets.token_hex(16)
    folder.mkdir(mode=0o700, parents=True)
    return folder / (re.sub(r"[^\w.-]+", "_", Path(filename).name)[-NAME_KEPT:].lstrip(".") or "file")


def look_at(begun: Import) -> None:
    """Have the worker look at what the file is, once this transaction is through."""
    import_id = begun.pk
    transaction.on_commit(lambda: defer("listen.look_at_file", import_id=import_id))


@transaction.atomic
def remap(*, begun: Import, mapping: dict[str, Any], by: Member, at: datetime) -> None:
    """Read the waiting file with these columns instead, and show again what comes out."""
    locked = Import.objects.of(begun.brand_id).select_for_update().get(pk=begun.pk)
    if locked.state != ImportState.WAITING or locked.options.get("confirmed"):
        return
    locked.mapping = mapping
    locked.options.pop("look", None)
    locked.save(update_fields=["mapping", "options"])
    record(brand=locked.brand, by=by, at=at, what="import.remapped", subject=locked.pk)
    look_at(locked)


@transaction.atomic
def confirm(
    *,
    begun: Import,
    options: dict[str, Any],
    mapping: dict[str, Any],
    dry_run: bool,
    keep_mapping: bool,
    by: Member,
    at: datetime,
) -> None:
    """Take the file in as it is confirmed here: with this mapping, these accounts; twice does no more than once."""
    locked = Import.objects.of(begun.brand_id).select_for_update().get(pk=begun.pk)
    if locked.state != ImportState.WAITING:
        return
    look = locked.options.get("look", {})
    locked.options = {**options, "look": look, "confirmed": True}
    locked.mapping, locked.dry_run = mapping, dry_run
    locked.save(update_fields=["options", "mapping", "dry_run"])
    if keep_mapping and mapping:
        _keep(locked, mapping, header=look.get("header", ""))
    record(brand=locked.brand, by=by, at=at, what="import.confirmed", subject=locked.pk, dry_run=dry_run)
    transaction.on_commit(lambda: defer("listen.take_in_file", import_id=locked.pk))


def _keep(begun: Import, mapping: dict[str, Any], *, header: str) -> None:
    SavedMapping.objects.of(begun.brand_id).update_or_create(
        brand=begun.brand, header=header, defaults={"name": begun.filename[:80], "mapping": mapping}
    )


@transaction.atomic
def repeat(*, begun: Import, by: Member, at: datetime, dry_run: bool = False) -> Import:
    """The same file once more, after a dry run or a failure; the file must still be there."""
    locked = Import.objects.of(begun.brand_id).select_for_update().get(pk=begun.pk)
    again = new_import(
        brand=locked.brand,
        path=Path(locked.path),
        filename=locked.filename,
        options={**locked.options, "confirmed": True},
        mapping=locked.mapping,
        dry_run=dry_run,
        by=by,
        at=at,
    )
    # The file goes with the import that will use it, and is removed after that one.
    Import.objects.of(begun.brand_id).filter(pk=begun.pk).update(path="")
    transaction.on_commit(lambda: defer("listen.take_in_file", import_id=again.pk))
    return again


def put_away(begun: Import) -> None:
    """Remove the uploaded file; a file that the command line named stays where it is."""
    path = Path(begun.path)
    if begun.path and settings.UPLOADS in path.parents:
        shutil.rmtree(path.parent, ignore_errors=True)
        Import.objects.of(begun.brand_id).filter(pk=begun.pk).update(path="")


def tidy(*, at: datetime, rejects_kept: timedelta, uploads_kept: timedelta) -> int:
    """Remove lists of rejected rows and forgotten uploads that are older than that; how many files went."""
    for forgotten in Import.objects.everywhere().filter(state=ImportState.WAITING, created_at__lt=at - uploads_kept):
        _forget(forgotten, at=at)
    gone = _older(settings.REJECTS, than=at - rejects_kept) + _older(settings.UPLOADS, than=at - uploads_kept)
    for path in gone:
        path.unlink(missing_ok=True)
        Import.objects.everywhere().filter(rejects_path=str(path)).update(rejects_path="")
    return len(gone)


def _older(folder: Path, *, than: datetime) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return [path for path in files if path.stat().st_mtime < than.timestamp()]


def _forget(begun: Import, *, at: datetime) -> None:
    put_away(begun)
    begun.options.pop("look", None)
    begun.state, begun.finished_at = ImportState.FAILED, at
    begun.error = "Nobody said to take it in, so its file was removed. Drop it again."
    begun.save(update_fields=["options", "state", "finished_at", "error"])
