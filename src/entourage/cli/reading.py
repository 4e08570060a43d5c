"""``entourage read``: what texts say, one a line, as fast as they come."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import ExitStack, contextmanager
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import typer

from entourage.cli.blocks import Answers, answered, cores
from entourage.cli.frame import Bar, Failed, brand_named, house_open, printable, progress
from entourage.cli.output import put
from entourage.engine.text.judged import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from entourage.engine.text.judged import Reading
    from entourage.engine.text.labels import Label
    from entourage.engine.text.reading import Reader

commands = typer.Typer()

#: Messages that the summary shows, the most vehement first, and how much of each.
SHOWN: Final = 8
SHOWN_CHARS: Final = 100


@commands.command("read")
def read(
    file: Annotated[
        Path,
        typer.Argument(help="Texts, one a line; - is standard input."),
    ],
    json: Annotated[bool, typer.Option("--json", help="Write one JSON object a line, for programs.")] = False,
    languages: Annotated[str, typer.Option(help="The languages that may come, such as fr,en; else all.")] = "",
    labels: Annotated[
        Path | None,
        typer.Option(
            help="Teach the reader this too, first: a CSV file with text, about, value.", exists=True, dir_okay=False
        ),
    ] = None,
    brand: Annotated[str, typer.Option(help="Read as this brand's reader does, with what it was taught.")] = "",
    close: Annotated[
        bool, typer.Option("--close", help="Let the close encoder have a say in the sign: slower, right more often.")
    ] = False,
    processes: Annotated[
        int, typer.Option(min=0, help="How many processes read a long input; 0 is one for each processor.")
    ] = 0,
) -> None:
    """What do these messages say: language, for or against, how vehement, who should hear it, and why?

    As many answers as lines; bytes that are no UTF-8 are replaced, an empty line is an empty message. Each process
    holds some 300 MB, whatever the length of the input. Without --json a summary is shown.

    Example: [bold]entourage read messages.txt --languages fr,en --json > readings.jsonl[/]
    """
    codes = tuple(code.strip() for code in languages.split(",") if code.strip())
    codes, taught = _for_brand(brand, codes, labels, close) if brand else (codes, _taught(labels, codes, close))
    make = partial(_answers, codes, taught, close=close, as_json=json)
    here = make()  # what cannot work fails now, before anything is written
    with _opened(file) as source, ExitStack() as stack:
        bar = None if json and sys.stdout.isatty() else stack.enter_context(progress("Reading"))
        found = _watched(answered(source, make, processes=processes or cores(), here=here), file, bar)
        _write(found) if json else _summarise(found)


def _write(found: Iterator[bytes]) -> None:
    """Every answer as it comes, until nobody listens any more."""
    for answer in found:
        if not put(answer):
            return


def _watched(found: Iterator[tuple[int, bytes]], file: Path, bar: Bar | None) -> Iterator[bytes]:
    total = None if str(file) == "-" else file.stat().st_size
    done = 0
    for size, answer in found:
        yield answer
        done += size
        if bar:
            bar(done, total)


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    if str(file) == "-":
        # Our own view of it: a thread may still wait for more when Python ends, which then wants the lock of sys.stdin.
        yield os.fdopen(sys.stdin.fileno(), "rb", closefd=False)
        return
    if not file.exists():
        raise typer.BadParameter(f"FILE must exist. Got {file}; - is standard input.")
    if file.is_dir():
        raise typer.BadParameter(f"FILE must be a file. {file} is a folder.")
    try:
        source = file.open("rb")
    except OSError as error:
        raise Failed(f"{file} must be readable. It is not: {error.strerror}. Name another file.") from error
    with source:
        yield source


def _for_brand(slug: str, codes: tuple[str, ...], file: Path | None, close: bool) -> tuple[tuple[str, ...], bytes]:
    """The brand's languages, unless others are asked for; what its reader was taught, with the file's labels too."""
    with house_open():
        from entourage.web.reading.bridge import taught_of
        from entourage.web.reading.bridge.readers import labels_of

        brand = brand_named(slug)
        codes = codes or tuple(brand.languages)
        if file:
            return codes, _taught(file, codes, close, before=labels_of(brand))
        taught = taught_of(brand)
        return codes, taught.to_bytes() if taught else b""


def _taught(file: Path | None, codes: tuple[str, ...], close: bool, before: Sequence[Label] = ()) -> bytes:
    """Teach from a file, after the labels there were before, and say on standard error how right the reader is now."""
    if file is None:
        return b""
    from entourage.cli.labels import labels
    from entourage.engine.text.close import CloseEncoder
    from entourage.engine.text.teaching import teach

    taught = teach([*before, *labels(file)], languages=codes or None, encoder=CloseEncoder() if close else None)
    for one in taught.accuracy:
        kept = "used" if one.used else "not used: the shipped reader is as good"
        text = (
            f"{one.about}: {one.share:.0%} right ({one.low:.0%} to {one.high:.0%}) of {one.n} labels held out; "
            f"shipped {one.shipped:.0%} ({one.shipped_low:.0%} to {one.shipped_high:.0%}); {kept}."
        )
        typer.echo(text, err=True)
    return taught.to_bytes()


def _answers(codes: tuple[str, ...], taught: bytes, *, close: bool, as_json: bool) -> Answers:
    """What a process does with each block; made in it, with a reader of its own."""
    from entourage.engine.text.close import CloseEncoder
    from entourage.engine.text.reading import Reader
    from entourage.engine.text.teaching import Taught

    own = Taught.from_bytes(taught) if taught else None
    reader = Reader(languages=codes or None, taught=own, encoder=CloseEncoder() if close else None)
    return partial(_as_json if as_json else _as_counts, reader)


def lines(block: bytes) -> list[str]:
    """The lines of a block as texts; what is no UTF-8 is replaced."""
    found = block.decode("utf-8", "replace").split("\n")
    if not found[-1]:
        found.pop()
    return [line.removesuffix("\r") for line in found]


class _Signs(msgspec.Struct, frozen=True, gc=False):
    negative: float
    neutral: float
    positive: float


class _Line(msgspec.Struct, frozen=True, gc=False):
    """One line of JSON: chances and weights with three decimals, nulls where the reader abstains."""

    language: str
    sentiment: _Signs
    vehemence: float
    intent: str | None
    department: str | None
    reasons: list[Reason]


def _as_json(reader: Reader, block: bytes) -> bytes:
    encode = msgspec.json.Encoder().encode_lines
    return encode([_line(one) for one in reader.read(lines(block))])


def _line(one: Reading) -> _Line:
    signs = _Signs(round(one.negative, 3), round(one.neutral, 3), round(one.positive, 3))
    intent, department = one.intent or None, one.department or None
    heat, reasons = round(one.vehemence, 3), one.rounded_reasons()
    return _Line(one.language, signs, heat, intent, department, reasons)


class _Counts(msgspec.Struct):
    """What a block adds to the summary."""

    messages: int
    languages: dict[str, int]
    signs: dict[str, int]
    intents: dict[str, int]
    departments: dict[str, int]
    vehement: list[tuple[float, str, str]]


def _as_counts(reader: Reader, block: bytes) -> bytes:
    texts = lines(block)
    found = reader.read(texts, reasons=False)
    loudest = sorted(range(len(found)), key=lambda place: -found[place].vehemence)[:SHOWN]
    counts = _Counts(
        len(found),
        Counter(one.language for one in found),
        Counter(_SIGNS[one.sign] for one in found),
        Counter(one.intent or "no intent told" for one in found),
        Counter(one.department or "nobody" for one in found),
        [(found[place].vehemence, found[place].intent, texts[place][:SHOWN_CHARS]) for place in loudest],
    )
    return msgspec.msgpack.encode(counts)


_SIGNS: Final = {-1: "against", 0: "neutral", 1: "for", None: "not sure"}


def _summarise(found: Iterator[bytes]) -> None:
    """Add up what the blocks say, and show it as tables."""
    from rich.console import Console

    whole = _added(msgspec.msgpack.decode(answer, type=_Counts) for answer in found)
    usual = Console()
    held = TextIOWrapper(BytesIO(), encoding=usual.encoding, errors="replace")
    _show(whole, Console(file=held, width=usual.width, force_terminal=usual.is_terminal))
    held.seek(0)
    put(held.read())


def _show(whole: _Counts, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    console.print(f"{whole.messages:,} messages read", highlight=False)
    for title, counts in _tables(whole):
        table = Table(title, "messages", "share", title_justify="left")
        for name, many in Counter(counts).most_common(12):
            table.add_row(name, f"{many:,}", f"{many / whole.messages:.1%}")
        console.print(table)
    loudest = Table("vehemence", "intent", "message")
    for heat, intent, text in whole.vehement:
        loudest.add_row(f"{heat:.2f}", intent, Text(printable(text)))
    if whole.messages:
        console.print(loudest)


def _tables(whole: _Counts) -> Iterator[tuple[str, dict[str, int]]]:
    if whole.messages:
        yield from (
            ("for or against", whole.signs), ("intent", whole.intents),
            ("who should hear it", whole.departments), ("language", whole.languages),
        )  # fmt: skip


def _added(parts: Iterator[_Counts]) -> _Counts:
    whole = _Counts(0, Counter(), Counter(), Counter(), Counter(), [])
    for part in parts:
        whole.messages += part.messages
        for name in ("languages", "signs", "intents", "departments"):
            getattr(whole, name).update(part.__getattribute__(name))
        whole.vehement = sorted([*whole.vehement, *part.vehement], reverse=True)[:SHOWN]
    return whole
