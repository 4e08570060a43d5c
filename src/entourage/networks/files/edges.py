"""Edge lists, ``source target [weight]``: who acted towards whom and how often, without moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.networks.activity import Account, Act
from entourage.networks.base import Skip, Tie
from entourage.networks.files.mapping import plain
from entourage.networks.files.text import Utf8, byte_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.networks.files.reading import Reading

NETWORK = "x"
KINDS = {
    "retweet": Act.SHARE,
    "share": Act.SHARE,
    "reply": Act.REPLY,
    "mention": Act.MENTION,
    "follow": Act.FOLLOW,
    "social": Act.FOLLOW,
}
#: Titles of a first column that says who; a table with other titles is no edge list, however few its columns.
SOURCES = frozenset(
    ("source", "src", "from", "a", "u", "actor", "user", "follower", "node1", "id1", "from id", "user id")
)
_CURE = "Write: source target weight, all of them whole numbers."


def are_edges(rows: list[list[str]], *, titles: list[str] | None) -> bool:
    """Whether rows of a table are edges: two or three whole numbers each, below titles of edges if there are any."""
    if titles is not None and plain(titles[0]) not in SOURCES:
        return False
    fits = [
        len(row) in {2, 3} and all(cell.strip().isdigit() for cell in row) for row in rows if not row[0].startswith("#")
    ]
    return bool(fits) and sum(fits) > len(fits) / 2


def kind_of(file: str) -> Act | None:
    """The act that an edge list counts, as the file's name says; None where it does not."""
    return next((act for word, act in KINDS.items() if word in file.lower()), None)


def read(source: Utf8, reading: Reading, *, skip: int) -> Iterator[None]:
    """Fill the batch with the ties of an edge list; pauses after each chunk."""
    kind, line = kind_of(reading.file), 0
    if kind is None:
        reading.note(
            "the file's name does not tell what its edges are (retweet, reply, mention, follow); read as mentions",
            once="edge kind",
        )
    for lines in byte_lines(source, on_bad=reading.bad_line):
        for raw in lines:
            line += 1
            if line > skip and raw.strip() and not raw.startswith(b"#"):
                _edge(raw, line, kind or Act.MENTION, reading)
        reading.lines = line
        yield


def _edge(raw: bytes, line: int, kind: Act, reading: Reading) -> None:
    cells = raw.replace(b",", b" ").replace(b";", b" ").split()
    if len(cells) not in {2, 3} or not all(cell.isdigit() and len(cell) < 20 for cell in cells):
        skip = Skip("a row must be an edge", value=raw.decode("utf-8", "replace"), cure=_CURE)
        reading.reject(skip, line=line, raw=raw)
        return
    source, target = Account(id=cells[0].decode()), Account(id=cells[1].decode())
    weight = int(cells[2]) if len(cells) == 3 else 1
    reading.batch.ties.append(Tie(network=NETWORK, kind=kind, source=source, target=target, weight=weight))
