"""What a file is, by its first bytes: never by its name, which lies."""

from __future__ import annotations

import re

from entourage.networks.base import Broken

_SAVE_CSV = "Open it and save it as CSV UTF-8, then import that."
_MAGIC = (
    (b"%PDF", "a PDF", "Ask for the export as CSV: a PDF has no rows."),
    (b"\x89PNG", "a picture", "Ask for the export as CSV: a screenshot has no rows."),
    (b"\xff\xd8\xff", "a picture", "Ask for the export as CSV: a screenshot has no rows."),
    (b"GIF8", "a picture", "Ask for the export as CSV: a screenshot has no rows."),
    (b"PK\x03\x04", "a zip or an Excel file inside another", _SAVE_CSV),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", _SAVE_CSV),
    (b"SQLite format 3", "a database", "Export its table as CSV."),
    (b"PAR1", "a Parquet file", "Export it as CSV or as JSON lines."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it and import what comes out."),
    (b"Rar!", "a rar archive", "Unpack it and import what comes out."),
    (b"BZh", "a bzip2 archive", "Unpack it and import what comes out."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it and import what comes out."),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "Unpack it and import what comes out."),
    (b"\x1f\x8b", "a gzip inside another", "Unpack it once and import what comes out."),
    (b"{\\rtf", "a text document", _SAVE_CSV),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|script|\?xml|table|div|meta)\b", re.IGNORECASE)
_PAGE = "It is what a browser saves when the export needs you to sign in, or failed: sign in, export again as CSV."


def refuse(head: bytes, *, file: str) -> None:
    """Refuse what is no text at all, or a page of the web.

    Raises
    ------
    Broken: with what it is, and how to get the rows.
    """
    if not head.strip():
        raise Broken(f"{file} is empty. Export it again; if it is empty again, the export had nothing to give.")
    for magic, what, cure in _MAGIC:
        if head.startswith(magic):
            raise Broken(f"{file} is {what}, whatever its name says. {cure}")
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Broken(f"{file} is a web page (HTML or XML), whatever its name says. {_PAGE}")


def refuse_binary(text: bytes, *, file: str) -> None:
    """Refuse text that is none: more than one byte in twenty is a control character."""
    sample = text[:65_536]
    odd = sum(sample.count(bytes([byte])) for byte in (*range(9), *range(14, 32)))
    if odd > len(sample) / 20:
        raise Broken(f"{file} is not text. Ask for the export as CSV UTF-8 or as JSON lines.")


def is_json(text: bytes) -> bool:
    """Whether a text is JSON, by how it begins."""
    return text.lstrip()[:1] in {b"{", b"["}
