"""The commands of people, as they are typed."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest
from tests.web import world
from tests.web.people.lives import crowd

from entourage.web.core.models import Brand
from entourage.web.listen.models import Account, Activity
from entourage.web.people import queries

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tea(database_url):
    brand = world.brand("tea")
    crowd(brand)
    world.act(world.person(brand, "Zoë"), "idea", world.AT, text='Tea with "ginger",\nplease')
    return brand


def typed(*words):
    """The exit code, and what was written to standard output and to standard error."""
    command = [sys.executable, "-m", "entourage.cli", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout, done.stderr


def told(*words):
    code, out, err = typed(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_score_then_people_then_person_then_backtest_then_export(tea, tmp_path):
    run = told("score", "--brand", "tea")
    assert run["people"] == sum(run["rings"].values()) > 80
    assert run["trust"]
    people = told("people", "--brand", "tea", "--limit", "3")["people"]
    weeks = [one["standing"]["weeks"] for one in people]
    assert weeks == sorted(weeks, reverse=True)
    person = told("person", people[0]["handles"][0] if people[0]["handles"] else str(people[0]["id"]), "--brand", "tea")
    assert person["id"] == people[0]["id"]
    assert sum(sum(reason["acts"].values()) for reason in person["reasons"]) >= 13
    predictions = tmp_path / "predictions.csv"
    judged = told("backtest", "--brand", "tea", "--export", str(predictions))
    rows = list(csv.DictReader(predictions.read_text().splitlines()))
    assert len(rows) == judged["people"]
    assert sum(int(row["actual"]) for row in rows) == judged["verdict"]["actual"]
    assert {"predicted", "low", "high", "p_alive", "frequency", "recency_frequency"} <= rows[0].keys()
    assert {row["person"] for row in rows} <= {f"fan{number}" for number in range(90)}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_holds_every_row_as_it_was_written(tea, tmp_path, form):
    told("export", "--brand", "tea", "--out", str(tmp_path / "out"), "--format", form)
    acts = (tmp_path / "out" / f"activities.{form}").read_bytes().decode()
    lines = acts.splitlines() if form == "jsonl" else []
    read = [json.loads(line) for line in lines] or list(csv.DictReader(acts.splitlines(keepends=True)))
    assert 'Tea with "ginger",\nplease' in {row["text"] for row in read}
    names = {path.stem for path in (tmp_path / "out").iterdir()}
    assert names == set(queries.TABLES)


def test_what_was_exported_is_read_back_as_it_was(tea, tmp_path):
    page = Account.objects.of(tea).get(role="own")
    asked = world.act(world.person(tea, "Dee"), "comment", world.AT, toward=page, text="Crushed, again", tags=["tea"])
    world.act(page, "reply", world.AT, toward=asked.account, reply_to=asked, text="Sorry")
    told("export", "--brand", "tea", "--out", str(tmp_path))
    told("import", str(tmp_path / "activities.csv"), "--brand", "twin")
    twin = Brand.objects.get(slug="twin")
    same = ("network_id", "act", "at", "text", "tags", "account__network_id", "toward__network_id")
    first, second = (set(_plain(brand, same)) for brand in (tea, twin))
    assert second == first
    answer = Activity.objects.of(twin).get(text="Sorry")
    assert Activity.objects.of(twin).get(pk=answer.reply_to).text == "Crushed, again"
    assert Account.objects.of(twin).get(role="own").handle == "ourpage"


def _plain(brand, columns):
    rows = Activity.objects.of(brand).values_list(*columns)
    return [tuple(tuple(cell or ()) if isinstance(cell, list) else cell or "" for cell in row) for row in rows]


def test_an_unknown_brand_is_told_which_there_are(tea):
    code, _, err = typed("score", "--brand", "coffee")
    assert code == 1
    assert err == "`--brand` must be a brand that exists. Got coffee; there are: tea. Import a file to make it.\n"


def test_somebody_nobody_knows(tea):
    code, _, err = typed("person", "Ann", "--brand", "tea")
    assert code == 1
    assert "Nobody is called 'Ann'" in err


def test_where_nothing_can_be_written_is_said_before_the_work_begins(tea, tmp_path):
    (tmp_path / "taken").write_text("")
    assert typed("audit", "--brand", "tea", "--pdf", str(tmp_path / "none" / "a.pdf")) == (
        1, "", f"--pdf must lie in a folder that exists. {tmp_path / 'none'} does not. Make it first.\n"
    )  # fmt: skip
    assert typed("audit", "--brand", "tea", "--pdf", str(tmp_path)) == (
        1, "", f"--pdf must be a file. {tmp_path} is a folder. Name a file in it.\n"
    )  # fmt: skip
    assert typed("backtest", "--brand", "tea", "--export", str(tmp_path / "none" / "p.csv")) == (
        1, "", f"--export must lie in a folder that exists. {tmp_path / 'none'} does not. Make it first.\n"
    )  # fmt: skip
    below = tmp_path / "taken" / "out"
    assert typed("export", "--brand", "tea", "--out", str(below)) == (
        1, "", f"{below} must be writable. It is not: Not a directory. Name another.\n"
    )  # fmt: skip


def test_an_export_that_cannot_be_ended_leaves_no_half_file(tea, tmp_path):
    (tmp_path / "accounts.csv").mkdir()
    code, _out, err = typed("export", "--brand", "tea", "--out", str(tmp_path))
    assert (code, err) == (
        1,
        f"{tmp_path / 'accounts.csv'} must be writable. It is not: Is a directory. Name another.\n",
    )
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_the_service_names_what_was_promised_and_how_it_was_kept(tea):
    code, out, _err = typed("service", "--brand", "tea")
    lines = out.splitlines()
    assert (code, lines[-3:]) == (
        0,
        [f"{what}: nothing promised, or nothing due yet" for what in ("First answers", "Later answers", "Resolutions")],
    )
