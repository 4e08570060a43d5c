"""The database's tables, brought up to date by whoever comes first."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

DOOR = 0x656E746F7572  # the number of the lock; any, as long as it is always the same


def bring_up_to_date() -> bool:
    """Apply the migrations that the database lacks; two at once wait for each other. Whether there were any."""
    if not _lacking():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [DOOR])
        try:
            if lacking := _lacking():
                call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [DOOR])
    return lacking


def _lacking() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
