"""How good is closeness, and where does it lose? The tables of docs/methods/closeness.md, printed.

    python -m bench.ties

Real logs from ../shared/data (skipped, and said, where absent) and a simulated brand, whose truth is known.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa

from entourage import DAY, HOUR, WEEK, backtest, closeness
from entourage.engine.log import DAY_US
from entourage.engine.simulate import simulate

if TYPE_CHECKING:
    import pandas as pd

    from entourage import Backtest

DATA = Path(__file__).parents[2] / "shared" / "data"
RULES = ("closeness", "bgbb", "frequency", "recency_frequency", "own_past")
HEAD = "| cut | model | people | came back | {} | forecast | BG/BB's | actual | verdict |".format(" | ".join(RULES))
UNTIL = datetime(2025, 3, 31, 6, tzinfo=UTC)


def main() -> None:
    """Print all tables."""
    if DATA.is_dir():
        higgs()
        cdnow()
    else:
        print("The data sets of ../shared/data are not here: the tables of higgs_ego88 and CDNOW are left out.")
    simulated()


def higgs() -> None:
    """One explosive week: acts towards account 88, hours, the next 24 of them."""
    connection = duckdb.connect()
    events = str(DATA / "higgs_ego88" / "events.tsv.gz")
    connection.execute(
        "CREATE TABLE log AS SELECT actor::BIGINT AS person, unix_time * 1000000::BIGINT AS at_us "
        "FROM read_csv(?, delim = '\t') WHERE target = 88",
        [events],
    )
    _title("higgs_ego88, hours, horizon 24")
    for share in (0.4, 0.5, 0.6, 0.7, 0.8):
        _rows(f"{share:.0%}", connection.table("log"), share=share, horizon=DAY, unit=HOUR)


def cdnow() -> None:
    """A shop's customers, weeks: 23,570 of them, and the one in ten that the literature uses."""
    start = datetime(1997, 1, 1, tzinfo=UTC)
    for name, columns in (("CDNOW_master.txt", (0, 1)), ("CDNOW_sample.txt", (1, 2))):
        log = _purchases(DATA / "cdnow" / name, columns, start)
        _title(name)
        for learn, judge in ((39, 39), (39, 13), (52, 13), (65, 13)):
            _rows(f"{learn} + {judge}", log, at=start + learn * WEEK, horizon=judge * WEEK)


def simulated(people: int = 20_000, weeks: int = 78) -> None:
    """A brand that nobody modelled with BG/BB: backtests, and the true expectation of the coming quarter."""
    brand = simulate(people=people, weeks=weeks, seed=5, until=UNTIL)
    log = pa.concat_tables(batch.select(["person", "at_us", "act"]) for batch in brand.batches())
    truth = brand.truth(rehearsals=8).to_pandas()
    others = truth.loc[truth.staff | truth.bot | truth.elsewhere, "person"].tolist()
    known = set(truth.person)
    others += [who for who in np.unique(log["person"].to_numpy()).tolist() if who not in known]
    _title(f"simulated, {people} people, {weeks} weeks")
    for back in (39, 26, 13):
        _rows(f"{weeks - back} + 13", log, at=UNTIL - back * WEEK, horizon=13 * WEEK, exclude=others)
    said = closeness(log, at=UNTIL, exclude=others).to_pandas().merge(truth, on="person")
    held = {name: _held(said[name], said.expected_weeks) for name in ("weeks", "x", "expected_weeks")}
    near = np.corrcoef(said.weeks, said.expected_weeks)[0, 1]
    print(
        "\nAgainst the true expectation of the next quarter, of all engaged weeks to come the closest twentieth holds"
    )
    print(f"{held['weeks']:.0%} (the most frequent {held['x']:.0%}, the truly closest {held['expected_weeks']:.0%});")
    print(f"correlation {near:.3f}; total {said.weeks.sum() / said.expected_weeks.sum():.2f} of the true one.")


def _held(score: pd.Series[float], truth: pd.Series[float]) -> float:
    """Share of the truth that the highest twentieth by ``score`` holds."""
    highest = score.sort_values(ascending=False, kind="stable").index[: len(score) // 20]
    return float(truth[highest].sum() / truth.sum())


def _purchases(path: Path, columns: tuple[int, int], start: datetime) -> pa.Table:
    lines = [line.split() for line in path.read_text().splitlines()]
    rows = [(line[columns[0]], line[columns[1]]) for line in lines if line and line[0].isdigit()]
    days = [date(int(day[:4]), int(day[4:6]), int(day[6:])).toordinal() - start.toordinal() for _, day in rows]
    first = int(start.timestamp()) * 1_000_000
    return pa.table({"person": [int(who) for who, _ in rows], "at_us": [first + day * DAY_US for day in days]})


def _title(name: str) -> None:
    print(f"\n**{name}**\n\n{HEAD}\n|{'---|' * HEAD.count(' | ')}---|")


def _rows(cut: str, log: Any, **arguments: Any) -> None:
    result = backtest(log, **arguments)
    plain = result if result.model == "bgbb" else backtest(log, model="bgbb", **arguments)
    print(_row(cut, result, plain))


def _row(cut: str, result: Backtest, plain: Backtest) -> str:
    auc = {one.name: one.auc for one in (*plain.measures, *result.measures)} | {"bgbb": plain.measures[0].auc}
    totals = (result.measures[0].forecast, plain.measures[0].forecast, result.measures[0].actual)
    cells = [cut, result.model, f"{result.people:,}", f"{result.returned:,}", *(f"{auc[rule]:.3f}" for rule in RULES)]
    return f"| {' | '.join([*cells, *(f'{total:,.0f}' for total in totals), result.verdict.code])} |"


if __name__ == "__main__":
    main()
