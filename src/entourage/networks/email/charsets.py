"""Bytes into text, whatever charset they claim: the claim is often wrong, and never a reason to lose a mail."""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re

# What browsers do, too (WHATWG Encoding): a Latin-1 or ASCII that is declared is Windows-1252 in truth, and others are
# what Windows made of them.
_WESTERN = {"ascii", "iso8859-1", "cp1252"}
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs",
    "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
# Python's own ways of writing text, which no mailer means.
_NO_CHARSETS = {
    "unicode-escape",
    "raw-unicode-escape",
    "unicode_escape",
    "raw_unicode_escape",
    "punycode",
    "idna",
    "undefined",
}
MOSTLY = 4  # characters beyond ASCII for each that is wrong, and it is UTF-8 all the same
_NO_LETTER = re.compile(rb"[^A-Za-z0-9+/]")
_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")


def text_of(raw: bytes, charset: str = "") -> str:
    """The text of these bytes, without NUL and without a byte order mark.

    UTF-8 is tried before what is declared where the declaration is a Western one or none: bytes beyond ASCII that
    happen to be valid UTF-8 are UTF-8.

    Examples
    --------
    >>> text_of("café".encode(), "iso-8859-1"), text_of("café".encode("latin-1"), "utf-8")
    ('café', 'café')
    """
    name = _known(charset)
    for one in ("utf-8",) if name in _WESTERN else (name, "utf-8"):
        try:
            return _clean(raw.decode(one))
        except (UnicodeError, LookupError):
            continue
    # A mail that was cut in the middle of a character, or has a wrong one, is no reason to misread all the others.
    lenient = raw.decode("utf-8", "replace")
    wrong = lenient.count("\ufffd")
    mostly = sum(not c.isascii() for c in lenient) > MOSTLY * wrong
    return _clean(lenient if mostly else raw.decode("cp1252", "replace"))


def unfolded(value: str) -> str:
    r"""A header's value as a person reads it: its encoded words (RFC 2047) decoded, on one line.

    ``value`` may hold surrogates, as the standard library keeps bytes beyond ASCII. Encoded words that stand side by
    side are joined before they are decoded: many mailers cut them in the middle of a character.

    Examples
    --------
    >>> unfolded("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?= cr\r\n =?utf-8?b?w6htZQ==?=")
    'café cr ème'
    """
    text = text_of(value.encode("utf-8", "surrogateescape"))
    told: list[str] = []
    pending, charset, end = b"", "", 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        if between.strip() or not end or word[1].lower() != charset:
            told += [text_of(pending, charset), "" if end and not between.strip() else between]
            pending = b""
        pending, charset, end = pending + _bytes_of(word[2], word[3]), word[1].lower(), word.end()
    told += [text_of(pending, charset), text[end:]]
    return " ".join("".join(c if c.isprintable() else " " for c in "".join(told)).split())


def unpacked(raw: bytes) -> bytes:
    """What some Base64 packs, as far as it goes: a mail of which only the beginning was read ends anywhere."""
    letters = _NO_LETTER.sub(b"", raw.partition(b"=")[0])
    tail = letters[len(letters) // 4 * 4 :]
    tail = tail if len(tail) > 1 else b""
    try:
        return base64.b64decode(letters[: len(letters) // 4 * 4] + (tail + b"=" * (4 - len(tail)) if tail else b""))
    except binascii.Error:
        return raw


def _known(charset: str) -> str:
    told = charset.strip().strip("\"'").lower()
    try:
        # The letters of -i and -e stand in the order of reading, as those of the plain one (RFC 1556).
        name = codecs.lookup(told.removesuffix("-i").removesuffix("-e") or "utf-8").name
    except (LookupError, ValueError):
        return "ascii"
    return "ascii" if name in _NO_CHARSETS else _WIDER.get(name, name)


def _bytes_of(kind: str, data: str) -> bytes:
    raw = data.encode("utf-8", "replace")
    if kind in "qQ":
        return quopri.decodestring(raw, header=True)
    return unpacked(raw)


def _clean(text: str) -> str:
    return text.replace("\x00", "").removeprefix("\ufeff")
