"""``entourage score | people | person | backtest | export``: who stands where, why, and how far to trust it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from entourage.cli.frame import (
    JSON,
    BrandName,
    Failed,
    aware,
    brand_named,
    house_open,
    place_for,
    printable,
    progress,
    say,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.web.people.models import Person, Scoring, Standing
    from entourage.web.people.queries import Story

commands = typer.Typer()

UnitName = Annotated[
    Literal["hour", "day", "week"] | None,
    typer.Option(help="What an opportunity to engage is; the brand's own if not given."),
]
Horizon = Annotated[
    int | None,
    typer.Option(min=1, help="How many units ahead: else 24 hours, 28 days or 13 weeks.", show_default=False),
]
Moment = Annotated[
    datetime | None,
    typer.Option(help="The moment to look from, in UTC; else just after the last act.", show_default=False),
]


@commands.command()
def score(
    brand: BrandName,
    unit: UnitName = None,
    horizon: Horizon = None,
    at: Moment = None,
    json: JSON = False,
) -> None:
    """Predict for everybody how often they will engage next, and store where each of them stands.

    Twice over the same activities changes nothing.

    Example: [bold]entourage score --brand tea[/]
    """
    with house_open(), progress("Scoring") as bar:
        from entourage.web.people.bridge import score as run_score

        now = datetime.now(UTC)
        run = run_score(brand=brand_named(brand), now=now, at=aware(at), unit=unit, horizon=horizon, progress=bar)
        if not run.model:
            raise Failed(f"{run.error} Nobody of {brand} has a standing for now; messages and people are kept.")
        say(_told(run), json=json, text=_sentence(run))


@commands.command()
def people(
    brand: BrandName,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many people.")] = 10,
    ring: Annotated[
        Literal["inner", "close", "known", "passing"] | None, typer.Option(help="Only those of this ring.")
    ] = None,
    standing: Annotated[
        Literal["ally", "regular", "hostile_regular", "critic", "passing", "unknown"] | None,
        typer.Option(help="Only those whom ring and warmth together make this."),
    ] = None,
    movement: Annotated[
        Literal["new", "closer", "drifting", "quiet", "back", "steady"] | None,
        typer.Option(help="Only those who moved so since one horizon ago."),
    ] = None,
    sort: Annotated[
        Literal["closeness", "warmth", "hostility", "last", "name"], typer.Option(help="In which order.")
    ] = "closeness",
    search: Annotated[str, typer.Option(help="A piece of a name or handle.")] = "",
    json: JSON = False,
) -> None:
    """List the people from whom to expect most, closest first: the prediction, warmth, and what both make of them.

    Example: [bold]entourage people --brand tea --standing ally --limit 20[/]
    """
    with house_open():
        from entourage.web.people import queries

        of = brand_named(brand)
        scoring = queries.latest_scoring(of)
        filters = queries.Filters(
            q=search, ring=ring or "", standing=standing or "", movement=movement or "", sort=sort
        )
        rows = list(_first(queries.everybody(of, filters, scoring=scoring), limit))
        found = {"brand": brand, **_when(scoring), "people": [_person(row) for row in rows]}
        say(found, json=json, text="\n".join(_line(row, scoring) for row in rows) or _nobody(brand))


@commands.command()
def person(
    who: Annotated[str, typer.Argument(help="A number, handle or name, as `entourage people` shows them.")],
    brand: BrandName,
    json: JSON = False,
) -> None:
    """Show one person: where they stand, whether for or against the brand, and the acts and messages behind it.

    Example: [bold]entourage person @ann.levasseur --brand tea[/]
    """
    with house_open():
        from entourage.web.people import queries

        of = brand_named(brand)
        found = queries.find_person(of, who)
        if len(found) != 1:
            raise Failed(_which(who, found))
        story = queries.story(found[0], scoring=queries.latest_scoring(of))
        told = {"brand": brand, **_person(found[0]), "accounts": queries.told_accounts(found[0]), **story.as_dict()}
        say(told, json=json, text="\n".join(_shown(story)))


@commands.command()
def backtest(
    brand: BrandName,
    unit: UnitName = None,
    horizon: Horizon = None,
    at: Annotated[
        datetime | None,
        typer.Option(help="Hide what came after this moment (UTC); else the last horizon.", show_default=False),
    ] = None,
    share: Annotated[
        float | None, typer.Option(min=0.01, max=0.99, help="Hide from this share of the time on.", show_default=False)
    ] = None,
    export: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write every prediction and what came to this CSV file.")
    ] = None,
    json: JSON = False,
) -> None:
    """Hide the last weeks, predict them, and compare: with what came, and with simpler rules.

    Example: [bold]entourage backtest --brand higgs --unit hour --horizon 24 --export predictions.csv[/]
    """
    if export:
        place_for("--export", export)
    with house_open():
        from entourage.web.people import actions, bridge, queries

        of = brand_named(brand)
        actions.meet(brand=of)
        question = bridge.asked(of, now=datetime.now(UTC), unit=unit, horizon=horizon)
        judged = bridge.trial(bridge.log(of, question.at), question, cut=aware(at), share=share)
        sentence = queries.verdict_sentence(judged.as_dict(), question.unit_name)
        if export:
            with writing(export):
                bridge.write_predictions(of, judged, export)
        cut = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=judged.at_us)
        told = {"brand": brand, "unit": question.unit_name, "cut": cut, **judged.as_dict(), "sentence": sentence}
        say(told | ({"export": str(export)} if export else {}), json=json, text=sentence)


@commands.command()
def export(
    brand: BrandName,
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder to write to; made if there is none.")],
    form: Annotated[Literal["csv", "jsonl"], typer.Option("--format", help="CSV or JSON lines.")] = "csv",
    json: JSON = False,
) -> None:
    """Write all that is kept of a brand to files, at any size: people, activities, standings, answers, notes.

    The files hold what people wrote, unchanged: open them with a program, not by a double click.

    Example: [bold]entourage export --brand tea --out backup[/]
    """
    with house_open(), progress("Exporting") as bar:
        from entourage.web.people import actions, queries

        of = brand_named(brand)
        with writing(out):
            out.mkdir(parents=True, exist_ok=True)
        files: dict[str, str] = {}
        for done, table in enumerate(queries.TABLES):
            bar(done, len(queries.TABLES))
            files[table] = str(_written(out / f"{table}.{form}", queries.takeout(of, table, form=form)))
        actions.brand_exported(brand=of, by=None, at=datetime.now(UTC))
        say({"brand": brand, "files": files}, json=json, text="\n".join(files.values()))


def _first(rows: Iterator[Person], limit: int) -> Iterator[Person]:
    for _, row in zip(range(limit), rows, strict=False):
        yield row


def _when(scoring: Scoring | None) -> dict[str, Any]:
    if scoring is None:
        return {"at": None}
    return {"at": scoring.at, "unit": scoring.unit, "horizon": scoring.horizon, "model": scoring.model}


def _told(run: Scoring) -> dict[str, Any]:
    from entourage.web.people.queries import trust_sentence

    rings = dict(zip(("passing", "known", "close", "inner"), run.counts["rings"].values(), strict=True))
    movements = {word or "steady": count for word, count in run.counts["movements"].items()}
    took = (run.finished_at - run.started_at).total_seconds() if run.finished_at else None
    return {
        "brand": run.brand.slug, **_when(run), "people": run.people, "activities": run.activities, "rings": rings,
        "standings": run.counts["names"], "tone": run.tone, "movements": movements, "trust": trust_sentence(run),
        "seconds": took,
    }  # fmt: skip


def _sentence(run: Scoring) -> str:
    told = _told(run)
    rings = ", ".join(f"{count:,} {ring}" for ring, count in reversed(told["rings"].items()))
    return f"{run.people:,} people stand as of {run.at:%Y-%m-%d %H:%M} UTC: {rings}.\n{told['trust']}"


def _person(row: Person) -> dict[str, Any]:
    from entourage.web.people.models import Ring

    told: dict[str, Any] = {"id": row.pk, "name": row.name, "handles": row.handles.split(), "networks": row.networks}
    stands = getattr(row, "standing", None)
    if stands is None:
        return told | {"standing": None}
    names = (
        "name", "weeks", "low", "high", "p_alive", "movement", "engaged", "opportunities", "acts", "asked", "answered",
        "warmth", "warmth_low", "warmth_high", "temper", "judged", "positive", "neutral", "negative",
    )  # fmt: skip
    kept = {name: getattr(stands, name) for name in (*names, "first_at", "last_at")}
    return told | {"standing": {**kept, "ring": Ring(stands.ring).name.lower()}}


def _line(row: Person, scoring: Scoring | None) -> str:
    stands = getattr(row, "standing", None)
    if stands is None or scoring is None:
        return f"{row.pk:>9}  {printable(row.name)}"
    span = f"{stands.low:.0f} to {stands.high:.0f} of the next {scoring.horizon} {scoring.unit}s"
    words = f"{stands.get_ring_display()}, {stands.get_name_display()}"
    return f"{row.pk:>9}  {printable(row.name):<32} {stands.weeks:5.1f}  ({span})  {_warmth(stands)}  {words}"


def _warmth(stands: Standing) -> str:
    """Warmth with its interval; a dash where nothing was judged."""
    if stands.warmth is None:
        return f"{'-':^22}"
    return f"{stands.warmth:+.2f} ({stands.warmth_low:+.2f} to {stands.warmth_high:+.2f})"


def _shown(story: Story) -> list[str]:
    """A person for the terminal: sentences, then weeks and messages, a line each."""
    stands = story.standing
    head = [story.person.name, story.sentence, story.temper]
    if stands:
        head.append(f"{stands.get_ring_display()}, {stands.get_name_display()}, {_warmth(stands).strip()}")
    return [printable(line) for line in [*head, *story.lines] if line]


def _nobody(brand: str) -> str:
    return f"Nobody matches. `entourage score --brand {brand}` makes the scores."


def _which(who: str, found: list[Person]) -> str:
    if not found:
        return f"WHO must be the number, handle or name of a person. Nobody is called {who!r}; try `entourage people`."
    several = ", ".join(f"{one.pk} ({one.name}, {one.networks})" for one in found[:5])
    return f"WHO must be one person. {who!r} may be {several}; give the number."


def _written(path: Path, pieces: Iterator[bytes]) -> Path:
    """The file, complete or not there: it gets its name when its last piece is in it."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        with writing(path):
            with draft.open("wb") as file:
                draft.chmod(0o600)
                for piece in pieces:
                    file.write(piece)
            return draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)  # half a file of what people wrote is not left behind
