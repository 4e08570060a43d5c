"""Warmth, and the name of a standing

Whether a person is for the brand or against it: expected share of their positive messages minus that of their negative
ones, -1 to 1, with an 80 % interval. In the drawings a line is a person and a character one judged message: `+` for,
`-` against, `o` neither, `?` where the reader abstained.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from tests.reference.drawn import NAMES

from entourage import named_standing, warmth
from entourage.engine.ties.standing import RINGS
from entourage.engine.ties.warmth import NAMES as STANDINGS
from entourage.engine.ties.warmth import TEMPERS, warmth_facts

SIGNS = {"+": 1, "o": 0, "-": -1, "?": None}
KIND = ["++o+", "+o", "o", "+", "+++", "---", "+-+o", "ooo"]
CROSS = ["--o-", "-o", "o", "-", "---", "+++", "-+-o", "ooo"]


def said(
    text: str, *, others: list[str] = KIND, times: int = 30, confusion: list[list[float]] | None = None
) -> dict[str, dict[str, float | str]]:
    """What warmth says of the people drawn, among others who speak as given."""
    lines = [(NAMES[line.split()[0]], line.split()[1]) for line in text.strip().splitlines()]
    lines += [(100 + index, signs) for index, signs in enumerate(others * times)]
    rows = [(who, SIGNS[sign]) for who, signs in lines for sign in signs]
    people = pa.array([who for who, _ in rows], pa.int64())
    signs = pa.array([sign for _, sign in rows], pa.int64())
    table = warmth(pa.table({"person": people, "sign": signs}), confusion=confusion)
    names = {number: name for name, number in NAMES.items()}
    return {names[row["person"]]: row for row in table.to_pylist() if row["person"] in names}


def tempers(text: str, *, others: list[str] = KIND) -> dict[str, float | str]:
    return {name: row["temper"] for name, row in said(text, others=others).items()}


def test_praise_is_warm_complaint_is_hostile_and_both_are_mixed() -> None:
    text = """
        Ann  ++o++++
        Cyd  ++--+--
        Dee  ---o---
    """
    assert tempers(text) == {"Ann": "warm", "Cyd": "mixed", "Dee": "hostile"}


def test_fewer_than_three_judged_messages_make_no_name_and_an_abstention_is_not_judged() -> None:
    """One kind word makes no friend, one cross word no enemy, and what could not be judged says nothing."""
    text = """
        Bob  ++???
        Dee  --
    """
    assert tempers(text) == {"Bob": "unknown", "Dee": "unknown"}


def test_somebody_of_few_words_is_thought_to_be_like_the_others() -> None:
    """The same two messages, among kind people and among cross ones."""
    text = """
        Bob  +o
    """
    kind, cross = said(text)["Bob"], said(text, others=CROSS)["Bob"]
    assert float(kind["warmth"]) > 0.2
    assert float(cross["warmth"]) < 0.15


def test_somebody_of_many_words_is_thought_to_be_like_themselves() -> None:
    text = """
        Ann  ++++++++++++++++o+++++++++++++++++++++++
    """
    kind, cross = said(text)["Ann"], said(text, others=CROSS)["Ann"]
    assert float(kind["warmth"]) > 0.85
    assert float(cross["warmth"]) > 0.8


def test_nobody_is_warm_only_because_the_others_are() -> None:
    """Among people who only praise, three neutral questions are still no praise, nor is one praise beside one blame."""
    text = """
        Bob  ooo
        Cyd  +-o
    """
    assert tempers(text, others=["+++", "++++", "++"]) == {"Bob": "mixed", "Cyd": "mixed"}


def test_however_alike_the_others_are_a_dozen_messages_are_heard() -> None:
    """Everybody else praises; a dozen complaints are a person who is against us, and not an accident among friends."""
    text = """
        Dee  ------------
    """
    assert tempers(text, others=["+++", "++o+", "++++"]) == {"Dee": "hostile"}


def test_neutral_messages_cool_the_number_and_hardly_the_name() -> None:
    """Ann asks much and praises; the sign of her relation is that of what she said for or against."""
    text = """
        Ann  ++++oooooooooooooooo
        Cyd  ++++
    """
    people = said(text)
    assert people["Ann"]["warmth"] < people["Cyd"]["warmth"]
    assert people["Ann"]["temper"] == people["Cyd"]["temper"] == "warm"


def test_more_of_the_same_makes_the_interval_narrower() -> None:
    text = """
        Ann  +o+
        Cyd  +o++o++o++o+
    """
    people = said(text)
    width = {name: float(row["high"]) - float(row["low"]) for name, row in people.items()}
    assert width["Cyd"] < width["Ann"]


def test_a_reader_that_errs_makes_nobody_surer() -> None:
    """Of two complaints one is taken for something else, and of two praises one: the same words tell less."""
    text = """
        Bob  -----
        Dee  ------------------
    """
    errs = [[0.5, 0.3, 0.2], [0.3, 0.4, 0.3], [0.2, 0.3, 0.5]]
    doubted = said(text, confusion=errs)
    assert tempers(text) == {"Bob": "hostile", "Dee": "hostile"}
    assert {name: row["temper"] for name, row in doubted.items()} == {"Bob": "mixed", "Dee": "hostile"}


def test_a_brand_whose_people_said_nothing_judged_still_has_an_answer() -> None:
    facts = warmth_facts(warmth(pa.table({"person": [1], "positive": [0], "neutral": [0], "negative": [0]})))
    assert facts["mean"] == pytest.approx({"positive": 1 / 3, "neutral": 1 / 3, "negative": 1 / 3}, abs=0.01)
    row = warmth(pa.table({"person": [1], "positive": [0], "neutral": [0], "negative": [0]})).to_pylist()[0]
    assert (row["warmth"], row["low"], row["temper"]) == (None, None, "unknown")


def test_ring_and_warmth_together_name_the_standing() -> None:
    """Columns: ring, temper, judged messages, name. An angry regular is no ally, and no passer-by is called a critic
    for one cross word."""
    table = """
        inner    warm     9  ally
        close    warm     3  ally
        close    mixed    9  regular
        inner    unknown  2  regular
        close    unknown  0  regular
        inner    hostile  9  hostile_regular
        known    hostile  3  critic
        passing  hostile  5  critic
        known    warm     9  passing
        passing  mixed    4  passing
        passing  unknown  2  passing
        passing  unknown  0  unknown
        known    unknown  0  unknown
    """
    rows = [line.split() for line in table.strip().splitlines()]
    ring = np.array([RINGS.index(row[0]) for row in rows], np.int8)
    temper = np.array([TEMPERS.index(row[1]) for row in rows], np.int8)
    names = named_standing(ring, temper, judged=np.array([int(row[2]) for row in rows]))
    assert [STANDINGS[name] for name in names] == [row[3] for row in rows]
