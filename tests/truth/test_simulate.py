"""The simulator keeps its promises: the same bytes, the true hazard, bounded memory, files that readers understand."""

from __future__ import annotations

import csv
import gzip
import json
import re
import tracemalloc
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from entourage.engine.errors import InvalidInput
from entourage.engine.log import ACTS
from entourage.engine.simulate import Role, life, simulate, write
from entourage.engine.simulate.intents import GESTURES, Intent
from entourage.engine.simulate.rows import MEANINGFUL_ACT
from entourage.engine.simulate.texts import bank, en, fr
from entourage.engine.simulate.texts.bank import PAIRED

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulated")
    write(simulate(people=300, weeks=20, seed=3), folder / "brand.jsonl", rehearsals=1)
    write(simulate(people=300, weeks=20, seed=3), folder / "brand.csv.gz", rehearsals=1)
    return folder


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(files: Path, tmp_path: Path) -> None:
    for name, seed in (("again", 3), ("other", 4)):
        write(simulate(people=300, weeks=20, seed=seed), tmp_path / f"{name}.jsonl", rehearsals=1)
    first = (files / "brand.jsonl").read_bytes()
    assert (tmp_path / "again.jsonl").read_bytes() == first
    assert (tmp_path / "other.jsonl").read_bytes() != first
    assert (tmp_path / "again.jsonl.truth.csv").read_bytes() == (files / "brand.jsonl.truth.csv").read_bytes()
    assert gzip.decompress((files / "brand.csv.gz").read_bytes()).count(b"\n") == first.count(b"\n") + 1


def test_the_bytes_do_not_depend_on_how_the_rows_are_cut(files: Path, tmp_path: Path) -> None:
    for name in ("brand.jsonl", "brand.csv.gz"):
        write(simulate(people=300, weeks=20, seed=3), tmp_path / name, rehearsals=1, chunk=17)
        assert (tmp_path / name).read_bytes() == (files / name).read_bytes()


