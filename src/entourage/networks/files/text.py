"""Bytes into lines: which encoding, where lines end, and what to do with a line that never does.

Everything below the encoding is UTF-8: other encodings are turned into it on the way, so that JSON is decoded from
bytes and a table from whole chunks of text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from entourage.networks.base import RAW_SHOWN

if TYPE_CHECKING:
    from entourage.networks.files.members import Stream

MOST_LINE = 16 << 20  # the longest page of 500 posts seen is under 2 MiB; 50 MiB of one line is not a row

# UTF-8 read as Latin-1 or as Windows-1252: Ã© for é, â€™ for an apostrophe, ðŸ for the start of an emoji.
_GARBLED = re.compile("[ÃÂ][\x80-\xbf]|Ã[ƒ‚€š¢]|â(?:\x80|€)[\x80-\xbf™œ\x9d“”˜¦¢]|ð(?:\x9f|Ÿ)")


def encoding_of(head: bytes) -> str:
    """The encoding of a file by its first bytes: its mark, else UTF-16 by its zeros, else UTF-8, else Windows-1252.

    Examples
    --------
    >>> encoding_of("date;café".encode("cp1252"))
    'cp1252'
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if sample and odd > 0.3 * len(sample) / 2 and even < odd / 4:
        return "utf-16-le"
    if sample and even > 0.3 * len(sample) / 2 and odd < even / 4:
        return "utf-16-be"
    return "cp1252" if _mostly_not_utf8(head) else "utf-8"


def _mostly_not_utf8(head: bytes) -> bool:
    """Whether most lines beyond ASCII are not UTF-8; the last may be cut: it counts only if alone."""
    lines = [line for line in head.split(b"\n") if not line.isascii()]
    wrong = sum(not decoded(line)[1] for line in lines[:-1] or lines)
    return wrong > len(lines[:-1] or lines) / 2


class Utf8:
    """A stream in UTF-8, whatever it was, without its mark; lone returns become line ends on request."""

    def __init__(self, stream: Stream, *, encoding: str, lone_returns: bool = False) -> None:
        self._stream = stream
        self._returns = lone_returns
        self._first = encoding == "utf-8-sig"
        straight = encoding in {"utf-8", "utf-8-sig"}
        self._decoder = None if straight else codecs.getincrementaldecoder(encoding)("replace")

    def read(self) -> bytes:
        chunk = self._stream.read()
        if self._first and chunk:
            chunk, self._first = chunk.removeprefix(codecs.BOM_UTF8), False
            chunk = chunk or self._stream.read()
        if self._decoder is not None:
            chunk = self._recoded(chunk)
        return chunk.replace(b"\r", b"\n") if self._returns else chunk

    @property
    def cut(self) -> str:
        """Where the file was cut, once its end was met."""
        return self._stream.cut

    def _recoded(self, chunk: bytes) -> bytes:
        """Half a character may wait for its other half: an empty answer would then look like the end."""
        assert self._decoder is not None  # noqa: S101 - for the type checker
        text = self._decoder.decode(chunk, final=not chunk)
        while chunk and not text:
            chunk = self._stream.read()
            text = self._decoder.decode(chunk, final=not chunk)
        return text.encode("utf-8", "replace")


#: Told of a line that is no row: its number, its first bytes, why, and the cure.
OnBad = Callable[[int, bytes, str, str], None]
_LOOK = "Look at this line: a quote that is never closed, or line ends that were lost."


def byte_lines(source: Utf8, *, on_bad: OnBad, most: int = MOST_LINE) -> Iterator[list[bytes]]:
    """The lines of a stream, a list for each chunk read; one longer than ``most``, or cut, is told and left empty."""
    rest: list[bytes] = []
    size = line = 0
    while chunk := source.read():
        first, *others = chunk.split(b"\n")
        size += len(first)
        if size <= most:
            rest.append(first)
        elif sum(map(len, rest)) > RAW_SHOWN:
            rest = [b"".join(rest)[:RAW_SHOWN]]  # the line is lost already: only what shows it is kept
        elif not rest:
            rest.append(first[:RAW_SHOWN])
        if not others:
            continue
        done = [_whole(rest, size, line + 1, on_bad, most), *others[:-1]]
        line += len(done)
        rest, size = [others[-1]], len(others[-1])
        yield done
    if size and source.cut:
        on_bad(line + 1, b"".join(rest)[:RAW_SHOWN], f"a line must have its end: {source.cut}", "Get the whole file.")
    elif size:
        yield [_whole(rest, size, line + 1, on_bad, most)]


def _whole(rest: list[bytes], size: int, line: int, on_bad: OnBad, most: int) -> bytes:
    if size <= most:
        return b"".join(rest)
    reason = f"a line must be shorter than {most >> 20} MiB; this one has {size:,} bytes"
    on_bad(line, b"".join(rest)[:RAW_SHOWN], reason, _LOOK)
    return b""


def decoded(line: bytes) -> tuple[str, bool]:
    """A line as text, and whether it was UTF-8; what is not is read as Windows-1252, as most old exports are."""
    try:
        return line.decode(), True
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace"), False


def garbled(text: str) -> bool:
    """Whether a text is UTF-8 that was read as something else on its way here."""
    return _GARBLED.search(text) is not None


def mended(text: str) -> str:
    """A garbled text as it was meant; any other text as it is.

    Examples
    --------
    >>> mended("L'Ã©tÃ©"), mended("été")
    ("L'été", 'été')
    """
    if not garbled(text):
        return text
    for wrong in ("latin-1", "cp1252"):
        try:
            return text.encode(wrong).decode()
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return text
