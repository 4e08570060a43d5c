"""Whatever bytes come, an import ends in rows, rejects or one clear refusal; and its counts add up."""

# ruff: noqa: E501 - messages are tested word for word, and tables are drawn as they are
from __future__ import annotations

import gzip
import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entourage.networks.base import Broken
from entourage.networks.files import open_source
from entourage.networks.files.documents import _Scan
from entourage.networks.files.reading import Reading
from entourage.networks.files.text import Utf8, byte_lines

from .conftest import NOW

SCRAPS = st.sampled_from(
    [b"{", b"}", b"[", b"]", b'"', b"\\", b",", b";", b"\t", b"\n", b"\r\n", b" ", b"id", b"date", b"username", b"comment", b"2024-01-01",
     b"RT", b"1717999200", b"1.2E+17", b'{"type":"Like","id":"1","actor":"a","published":"2024-01-01T00:00:00Z","object":"n"}',
     b'{"data":[{"id":"1","text":"t","author_id":"2"}]}', b'"@context"', b"orderedItems", b":", b"null", b"\xc3\xa9", b"\xe9", b"\x00"]
)  # fmt: skip
BYTES = st.one_of(st.binary(max_size=400), st.lists(SCRAPS, max_size=60).map(b"".join))
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Fed:
    """A stream of the given pieces."""

    used, cut = 0, ""

    def __init__(self, pieces):
        self._pieces = list(pieces)

    def read(self):
        return self._pieces.pop(0) if self._pieces else b""

    def close(self):
        pass


def pieces(data, cuts):
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in pairwise(edges)]


@QUICK
@given(
    data=BYTES, name=st.sampled_from(["a.csv", "users_compliance.jsonl", "x.edgelist", "b.json"]), fold=st.booleans()
)
def test_no_bytes_make_an_import_fall(data, name, fold):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(gzip.compress(data) if fold else data)
        try:
            batches = list(open_source(path, now=NOW).batches(7))
        except Broken as broken:
            said = str(broken)
            if not said.rstrip().endswith((".", "!", "?")):
                raise AssertionError(said) from broken
            return
        for batch in batches:
            assert all(reject.reason and reject.line > 0 for reject in batch.rejects)
            assert all(act.id and act.network and act.at.tzinfo is not None for act in batch.activities)


@QUICK
@given(data=st.binary(max_size=300), cuts=st.lists(st.integers(0, 300), max_size=8))
def test_lines_are_those_of_the_whole_however_the_bytes_come(data, cuts):
    told = []
    source = Utf8(Fed(pieces(data, cuts)), encoding="utf-8")
    lines = [line for chunk in byte_lines(source, on_bad=lambda *bad: told.append(bad)) for line in chunk]
    whole = data.split(b"\n")
    assert lines == (whole[:-1] if whole[-1] == b"" else whole)
    assert told == []


@QUICK
@given(
    data=st.lists(SCRAPS, max_size=60).map(b"".join),
    cuts=st.lists(st.integers(0, 500), max_size=8),
    opened=st.booleans(),
)
def test_documents_are_those_of_the_whole_however_the_bytes_come(data, cuts, opened):
    def scanned(parts):
        reading = Reading("a.json", now=NOW)
        scan = _Scan(reading, opened=opened)
        found = [document for part in parts for document in scan.feed(part)]
        scan.end()
        return found, len(reading.batch.rejects)

    assert scanned(pieces(data, cuts)) == scanned([data])
