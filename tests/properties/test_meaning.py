"""What finds meaning quickly finds what the slow twins find, whatever comes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.reference import meaning as slow

from entourage.engine.errors import InvalidInput
from entourage.engine.text.meaning.duplicates import PIECE, duplicates
from entourage.engine.text.meaning.everyday import common_words, words_of
from entourage.engine.text.meaning.nearest import Nearest, cosines_to, packed, unpacked
from entourage.engine.text.meaning.telling import telling
from entourage.engine.text.meaning.topics import COHESION, NEAR, topics, turned
from entourage.engine.text.meaning.trend import trend

WORDS = (
    "merci", "parcel", "@ann", "Été", "42", "7", "where", "is", "my", "kettle", "leaks", "http://t.co/x", "thé",
    "glacé",
)  # fmt: skip
# The first example waits for a kernel to be compiled.
unhurried = settings(deadline=None, max_examples=60)
talk = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=14)
anything = st.lists(st.text(max_size=60), max_size=8)
vectors = arrays(np.float32, st.tuples(st.integers(1, 40), st.just(6)), elements=st.floats(-1, 1, width=16))


def unit(rows):
    size = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(size > 1e-3, rows / np.maximum(size, 1e-3), 0).astype(np.float32)


@unhurried
@drawn(talk)
def test_groups_of_duplicates_are_never_larger_than_the_slow_twins(texts):
    """What is joined was compared; what shares little may be missed, and is allowed to be."""
    true = slow.grouped(texts, least=0.7, length=PIECE)
    found = duplicates(texts).tolist()
    assert all(true[place] == true[group] for place, group in enumerate(found))
    assert all(group <= place and found[group] == group for place, group in enumerate(found))


@unhurried
@drawn(talk)
def test_what_shares_nine_tenths_is_found(texts):
    found = duplicates(texts)
    for one in range(len(texts)):
        for other in range(one):
            if slow.alike(texts[one], texts[other], length=PIECE) >= 0.9:
                assert found[one] == found[other]


@unhurried
@drawn(anything)
def test_a_text_with_a_letter_is_a_copy_of_itself(texts):
    twice = duplicates([*texts, *texts])
    for place, text in enumerate(texts):
        if any(char.isascii() and char.isalpha() for char in text) and not {"@", "h", "H"} & set(text):
            assert twice[place] == twice[place + len(texts)]


COPIES = """
    httpd broke it                   | httpolis broke it              | other
    http://t.co/x crashed again      | crashed again                  | same
    HTTPS://T.CO/x crashed again     | crashed again                  | same
    @ann my teapot leaks             | @bob_2 my teapot leaks         | same
    @ann\u00a0théière fuit partout ici | @ann\u00a0chocolat fuit partout ici | other
    @ann\u00a0ma théière fuit partout | ma théière fuit partout        | same
    @ann: where is my parcel         | where is my parcel             | same
    @某某，你好，我的包裹在哪里啊         | 你好，我的包裹在哪里啊            | same
"""


@pytest.mark.parametrize("row", COPIES.strip().splitlines())
def test_a_name_and_an_address_end_where_they_end_everywhere(row):
    one, other, wanted = (part.strip() for part in row.split("|"))
    assert (duplicates([one, other])[1] == 0) == (wanted == "same")


@unhurried
@drawn(vectors, st.integers(1, 12), st.integers(1, 7))
def test_the_nearest_in_blocks_are_the_nearest_of_all(rows, limit, blocks):
    kept = packed(unit(rows))
    wanted = unit(rows)[0]
    search = Nearest(wanted, limit=limit)
    for block in np.array_split(np.arange(len(kept)), blocks):
        search.look(block, kept[block])
    keys, found = search.best()
    true = np.array([slow.cosine(wanted.tolist(), row.tolist()) for row in kept])
    assert np.allclose(found, np.sort(true)[::-1][:limit], atol=1e-4)
    assert np.allclose(true[keys], found, atol=1e-4)
    assert len(set(keys.tolist())) == len(keys) == min(limit, len(kept))


@unhurried
@drawn(vectors)
def test_bytes_keep_the_angles(rows):
    there = unit(rows)
    again = unpacked(packed(there))
    size = (there**2).sum(axis=1) > 0.5
    assert np.all((again * there).sum(axis=1)[size] > 0.999)
    assert np.allclose(cosines_to(there[0], packed(there))[0], float(size[0]), atol=2e-3)


def test_vectors_of_another_encoder_are_refused():
    with pytest.raises(InvalidInput, match=r"`vectors` must have 6 dimensions.*Got 7.*encode the messages again"):
        Nearest(np.ones(6, np.float32), limit=1).look(np.arange(2), np.zeros((2, 7), np.int8))
    with pytest.raises(InvalidInput, match=r"`limit` of the nearest must be at least 1. Got 0"):
        Nearest(np.ones(6, np.float32), limit=0)


@unhurried
@drawn(
    st.lists(
        st.lists(st.sampled_from(("tea", "kettle", "leaks", "day", "lovely", "cup")), max_size=5),
        min_size=4,
        max_size=12,
    )
)
def test_telling_words_are_the_heaviest_of_the_slow_twin(messages):
    texts = [" ".join(words) for words in messages]
    group = list(range(len(texts) // 2))
    (label,) = telling(texts, [group], people=list(range(len(texts))), most=1)
    said = [set(words_of(text)) - common_words() for text in texts]
    used = slow.weights(said, group, 1)
    fair = {word: weight for word, weight in used.items() if slow.fair(word, said, group)}
    assert (len(label) == 1) == bool(fair)
    if label:
        assert used[label[0]] == pytest.approx(max(fair.values()))


@unhurried
@drawn(vectors)
def test_a_topic_is_near_its_centre_together_and_said_by_several(rows):
    heap = unit(np.vstack([rows, np.repeat(rows[:1], 7, axis=0)]))
    people = np.arange(len(heap)) % 5
    found = topics(heap, people=people)
    seen = [place for topic in found for place in topic.members.tolist()]
    assert len(seen) == len(set(seen)), "a message is in one topic"
    there = heap[np.any(heap != 0, axis=1)]
    for topic in found:
        own = turned(heap[topic.members], there.mean(axis=0))
        assert np.all(own @ topic.centre >= NEAR - 1e-4)
        assert len(topic) >= 6
        assert len(set(people[topic.members].tolist())) >= 3
        together = own @ own.T
        others = ~np.eye(len(own), dtype=bool)
        assert together[others].mean() >= COHESION - 1e-3
        assert topic.nearness.tolist() == sorted(topic.nearness.tolist(), reverse=True)


@unhurried
@drawn(vectors)
def test_topics_are_the_same_each_time(rows):
    heap, people = unit(rows), np.arange(len(rows))
    one, other = topics(heap, people=people), topics(heap, people=people)
    assert [topic.members.tolist() for topic in one] == [topic.members.tolist() for topic in other]


@unhurried
@drawn(st.integers(0, 300), st.integers(0, 300), st.integers(1, 12))
def test_a_trend_lies_in_its_interval(now, before, weeks):
    found = trend(now, before, span_before=weeks)
    assert found.low >= 0
    if before:
        assert found.low <= found.times <= found.high
        assert found.times == pytest.approx(now / (before / weeks))
    else:
        assert found.times is None
        assert found.high is None


@unhurried
@drawn(st.integers(0, 200), st.integers(0, 200))
def test_a_trend_turned_around_is_its_inverse(now, before):
    there, back = trend(now, before, span_before=1.0), trend(before, now, span_before=1.0)
    assert there.sign == -back.sign
    if now and before:
        assert there.low == pytest.approx(1 / back.high)
