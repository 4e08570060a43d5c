"""A brand's own labels: corrections hold for good, and a few labels a class make a better reader of an unseen trade."""

from __future__ import annotations

import numpy as np
import pytest

from entourage import InvalidInput, Label, Reader, Taught, teach

# Among climbers a "sick" or "savage" route is praised, a "soft" one is not: no public data set knows.
PRAISED = ("That {} route is sick", "Savage {} moves, so sick", "Brutal {} finish, properly savage")
BLAMED = ("That {} route is soft", "Soft {} moves again", "Such a soft, plush {} finish")
PLACES = ("north", "south", "east", "west", "upper", "lower", "left", "right")


def labelled() -> list[Label]:
    kinds = ((PRAISED, "positive"), (BLAMED, "negative"))
    return [
        Label(text.format(place), "sentiment", value) for texts, value in kinds for text in texts for place in PLACES
    ]


def test_labels_of_an_unseen_trade_teach_its_words() -> None:
    taught = teach(labelled())
    (told,) = taught.accuracy
    assert told.used
    assert told.share >= told.shipped + 0.08
    assert told.low <= told.share <= told.high
    signs = [
        one.sign for one in Reader(taught=taught).read(["What a savage, sick corner", "A soft corner, soft holds"])
    ]
    assert signs == [1, -1]


def test_how_right_the_shipped_reader_is_said_to_be_is_how_right_it_reads() -> None:
    spam = [f"Get {n} followers cheap, click here, DM me" for n in range(30)]
    asked = [f"Where is my parcel number {n}, please?" for n in range(30)]
    labels = [Label(text, "intent", "spam") for text in spam] + [
        Label(text, "intent", "care_question") for text in asked
    ]
    (told,) = teach(labels).accuracy
    read = Reader().read([label.text for label in labels], reasons=False)
    assert told.shipped == np.mean([one.intent == label.value for one, label in zip(read, labels, strict=True)])


def test_what_was_taught_survives_being_written_down() -> None:
    taught = teach(labelled())
    again = Taught.from_bytes(taught.to_bytes())
    texts = ["What a savage corner", PRAISED[0].format("north")]
    assert Reader(taught=again).read(texts) == Reader(taught=taught).read(texts)
    assert (again.id, again.stale) == (taught.id, False)


def test_a_corrected_text_reads_as_corrected_whatever_is_learned_beside_it() -> None:
    odd = Label("That new route is soft", "sentiment", "positive")
    taught = teach([odd, *labelled(), Label(odd.text, "intent", "idea")])
    (reading,) = Reader(taught=taught).read(["  That new  route is soft\n"])
    assert (reading.sign, reading.positive, reading.intent, reading.department) == (1, 1.0, "idea", "rnd")
    assert reading.corrected == ("intent", "sentiment")


def test_the_last_label_of_a_text_counts() -> None:
    taught = teach([Label("Meh", "sentiment", "positive"), Label("Meh", "sentiment", "negative")])
    assert Reader(taught=taught).read(["Meh"])[0].sign == -1


def test_labels_without_rhyme_or_reason_leave_the_shipped_reader_in_place() -> None:
    rng = np.random.default_rng(0)
    signs = rng.choice(["negative", "neutral", "positive"], 60)
    taught = teach([Label(f"message number {n}", "sentiment", sign) for n, sign in enumerate(signs)])
    text = ["This is another message altogether, thanks"]
    if not taught.accuracy[0].used:
        assert Reader(taught=taught).read(text) == Reader().read(text)
    assert taught.accuracy[0].share <= 0.5


def test_a_few_labels_are_no_error_and_no_head() -> None:
    taught = teach([Label("Meh", "sentiment", "negative")])
    assert (taught.heads, taught.accuracy) == ({}, ())


def test_a_label_with_an_unknown_value_says_where_it_stands() -> None:
    with pytest.raises(InvalidInput, match="It stands at place 1 of `labels`"):
        teach([Label("a", "intent", "idea"), Label("b", "intent", "rant")])


def test_bytes_of_something_else_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"Taught\.to_bytes"):
        Taught.from_bytes(b"\x93nothing")
