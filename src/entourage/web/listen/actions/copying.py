r"""A row in the text format of PostgreSQL's COPY: one line, tabs between, ``\N`` for what is not known.

Written by hand because a million rows go through here: an f-string and five replacements are the fastest way there is
from a record to the database without holding the whole batch as arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING = "\\N"


def escaped(text: str) -> str:
    """Text as COPY reads it back; without NUL, which PostgreSQL cannot keep."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r").replace("\0", "")


def words(items: Iterable[str]) -> str:
    """An array of texts, as COPY reads it back; nothing where there is none."""
    quoted = ",".join('"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items)
    return escaped("{" + quoted + "}") if quoted else NOTHING


def encoded(lines: Iterable[str]) -> bytes:
    """The lines as UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes a question mark."""
    return "".join(lines).encode("utf-8", "replace")
