"""What every command shares: the database, the two ways of answering, progress, and failing with a cure."""

from __future__ import annotations

import errno
import json as jsonlib
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, Protocol

import typer

from entourage.cli.output import put
from entourage.engine.errors import EntourageError
from entourage.house import HouseError, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from entourage.web.core.models import Brand

#: ``json: JSON = False`` in a command's arguments.
JSON = Annotated[bool, typer.Option("--json", help="Answer with one JSON object on standard output, for programs.")]

#: ``brand: BrandName`` in the arguments of a command about one brand.
BrandName = Annotated[str, typer.Option("--brand", help="The brand's short name.")]
#: Brands that are named to whoever asked for one that does not exist.
KNOWN: Final = 20
#: The disk's fault, not the path's.
FULL: Final = {errno.ENOSPC, errno.EDQUOT}


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


def brand_named(slug: str) -> Brand:
    """The brand of this short name; call it where the house is open.

    Raises
    ------
    Failed: there is none; the first ones that there are follow.
    """
    from entourage.web.core.models import Brand

    if found := Brand.objects.filter(slug=slug).first():
        return found
    known = ", ".join(Brand.objects.order_by("slug").values_list("slug", flat=True)[:KNOWN])
    cure = f"there are: {known}" if known else "there is none yet"
    raise Failed(f"`--brand` must be a brand that exists. Got {slug}; {cure}. Import a file to make it.")


def place_for(option: str, file: Path) -> None:
    """Check, before long work, that the file of an option can be written where it shall lie.

    Raises
    ------
    Failed: its folder does not exist, or its name is that of a folder.
    """
    folder = file.absolute().parent
    if not folder.is_dir():
        raise Failed(f"{option} must lie in a folder that exists. {folder} does not. Make it first.")
    if file.is_dir():
        raise Failed(f"{option} must be a file. {file} is a folder. Name a file in it.")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Write this file or folder within.

    Raises
    ------
    Failed: it cannot be written there. HouseError: the disk is full.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise HouseError(f"The disk must have room for {path}. It has none. Make some, then try again.") from error
        raise Failed(f"{path} must be writable. It is not: {error.strerror}. Name another.") from error


def aware(at: datetime | None) -> datetime | None:
    """A moment as it was typed, in UTC where no zone was given."""
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def printable(text: str) -> str:
    """One line without control characters: what a stranger wrote must not steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def say(answer: dict[str, Any], *, json: bool, text: str) -> None:
    """Answer once: `answer` as one JSON object, or `text` for people, each of its lines printable."""
    shown = "\n".join(map(printable, text.split("\n")))
    put((jsonlib.dumps(answer, ensure_ascii=False, default=str) if json else shown) + "\n")
