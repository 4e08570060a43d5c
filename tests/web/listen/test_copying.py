"""What is written as a row of COPY is read back as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from entourage.web.listen.actions.statements import COLUMNS as NAMES
from entourage.web.listen.rows import copying, preparing

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE = "id uuid, several uuid[], said text, words text[], at timestamptz, big bigint, small int, real float8"
# PostgreSQL's years reach further than Python's; the edges of its calendar must not turn over.
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds UTC
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read_back(rows: Sequence[bytes]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE copied ({TABLE}) ON COMMIT DROP")
        with cursor.copy("COPY copied FROM STDIN (FORMAT binary)") as copy:
            for block in copying.blocks(rows):
                copy.write(block)
        cursor.execute("SELECT * FROM copied")
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute("DROP TABLE copied")
    return found


class Copied(TestCase):
    """In a transaction each, as a batch is."""

    @given(
        id_=st.uuids(),
        several=st.lists(st.uuids(), min_size=1, max_size=3),
        said=TEXTS,
        words=st.lists(TEXTS, min_size=1, max_size=3),
        at=MOMENTS,
        big=st.integers(-(2**63), 2**63 - 1),
        small=st.integers(-(2**31), 2**31 - 1),
        real=st.floats(allow_nan=False),
    )
    def test_every_kind_of_field_comes_back(self, **told: Any) -> None:
        row = copying.row(
            copying.uuid(told["id_"].bytes),
            copying.uuids([one.bytes for one in told["several"]]),
            copying.text(told["said"]),
            copying.words(told["words"]),
            copying.moment(told["at"]),
            copying.bigint(told["big"]),
            copying.integer(told["small"]),
            copying.real(told["real"]),
        )
        assert read_back([row]) == [tuple(told.values())]


@pytest.mark.django_db
def test_what_is_not_known_is_null() -> None:
    nothing = [copying.NOTHING, copying.uuids([]), copying.NOTHING, copying.words([]), copying.NOTHING]
    row = copying.row(*nothing, copying.bigint(None), copying.NOTHING, copying.real(None))
    assert read_back([row]) == [(None,) * 8]


@pytest.mark.django_db
def test_more_rows_than_a_block_holds_keep_their_order() -> None:
    rest = [copying.NOTHING] * 7
    rows = [copying.row(copying.uuid(UUID(int=n).bytes), *rest) for n in range(2 * copying.BLOCK + 1)]
    assert [row[0].int for row in read_back(rows)] == list(range(2 * copying.BLOCK + 1))
    assert copying.blocks([]) == []


def test_an_activity_has_a_field_for_each_column() -> None:
    assert len(NAMES.split(", ")) == preparing.COLUMNS
