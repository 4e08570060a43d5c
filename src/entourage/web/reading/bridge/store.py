"""Readings into the table: a batch at a time, with members' corrections over what the reader said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import connection, transaction

from entourage.web.listen.actions import intake_lock
from entourage.web.reading.actions import TOLD, labels_lock, overlay
from entourage.web.reading.keys import md5_of, text_key
from entourage.web.reading.models import MILLE, Teaching
from entourage.web.reading.queries import labels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.engine.text.reading import Reading
    from entourage.web.core.models import Brand
    from entourage.web.reading.bridge.waiting import Message

NULL = "\\N"  # as COPY writes what is not there
COLUMNS = ("brand_id", "reader", "text_key", "id", "account_id", "at", *TOLD, "reasons", "told", "corrected")
_CHANGED = [name for name in COLUMNS if name not in {"id", "brand_id", "account_id", "at"}]
_NAMES = ", ".join(COLUMNS)

_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS reading_staged (LIKE reading_reading, words uuid) ON COMMIT DELETE ROWS
"""
# Whoever was erased, and whatever was edited or taken back while it was being read, is not stored.
_KEEP = f"""
INSERT INTO reading_reading ({_NAMES})
SELECT {", ".join(f"staged.{name}" for name in COLUMNS)}
FROM reading_staged staged
JOIN listen_activity told ON told.id = staged.id AND told.deleted_at IS NULL AND md5(told.text)::uuid = staged.words
JOIN listen_account account ON account.id = told.account_id AND account.role = 'public'
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _CHANGED)}
"""


@transaction.atomic
def keep(brand: Brand, messages: Sequence[Message], readings: Sequence[Reading], *, reader: str) -> int:
    """Store what was read in these messages, in one transaction; how many of them still say what was read."""
    keys = [text_key(message.text) for message in messages]
    # Nobody imports, erases or corrects between our look at the rows and their storing.
    intake_lock(brand)
    labels_lock(brand.pk)
    labels = labels_of(brand, list(set(keys)))
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        cursor.execute("DELETE FROM reading_staged")
        with cursor.cursor.copy(f"COPY reading_staged ({_NAMES}, words) FROM STDIN") as rows:
            begin = f"{brand.pk}\t{reader}"
            lines = (
                f"{begin}\t{key}\t{_line(message, reading, labels.get(key, {}))}\n"
                for message, reading, key in zip(messages, readings, keys, strict=True)
            )
            rows.write("".join(lines))
        cursor.execute(_KEEP)
        return int(cursor.rowcount)


def _line(message: Message, reading: Reading, labels: dict[str, str]) -> str:
    """A row as COPY takes it: nothing in it is of the message itself, so nothing needs escaping."""
    read = told(reading)
    shown = overlay(read, labels) if labels else read
    reasons = [[one.about, one.start, one.end, round(one.weight, 3)] for one in reading.reasons]
    row = [
        message.id, message.account_id, message.at.isoformat(), *(shown[name] for name in TOLD), _json(reasons),
        _json(read) if labels else None, bool(labels), md5_of(message.text),
    ]  # fmt: skip
    return "\t".join([NULL if value is None else str(value) for value in row])


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def told(reading: Reading) -> dict[str, Any]:
    """A reading as it is stored: probabilities per mille."""
    return {
        "language": reading.language,
        "negative": round(reading.negative * MILLE),
        "neutral": round(reading.neutral * MILLE),
        "positive": round(reading.positive * MILLE),
        "sign": reading.sign,
        "vehemence": round(reading.vehemence * MILLE),
        "intent": reading.intent,
        "department": reading.department,
        "lesson": reading.lesson,
    }


def show(brand: Brand, done: int, total: int | None) -> None:
    """Move the figures that the page shows while messages are read; no total once they are."""
    moved = {"done": done, "total": total, "moved_at": datetime.now(UTC)}
    ours = Teaching.objects.of(brand).filter(pk=brand.pk)
    if not ours.update(**moved):
        # A teaching that begins at the same moment may have made the row first.
        Teaching.objects.of(brand).get_or_create(brand=brand)
        ours.update(**moved)