def test_a_broken_off_file_leaves_nothing_under_its_name(tmp_path: Path) -> None:
    def stopped(done: int, weeks: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(simulate(people=60, weeks=12), tmp_path / "brand.jsonl", progress=stopped)
    assert not list(tmp_path.iterdir())


def test_a_week_is_the_same_whether_or_not_the_ones_before_are_kept() -> None:
    brand = simulate(people=200, weeks=16, seed=5)
    stepwise = list(brand.batches())
    *_, last = brand.batches()
    assert last.equals(stepwise[-1])


def test_each_line_is_an_activity_with_everything_a_reader_needs(files: Path) -> None:
    lines = [json.loads(line) for line in (files / "brand.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(line["generator"]["name"] == "entourage simulate" for line in lines)
    assert all(before["published"] <= after["published"] for before, after in pairwise(lines))
    assert {line["entourage:act"] for line in lines} <= set(ACTS)
    assert {"Create", "Like", "Announce", "Follow", "Accept"} == {line["type"] for line in lines}
    notes = {line["object"]["id"] for line in lines if line["type"] == "Create"}
    assert len({line["id"] for line in lines}) == len(lines)
    answered = [
        line["object"]["inReplyTo"] for line in lines if line["type"] == "Create" and "inReplyTo" in line["object"]
    ]
    assert len(answered) > 500
    assert set(answered) <= notes
    assert {line["object"] for line in lines if line["type"] in {"Like", "Announce"}} <= notes


def test_the_two_formats_tell_the_same(files: Path) -> None:
    with gzip.open(files / "brand.csv.gz", "rt", encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    lines = [json.loads(line) for line in (files / "brand.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(table) == len(lines)
    for row, line in zip(table, lines, strict=True):
        assert row["simulated"] == "entourage simulate"
        assert (row["at"], row["act"], row["actor_handle"]) == (
            line["published"],
            line["entourage:act"],
            line["actor"]["preferredUsername"],
        )
        if line["type"] == "Create":
            assert row["text"] == line["object"]["content"]
            assert row["in_reply_to"] == line["object"].get("inReplyTo", "")


def test_truth_and_calls_lie_beside_and_name_themselves_as_simulated(files: Path) -> None:
    for name, count in (("brand.jsonl.truth.csv", 300), ("brand.jsonl.calls.csv", None)):
        with (files / name).open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        assert {row["simulated"] for row in table} == {"entourage simulate"}
        assert count in {None, len(table)}


def test_no_answer_comes_before_its_question() -> None:
    brand = simulate(people=400, weeks=20, seed=9)
    at: dict[str, int] = {}
    for batch in brand.batches():
        for key, moment, target in zip(
            batch["id"].to_pylist(), batch["at_us"].to_pylist(), batch["in_reply_to"].to_pylist(), strict=True
        ):
            at[key] = moment
            assert not target or at[target] <= moment


def test_expected_weeks_are_what_comes_true() -> None:
    """The future is lived once for real and eight times in rehearsal: the sums agree."""
    truth = simulate(people=6_000, weeks=40, seed=11).truth(future=True).to_pandas()
    expected, came = truth["expected_weeks"], truth["future_weeks"]
    assert abs(expected.sum() - came.sum()) < 4 * np.sqrt(came.sum()) + 0.02 * came.sum()
    often = truth[expected > 3]
    assert len(often) > 100
    assert often["future_weeks"].mean() == pytest.approx(often["expected_weeks"].mean(), rel=0.08)
    assert np.corrcoef(expected, came)[0, 1] > 0.8


def test_behaviour_is_bursty_and_seasonal() -> None:
    brand = simulate(people=6_000, weeks=52, seed=2)
    acts = np.zeros((52, 6_000), np.int64)
    for index, (week, _) in enumerate(brand.history()):
        rows = week.rows[(week.rows["author"] >= 0) & MEANINGFUL_ACT[week.rows["act"]]]
        acts[index] = np.bincount(rows["author"], minlength=6_000)
    weekly = acts[20:, brand.people.of(Role.CLOSE, Role.HELPER)]
    assert (weekly.var(axis=0) / weekly.mean(axis=0).clip(0.1)).mean() > 1.8  # a Poisson number has 1
    assert weekly[14:18].mean() > 1.15 * weekly[2:12].mean()  # weeks before Christmas against autumn


def test_a_lively_circle_and_an_answer_warm_a_person_and_silence_makes_them_leave() -> None:
    """What one week does to the next, one cause at a time: the friends of the active, the answered, the ignored."""
    people = simulate(people=4_000, weeks=12, seed=2).people
    state, none = life.born(people), np.zeros(len(people), np.int64)
    lively = np.where(np.arange(len(people)) % 3 == 0, 2, 0) * (people.circle % 2 == 0)
    watching = np.flatnonzero((np.arange(len(people)) % 3 != 0) & (people.role != Role.RELAY))
    after = {
        cause: life.aged(state, felt, people, blow=0, rng=np.random.default_rng(1))
        for cause, felt in (
            ("nothing", life.Felt(none, none, none)),
            ("friends", life.Felt(lively, none, none)),
            ("answered", life.Felt(none, none + 1, none)),
            ("ignored", life.Felt(none, none, none + 2)),
        )
    }
    even = people.circle[watching] % 2 == 0
    heat = after["friends"].heat[watching]
    assert heat[even].mean() > heat[~even].mean() + 0.05
    assert after["answered"].heat.mean() > after["nothing"].heat.mean() + 0.15
    again = {
        cause: life.aged(one, life.Felt(none, none, none), people, blow=0, rng=np.random.default_rng(2)).alive.sum()
        for cause, one in after.items()
    }
    assert again["ignored"] < 0.98 * again["nothing"]


def test_memory_does_not_grow_with_the_activities(tmp_path: Path) -> None:
    """A hundred thousand people: what is held is the people and one week, not the weeks that are written."""
    peaks = []
    for weeks in (12, 24):
        brand = simulate(people=100_000, weeks=weeks, seed=1)
        tracemalloc.start()
        for week, _ in brand.history():
            assert len(week.rows) < 200_000
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert max(peaks) < 120e6
    assert peaks[1] < 1.5 * peaks[0]


def test_names_and_handles_are_all_different_and_plain() -> None:
    brand = simulate(people=20_000, weeks=12, seed=1)
    handles = brand.people.handle.to_pylist()
    assert len(set(handles)) == len(handles)
    assert all(set(handle) <= set("abcdefghijklmnopqrstuvwxyz0123456789._") for handle in handles)


def test_texts_are_many_need_no_escaping_and_leave_no_slot_open() -> None:
    for source in (fr, en):
        assert sum(len(texts) for texts in source.SENTENCES.values()) >= 150
        assert set(source.SENTENCES) == set(Intent) - set(GESTURES)
    for shelf in (bank().openers, bank().sentences, bank().closers):
        joined = "".join(shelf.phrases.to_pylist())
        assert not set(joined) & set('"\\{}')
        assert joined.isprintable()


def test_an_answer_fits_its_question() -> None:
    """Asked about a workshop in a city, the page and the helpers answer about that workshop, in that city."""
    for source in (fr, en):
        for answer, question in PAIRED.items():
            assert len(source.SENTENCES[answer]) == len(source.SENTENCES[question])
    brand = simulate(people=2_500, weeks=20, seed=7)
    rows = [row for batch in brand.batches() for row in batch.select(["id", "text", "in_reply_to", "act"]).to_pylist()]
    asked = {row["id"]: re.search(r"Y a-t-il un atelier à (\w+)", row["text"]) for row in rows}
    told = [
        (row["text"], asked[row["in_reply_to"]][1])
        for row in rows
        if row["act"] in {"help", "reply"} and asked.get(row["in_reply_to"]) and " à " in row["text"]
    ]
    fitting = [city in text for text, city in told if "samedi" in text or "le mois dernier" in text]
    assert len(fitting) > 5
    assert all(fitting)


def test_two_neighbours_seldom_say_the_same() -> None:
    brand = simulate(people=2_500, weeks=12, seed=7)
    texts = Counter(text for batch in brand.batches() for text in batch["text"].to_pylist() if len(text) > 40)
    assert texts.most_common(1)[0][1] / texts.total() < 0.02


def test_a_name_that_tells_no_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        write(simulate(people=60, weeks=12), tmp_path / "brand.txt")
    assert str(raised.value) == (
        "`out` must end in .jsonl, .csv, .jsonl.gz, .csv.gz. Got brand.txt; the name tells the format."
    )
    assert not list(tmp_path.iterdir())


def test_a_truth_without_rehearsals_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        write(simulate(people=60, weeks=12), tmp_path / "brand.csv", rehearsals=0)
    assert str(raised.value) == (
        "`rehearsals` of a simulation must be at least 1. Got 0; the expected weeks come from them."
    )
    assert not list(tmp_path.iterdir())


def test_progress_is_told_week_by_week(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write(
        simulate(people=60, weeks=12),
        tmp_path / "brand.jsonl",
        rehearsals=1,
        progress=lambda *step: told.append(step),
    )
    assert told == [(done, 13) for done in range(1, 14)]
