"""The command line: ``entourage COMMAND``. One file per group of commands, each with its own ``commands``."""

from __future__ import annotations

import importlib
import json
import os
import sys
from contextlib import suppress

import typer

from entourage.cli.frame import BAD_DATA, Failed, printable
from entourage.cli.output import put, streams_ready
from entourage.house import HouseError

#: The files beside this one whose ``commands`` are shown, in the order of the help.
GROUPS = ("up", "connecting", "importing", "reading", "simulating", "audit", "service", "people", "searching", "access")

# Read when NumPy loads: with a thread for each core, the fits are several times slower on a busy machine. The worker is
# a module of this package and so has it too.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

EPILOGUE = (
    "Every command tells more with [bold]--help[/]. Exit codes: 0 done, 1 the data are not as they must be, "
    "2 the command is not as it must be, 3 the machine is not (disk, port, database)."
)

LOST = "The database must stay while a command works. It went away: write the command again, nothing is done twice."


def app() -> typer.Typer:
    """Return the whole command line."""
    whole = typer.Typer(
        name="entourage",
        help="The people around a brand, not the crowd in front of it.",
        epilog=EPILOGUE,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    whole.callback()(_about)
    for group in GROUPS:
        whole.add_typer(importlib.import_module(f"entourage.cli.{group}").commands)
    return whole


def main() -> None:
    """Run the command line, and turn what went wrong into one sentence and an exit code."""
    streams_ready()
    try:
        app()()
    except HouseError as error:
        _fail(error, code=3)
    except BAD_DATA as error:
        _fail(error, code=1)
    except Exception as error:
        if not _database_lost(error):
            raise
        _fail(HouseError(f"{LOST} It said: {str(error).strip().splitlines()[0]}."), code=3)


def _database_lost(error: Exception) -> bool:
    """Whether the database went away under a command, or did not let it in; imported late, `--help` needs neither."""
    from django.db import OperationalError as Refused
    from psycopg import OperationalError

    return isinstance(error, (Refused, OperationalError))


def _about() -> None:
    """Keep the commands named even while there is only one of them."""


def _fail(error: Exception, *, code: int) -> None:
    sys.stderr.write("\n".join(map(printable, str(error).split("\n"))) + "\n")
    if "--json" in sys.argv:
        kind = "environment" if code > 1 else "data"
        with suppress(HouseError):  # standard output may be what went wrong
            put(json.dumps({"error": {"kind": kind, "message": str(error)}}, ensure_ascii=False) + "\n")
    sys.exit(code)


__all__ = ["GROUPS", "Failed", "app", "main"]
