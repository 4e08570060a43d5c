"""Our count of characters beside Bluesky's own, over texts made to be hard."""

from __future__ import annotations

import json
import random
import subprocess
from typing import TYPE_CHECKING

from tools.bluesky import installed

from entourage.graphemes import graphemes

if TYPE_CHECKING:
    from collections.abc import Callable

# Marks, joiners, families, skins, flags, syllables in parts, conjuncts, signs that are not seen.
HARD = [
    *"ab é\r\n#1👩👧👍🏽🇫🇷❤©ก한한🏴निக",
    "\u0301",
    "\u200d",
    "\u200c",
    "\ufe0f",
    "\u20e3",
    "\u094d",
    "\u0600",
    "\xad",
]
PLAIN = [*"ab é\n#1👧👍❤한ก", "e\u0301", "👩\u200d👧", "👍🏽", "🇫🇷", "1\ufe0f\u20e3", "नि", "நி"]
THEIRS = """
const { createRequire } = require('module')
const { RichText } = createRequire(process.argv[1] + '/')('@atproto/api')
const texts = JSON.parse(require('fs').readFileSync(0))
console.log(JSON.stringify(texts.map((text) => new RichText({ text }).graphemeLength)))
"""


def as_bluesky_counts(texts: list[str]) -> list[int]:
    place = installed()
    command = [str(place.node / "bin" / "node"), "-e", THEIRS, str(place.network / "node_modules")]
    told = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return list(json.loads(told.stdout))


def made(signs: list[str], seed: int) -> list[str]:
    rng = random.Random(seed)  # noqa: S311 - texts, not keys
    return ["".join(rng.choices(signs, k=rng.randint(1, 12))) for _ in range(20_000)]


def test_what_people_write_is_counted_the_same() -> None:
    texts = made(PLAIN, 1)
    theirs = as_bluesky_counts(texts)
    assert [text for text, count in zip(texts, theirs, strict=True) if graphemes(text) != count] == []


def test_never_fewer_than_bluesky_counts_even_in_nonsense(say: Callable[[str], None]) -> None:
    texts = made(HARD, 2)
    theirs = as_bluesky_counts(texts)
    assert [(text, count) for text, count in zip(texts, theirs, strict=True) if graphemes(text) < count] == []
    over = sum(graphemes(text) > count for text, count in zip(texts, theirs, strict=True))
    say(f"of 20,000 nonsense texts {over} are counted longer than Bluesky does, none shorter")
