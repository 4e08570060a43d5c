"""What every command shares: the database, the two ways of answering, progress, and failing with a cure."""

from __future__ import annotations

import json as jsonlib
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from entourage.engine.errors import EntourageError
from entourage.house import running

if TYPE_CHECKING:
    from collections.abc import Iterator

#: ``json: JSON = False`` in a command's arguments.
JSON = Annotated[bool, typer.Option("--json", help="Answer with one JSON object on standard output, for programs.")]


class Failed(Exception):  # noqa: N818 - it names what happened
    """The command cannot do it with these data; the sentence says which, and the cure. Exit code 1."""


#: What exits with 1 and its sentence; anything else is our own fault and shows its trace.
BAD_DATA: tuple[type[Exception], ...] = (EntourageError, Failed)


class Bar(Protocol):
    """Show how far the work is."""

    def __call__(self, done: float, total: float | None = None, *, step: str | None = None) -> None:
        """`done` of `total`, in any unit; no total while it is not known; `step` says what is being done now."""


@contextmanager
def house_open() -> Iterator[str]:
    """Open the database, brought up to date, and the application: within the block, import from `entourage.web`.

    Works whether the server runs or not; gives the database's address.
    """
    with running() as url:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entourage.web.settings")
        import django

        django.setup()
        from entourage.cli.schema import bring_up_to_date

        bring_up_to_date()
        yield url


@contextmanager
def progress(label: str) -> Iterator[Bar]:
    """Show a bar on the terminal (standard error), nothing where there is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(label, total=None)

        def bar(done: float, total: float | None = None, *, step: str | None = None) -> None:
            shown.update(task, completed=done, total=total, description=step)

        yield bar


def say(answer: dict[str, Any], *, json: bool, text: str) -> None:
    """Answer once: `answer` as one JSON object, or `text` for people."""
    shown = jsonlib.dumps(answer, ensure_ascii=False, default=str) if json else text
    sys.stdout.write(shown + "\n")
