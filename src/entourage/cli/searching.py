"""``entourage search | topics | lessons``: messages by meaning, what a week talks about, what the public teaches."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from entourage.cli.frame import (
    JSON,
    BrandName,
    Failed,
    aware,
    brand_named,
    house_open,
    printable,
    progress,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entourage.web.core.models import Brand
    from entourage.web.reading.queries import Hit, Told

commands = typer.Typer()

Moment = Annotated[
    datetime | None,
    typer.Option(help="Only messages from this moment on, in UTC.", show_default=False),
]
#: Characters of a message in a list for people; JSON has all of it.
SHOWN = 100


@commands.command()
def search(
    words: Annotated[str, typer.Argument(help='What it says. "a phrase" and -without ask for exact words.')],
    brand: BrandName,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many messages.")] = 20,
    since: Moment = None,
    json: JSON = False,
) -> None:
    """Find the messages that say this, in these words or in others, the best first.

    What was read since the last search is indexed first.

    Example: [bold]entourage search "parcel never arrived" --brand tea[/]
    """
    if not words.strip():
        raise Failed("WORDS must say what to look for. Got nothing.")
    with house_open():
        of = brand_named(brand)
        _indexed(of, quiet=json)
        from entourage.web.reading import bridge, queries

        asked = " ".join(words.replace("\0", "").split())[: queries.LONGEST]
        found = bridge.search(of, asked, since=aware(since), limit=limit)
        hits = queries.hits(of, [one.as_row() for one in found], limit=limit)
        told = {"brand": brand, "words": asked, "found": [_hit(hit) for hit in hits]}
        say(told, json=json, text="\n".join(_line(hit) for hit in hits) or f"No message of {brand} says this.")


@commands.command()
def topics(
    brand: BrandName,
    week: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The Monday it begins on; else the newest.", show_default=False),
    ] = None,
    json: JSON = False,
) -> None:
    """Say what people talked about in a week, most people first; and that there is no topic where there is none.

    Example: [bold]entourage topics --brand tea --week 2026-03-09[/]
    """
    with house_open():
        of = brand_named(brand)
        _gathered(of, quiet=json)
        from entourage.web.reading import queries

        weeks = queries.topic_weeks(of)
        chosen = next((one for one in weeks if week is None or one.week == week.date()), None)
        if chosen is None:
            raise Failed(_no_week(brand, [str(one.week) for one in weeks]))
        found = queries.topics_of(of, chosen.week)
        told = {"week": chosen.week, "messages": chosen.messages, "share_of_week": round(chosen.share, 3)}
        text = "\n".join(_gathering(one) for one in found) or f"No topic in the week from {chosen.week}."
        say({"brand": brand, **told, "topics": [_told(one) for one in found]}, json=json, text=text)


@commands.command()
def lessons(
    brand: BrandName,
    kind: Annotated[
        Literal["how_to", "defect", "idea"] | None, typer.Option(help="Only questions on use, what fails, or ideas.")
    ] = None,
    json: JSON = False,
) -> None:
    """Say what the public teaches: questions on use, what fails, ideas, most people first.

    Example: [bold]entourage lessons --brand tea --kind defect[/]
    """
    with house_open():
        of = brand_named(brand)
        _gathered(of, quiet=json)
        from entourage.web.reading import queries

        found = list(_all(lambda after: queries.findings_of(of, queries.Asked(kind=kind or ""), after=after)))
        text = "\n".join(_gathering(one) for one in found) or f"The public of {brand} teaches nothing yet."
        say({"brand": brand, "lessons": [_finding(one) for one in found]}, json=json, text=text)


def _all(page: Callable[[int], tuple[list[Told], bool]]) -> Iterator[Told]:
    """All findings, page after page; each page says whether there are more."""
    after, more = 0, True
    while more:
        found, more = page(after)
        yield from found
        after += len(found)


def _indexed(brand: Brand, *, quiet: bool) -> None:
    """Read and index what is new, with a bar."""
    from entourage.web.reading import bridge

    with progress("Reading") as bar:
        bridge.read_new(brand, now=datetime.now(UTC), progress=None if quiet else bar)
        bridge.index(brand, progress=None if quiet else lambda done, all_: bar(done, all_, step="Indexing"))


def _gathered(brand: Brand, *, quiet: bool) -> None:
    _indexed(brand, quiet=quiet)
    from entourage.web.reading import bridge

    bridge.gather(brand, now=datetime.now(UTC))


def _no_week(brand: str, weeks: list[str]) -> str:
    if not weeks:
        return f"{brand} must have messages of its public. There are none; import a file."
    return f"--week must be a Monday of the last eight weeks that have messages: {', '.join(weeks)}."


def _hit(hit: Hit) -> dict[str, Any]:
    act = hit.activity
    return {
        "id": act.pk, "at": act.at, "network": act.network, "person": act.account.person_id,
        "account": str(act.account), "text": act.text, "url": act.url, "nearness": hit.share, "words": hit.matched,
        "copies": hit.copies,
    }  # fmt: skip


def _line(hit: Hit) -> str:
    near = "  -  " if hit.share is None else f"{hit.share:5.2f}"
    copies = f" (and {hit.copies:,} nearly the same)" if hit.copies else ""
    name, text = printable(str(hit.activity.account)), printable(" ".join(hit.activity.text.split()))
    return f"{near}  {hit.activity.at:%Y-%m-%d}  {name:<24.24}  {text:.{SHOWN}}{copies}"


def _told(one: Told) -> dict[str, Any]:
    row = one.row
    names = ("words", "messages", "people", "different", "times", "low", "high", "rising")
    facts = {name: getattr(row, name) for name in names}
    return {"id": row.pk, "title": one.title, "said": one.text, "close": one.close, "nearness": one.nearness, **facts}


def _finding(one: Told) -> dict[str, Any]:
    row = one.row
    names = ("kind", "state", "told_to", "link", "weeks", "first_at", "last_at")
    return {**_told(one), **{name: getattr(row, name) for name in names}}


def _gathering(one: Told) -> str:
    row, title, said = one.row, printable(one.title), printable(" ".join(one.text.split()))
    rise = {1: "  rising", -1: "  falling"}.get(row.rising, "")
    return f"{row.people:>5} people  {row.messages:>5} messages  {title}: {said:.{SHOWN}}{rise}"
