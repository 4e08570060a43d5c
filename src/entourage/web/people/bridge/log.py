"""The acts that count, as the engine reads them: out of PostgreSQL as Arrow, without a Python object per row."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pyarrow as pa
from adbc_driver_postgresql import dbapi
from django.db import connection

from entourage.engine.log import MEANINGFUL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from entourage.web.core.models import Brand

#: Acts of the public, meaningful, not deleted, turned to us or to nobody in particular; no staff, bots, left-alone.
COUNTED = f"""
FROM listen_activity told
JOIN listen_account account ON account.id = told.account_id AND account.role = 'public'
JOIN people_person person ON person.id = account.person_id AND person.kind = 'public' AND person.left_alone_at IS NULL
WHERE told.brand_id = {{brand}} AND told.deleted_at IS NULL
  AND told.act IN ({", ".join(f"'{act}'" for act in MEANINGFUL)})
  AND (told.toward_id IS NULL OR told.toward_id IN (
       SELECT id FROM listen_account WHERE brand_id = {{brand}} AND role = 'own'))
"""


@contextmanager
def database() -> Iterator[Any]:
    """A connection that speaks Arrow, to the database that Django uses; what is not committed is taken back."""
    with dbapi.connect(address()) as arrow:
        yield arrow


def address() -> str:
    """The address of Django's database, as libpq wants it; tests have one of their own."""
    parts = connection.settings_dict
    who = f"{quote(parts['USER'])}:{quote(parts['PASSWORD'], safe='')}@" if parts["USER"] else ""
    where = {"host": parts["HOST"], "port": str(parts["PORT"]), **parts.get("OPTIONS", {})}
    told = {key: value for key, value in where.items() if value and isinstance(value, str | int)}
    return f"postgresql://{who}/{quote(parts['NAME'])}?{urlencode(told)}"


def log(brand: Brand, at: datetime) -> pa.Table:
    """Read the acts that count towards a brand before a moment.

    Returns
    -------
    pyarrow table, A rows (acts): ``person`` (int64), ``at_us`` (int64), columns of ``entourage.engine.log``
    """
    # A job's own connection may spend memory that a page's may not; the join holds a row per account.
    query = (
        f"SELECT person.id AS person, told.at {COUNTED.format(brand=int(brand.pk))} AND told.at < '{at.isoformat()}'"
    )
    with database() as arrow, arrow.cursor() as cursor:
        cursor.execute("SET work_mem = '256MB'")
        cursor.execute(query)
        return _in_microseconds(cursor.fetch_arrow_table())


def _in_microseconds(rows: pa.Table) -> pa.Table:
    """The same moments as integers; nothing is copied."""
    return rows.set_column(1, "at_us", rows["at"].cast(pa.timestamp("us", "UTC")).cast(pa.int64()))
