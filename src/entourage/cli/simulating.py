"""``entourage simulate``: a brand with known truth, at any size."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from entourage.cli.frame import JSON, Bar, place_for, progress, say, writing

commands = typer.Typer()


@commands.command()
def simulate(
    out: Annotated[Path, typer.Option(help="Where to write: .jsonl or .csv, with .gz if wanted.", dir_okay=False)],
    people: Annotated[int, typer.Option(min=60, max=5_000_000, help="How many people.")] = 2_500,
    weeks: Annotated[int, typer.Option(min=12, max=520, help="How many weeks.")] = 52,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same file.")] = 7,
    json: JSON = False,
) -> None:
    """Simulate a brand, its people and their moods, with the truth beside it in FILE.truth.csv.

    Nobody in it exists. It has what real presences have: bought fans in lockstep, a contest with prize hunters, a
    crisis, a deserted fortnight, helpers, ironic praise. What a method finds can be held against the truth.

    Example: [bold]entourage simulate --people 100000 --seed 7 --out simulated.jsonl.gz[/]
    """
    from entourage.engine.simulate import simulate as made
    from entourage.engine.simulate import write

    place_for("--out", out)
    with ExitStack() as stack:
        bar: Bar | None = None if json else stack.enter_context(progress(f"Simulating {people:,} people"))
        with writing(out):
            written = write(made(people=people, weeks=weeks, seed=seed), out, progress=bar)
    truth, calls = out.with_name(out.name + ".truth.csv"), out.with_name(out.name + ".calls.csv")
    answer = {"people": people, "weeks": weeks, "seed": seed, "activities": written.activities, "calls": written.calls}
    text = (
        f"{written.activities:,} simulated activities of {people:,} people in {out}; the truth about them in {truth}."
    )
    say({**answer, "out": str(out), "truth": str(truth), "calls_out": str(calls)}, json=json, text=text)
