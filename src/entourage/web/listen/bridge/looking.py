"""Looking at an uploaded file before it is taken in: what it is, how its columns would be read, its first acts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from entourage.networks.base import NetworkError
from entourage.networks.files.reading import Batch
from entourage.web.listen.bridge.reading import header_key, opened
from entourage.web.listen.models import Import, ImportState

if TYPE_CHECKING:
    from entourage.networks.activity import Activity
    from entourage.networks.files import Source

SHOWN = 5  # acts shown as they would be read
CUT = 140  # characters of a text shown
COLUMNS = 60  # columns that a person can go through; of a wider file only these can be changed by hand


def look(import_id: int, *, now: datetime | None = None) -> Import:
    """Note in the import's options what its file is; a file that cannot be used ends the import with the reason."""
    begun: Import = Import.objects.everywhere().select_related("brand").get(pk=import_id)
    if begun.state != ImportState.WAITING or begun.options.get("confirmed"):
        return begun
    try:
        source = opened(begun, now=now or datetime.now(UTC))
        begun.options = {**begun.options, "look": _seen(source)}
        begun.format = source.label
    except (NetworkError, OSError) as error:
        begun.state, begun.error, begun.finished_at = ImportState.FAILED, str(error), datetime.now(UTC)
    begun.save(update_fields=["options", "format", "state", "error", "finished_at"])
    return begun


def _seen(source: Source) -> dict[str, Any]:
    first = Batch() if source.missing else source.preview(SHOWN)
    return {
        "format": source.format,
        "header": header_key(source),
        "mapping": msgspec.to_builtins(source.mapping) if source.mapping else None,
        "columns": [msgspec.to_builtins(column) for column in source.guesses[:COLUMNS]],
        "missing": list(source.missing),
        "warnings": [str(note) for note in source.warnings[:SHOWN]],
        "acts": [_shown(activity) for activity in first.activities],
        "rejects": [str(reject) for reject in first.rejects],
    }


def _shown(activity: Activity) -> dict[str, str]:
    actor = activity.actor
    return {
        "who": actor.name or actor.handle or actor.id,
        "act": activity.act.value,
        "at": activity.at.isoformat(),
        "toward": ", ".join(to.name or to.handle or to.id for to in activity.to),
        "text": activity.text[:CUT],
    }
