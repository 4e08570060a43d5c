"""The reader as a whole: what it is called by, what it refuses, and how much it holds at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from entourage import InvalidInput, Reader, read
from entourage.engine.text import weights
from entourage.engine.text.labels import Label, check

LONG = """
import resource
from entourage import Reader
reader = Reader(languages=["en"])
text = "where is my parcel, it has been three weeks now and nobody answers! " * 60
reader.read([text] * 10)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert len(reader.read([text] * 1_000)) == 1_000
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("model", ["language", "lexicon", "sentiment", "vehemence", "intent"])
def test_the_readers_name_changes_with_each_model_that_it_reads_by(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, name = Reader().id, weights.name
    monkeypatch.setattr(weights, "name", lambda asked: name(asked) + ("-anew" if asked == model else ""))
    assert Reader().id != before


def test_no_language_named_means_all_of_them() -> None:
    assert Reader(languages=[]).id == Reader().id != Reader(languages=["fr"]).id
    assert Reader(languages=[]).read(["Où est mon colis ?"])[0].language == "fr"


def test_languages_that_nobody_tells_apart_are_refused_with_those_that_are() -> None:
    with pytest.raises(InvalidInput, match=r"Got nb; known: ar, bg, .*, no, "):
        read(["Hvor er pakken min?"], languages=["nb"])
    assert read(["Hvor er pakken min?"], languages=["nb", "no"])[0].language == "no"


def test_where_no_sign_is_told_no_words_decided_it() -> None:
    texts = [
        "Bravo, encore un colis perdu, merci",
        "Le service est horrible",
        "je sais pas trop",
        "peut-être demain, on verra",
    ]
    found = read(texts, languages=["fr"])
    unsure = [one for one in found if one.sign is None]
    assert unsure
    assert not [reason for one in unsure for reason in one.reasons if reason.about == "sentiment"]
    assert [reason.words for reason in found[1].reasons if reason.about == "sentiment"] == ["horrible"]


def test_a_thousand_long_messages_take_little_more_memory_than_ten() -> None:
    done = subprocess.run([sys.executable, "-c", LONG], capture_output=True, text=True, check=True, timeout=120)
    assert int(done.stdout) < 200, "MB"


def test_short_and_long_messages_are_answered_in_their_order() -> None:
    texts = ["ok", "merci " * 1_000, "", "bravo"] * 200
    found = read(texts, languages=["fr"], reasons=False)
    assert [one.vehemence for one in found[:4]] * 200 == pytest.approx([one.vehemence for one in found], abs=1e-6)


@pytest.mark.parametrize("value", ["FR", "éé", "1a", "fra", ""])
def test_a_language_is_corrected_to_a_code_only(value: str) -> None:
    with pytest.raises(InvalidInput, match=r"must be a two-letter code such as fr, or und\. Got"):
        check(Label("hej", "language", value))
