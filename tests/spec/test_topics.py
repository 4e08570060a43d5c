"""Topics, copies, trends

What a heap of messages talks about is found by meaning; what nothing is found in is said to have no topic. In the
drawings each letter is what a message is about, and `?` is about nothing that another one is.
"""

from __future__ import annotations

import numpy as np
import pytest

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.text.meaning.duplicates import duplicates
from entourage.engine.text.meaning.telling import telling
from entourage.engine.text.meaning.territory import territory
from entourage.engine.text.meaning.topics import Topic, topics
from entourage.engine.text.meaning.trend import trend

DIMENSIONS = 256


def drawn(text: str) -> np.ndarray:
    """A vector a letter: the same letter is nearly the same direction, ``?`` is always a new one."""
    letters, chance = "".join(text.split()), np.random.default_rng(3)
    places = {letter: chance.normal(size=DIMENSIONS) for letter in sorted(set(letters) - {"?"})}
    rows = [
        places.get(letter, chance.normal(size=DIMENSIONS) * 2) + 0.3 * chance.normal(size=DIMENSIONS)
        for letter in letters
    ]
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def found(text: str, people: str = "", **asked) -> list[Topic]:
    letters = "".join(text.split())
    who = np.array([ord(letter) for letter in "".join(people.split())]) if people else np.arange(len(letters))
    return topics(drawn(text), people=who, **asked)


def said(text: str, heap: list[Topic]) -> list[str]:
    letters = "".join(text.split())
    return ["".join(letters[place] for place in sorted(topic.members.tolist())) for topic in heap]


def test_messages_about_one_thing_are_a_topic_the_most_talked_about_first() -> None:
    text = "?a?b?a a?b?a ?b?a? ?ba?a?b?b? ?a"
    assert said(text, found(text)) == ["aaaaaaaa", "bbbbbb"]


def test_messages_with_nothing_in_common_have_no_topic() -> None:
    text = "?????????? ?????????? ????? aaa ????? bb ????"
    assert found(text) == []
    assert topics(np.zeros((4, 8), np.float32), people=np.arange(4)) == []


def test_one_person_who_says_it_ten_times_is_no_topic() -> None:
    """Ann alone repeats herself; three people are the least."""
    text = "aaaaaaaaaa ??????????"
    alone = "AAAAAAAAAA BCDFGHIJKL"
    three = "AAAAAABBCC DFGHIJKLMN"
    assert found(text, alone) == []
    assert said(text, found(text, three)) == ["aaaaaaaaaa"]


def test_what_all_messages_share_is_not_a_topic() -> None:
    """A tea brand's messages are all of tea: that is taken out before looking."""
    heap = drawn("?a?a?a?a?a?a" + "?" * 60)
    tea = drawn("t")[0] * 2
    told = heap + tea
    told /= np.linalg.norm(told, axis=1, keepdims=True)
    assert [len(topic) for topic in topics(told, people=np.arange(len(told)))] == [6]


def test_a_known_topic_takes_what_lies_near_it_and_keeps_its_place() -> None:
    """Two messages are too few for a new topic, and enough to be one more of a known one."""
    known = found("aaaaaaaa ????????????????")[0]
    later = "aa ????? bbbbbb ???????????"
    shared = np.zeros(DIMENSIONS, np.float32)
    heap = topics(drawn(later), people=np.arange(24), common=shared, known=known.centre[None])
    assert [(topic.known, len(topic)) for topic in heap] == [(-1, 6), (0, 2)]


def test_who_wrote_must_be_told_for_each_message() -> None:
    with pytest.raises(InvalidInput, match=r"`people` must name who wrote each message. Got 2 for 3 messages"):
        topics(drawn("abc"), people=np.arange(2))


def test_a_copy_is_found_under_other_names_addresses_numbers_and_accents() -> None:
    table = """
        0 @ann Gagne 100 euros en été https://t.co/x !
        0 gagne 250 EUROS EN ETE
        2 Où est mon colis ?
        3 Gagne ta journée
        2 ou est mon colis
    """
    lines = [line.strip().split(" ", 1) for line in table.strip().splitlines()]
    assert duplicates([text for _, text in lines]).tolist() == [int(first) for first, _ in lines]


def test_a_share_of_nothing_is_no_share() -> None:
    with pytest.raises(InvalidInput, match=r"`least` of duplicates must be a share above 0 and at most 1. Got 0"):
        duplicates(["a"], least=0)


def test_a_label_holds_words_that_tell_and_that_three_people_use() -> None:
    """Everybody says "the"; only Dee says "scandal"."""
    table = """
        Ann the kettle leaks
        Bob the kettle leaks again
        Dee the kettle leaks scandal scandal
        Cyd the day is lovely
        Ann the weather is lovely
        Bob the cake
    """
    lines = [line.strip().split(" ", 1) for line in table.strip().splitlines()]
    people = [("Ann", "Bob", "Cyd", "Dee").index(name) for name, _ in lines]
    assert telling([text for _, text in lines], [[0, 1, 2]], people=people) == [("kettle", "leaks")]


@pytest.mark.parametrize(
    ("now", "weeks_before", "sign"),
    [(12, "3 4 5 4", 1), (5, "3 4 5 4", 0), (0, "9 8 9 8", -1), (6, "0 0 0 0", 1), (2, "0 0 0 0", 0)],
)
def test_a_topic_rises_only_where_chance_does_not_explain_it(now: int, weeks_before: str, sign: int) -> None:
    before = [int(count) for count in weeks_before.split()]
    assert trend(now, sum(before), span_before=len(before)).sign == sign


def test_half_a_week_is_compared_with_half_weeks() -> None:
    whole, half = trend(8, 40, span_before=10), trend(4, 40, span_before=10, span=0.5)
    assert (whole.times, half.times) == (2.0, 2.0)


def test_a_trend_of_no_time_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"must be counts and the spans longer than 0. Got 1, 1, 1.0, 0"):
        trend(1, 1, span_before=0)


def test_a_brand_that_has_said_nothing_has_no_territory() -> None:
    with pytest.raises(NotEnoughData, match=r"at least 12 different posts and words.* Got 2"):
        territory(["Tea is here", "Tea is here", "Tea is here!"], words=["tea", "tea "])
