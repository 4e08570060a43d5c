"""Names of folders and strings as IMAP writes them."""

from __future__ import annotations

import base64
import re
from datetime import datetime, timedelta

DAY = timedelta(days=1)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def quoted(text: str) -> str:
    """A string of ASCII as IMAP quotes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folder_name(name: str) -> str:
    """A folder's name as a server takes it: quoted, beyond ASCII in modified UTF-7 (RFC 3501, 5.1.3).

    Examples
    --------
    >>> folder_name("Éléments envoyés")
    '"&AMk-l&AOk-ments envoy&AOk-s"'
    """
    return quoted(re.sub(r"&|[^\x20-\x7e]+", lambda found: _utf7(found[0]), name))


def day_of(moment: datetime) -> str:
    """The day before a moment, as searches take it: servers look at the day alone, in a time zone of their own.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> day_of(datetime(2026, 11, 1, tzinfo=UTC))
    '31-Oct-2026'
    """
    day = moment - DAY
    return f"{day.day}-{MONTHS[day.month - 1]}-{day.year}"


def _utf7(text: str) -> str:
    if text == "&":
        return "&-"
    packed = base64.b64encode(text.encode("utf-16-be", "surrogatepass")).decode().rstrip("=")
    return f"&{packed.replace('/', ',')}-"


def read_name(told: str) -> str:
    """A folder's name as a person writes it, from how a server lists it; what is no name of that kind stays."""

    def plain(found: re.Match[str]) -> str:
        packed = found[1].replace(",", "/")
        return base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-16-be", "replace") if packed else "&"

    name = told.removeprefix('"').removesuffix('"').replace('\\"', '"').replace("\\\\", "\\")
    try:
        return re.sub(r"&([A-Za-z0-9+,]*)-", plain, name)
    except ValueError:
        return name
