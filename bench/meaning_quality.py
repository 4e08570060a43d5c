"""How well meaning is found: on customers' questions of a bank, on everyday tweets, on the simulated tea brand."""

from __future__ import annotations

import json
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tools.models import corpus

from entourage.engine.ranks import auc
from entourage.engine.simulate import simulate, words
from entourage.engine.simulate.intents import Intent
from entourage.engine.text.close import CloseEncoder, installed
from entourage.engine.text.encoder import fast, see
from entourage.engine.text.meaning.duplicates import duplicates
from entourage.engine.text.meaning.territory import territory
from entourage.engine.text.meaning.topics import topics

if TYPE_CHECKING:
    from entourage.engine.text.encoder import Encoder
    from entourage.engine.text.meaning.territory import Territory

DATA = Path(__file__).parents[2] / "shared" / "data"
#: What simulated people write about the brand, and what they chat about; thanks, follow-ups and jobs are neither.
ABOUT = (
    Intent.QUESTION, Intent.DELIVERY, Intent.DEFECT, Intent.IDEA, Intent.PRAISE, Intent.REVIEW_GOOD, Intent.REVIEW_BAD,
    Intent.HELP, Intent.TASTING, Intent.COMPLAINT,
)  # fmt: skip
CHAT = (Intent.CHAT, Intent.FLATTERY, Intent.SPAM, Intent.ENTRY)
POSTS = (Intent.POST, Intent.POST_CONTEST, Intent.POST_TASTING, Intent.POST_CRISIS)
#: As somebody at the tea brand would give them.
TEA = (
    "thé", "tea", "infusion", "tisane", "sencha", "matcha", "genmaicha", "darjeeling", "théière", "teapot", "mug",
    "infuseur", "bouilloire", "kettle", "tilleul", "linden", "livraison", "commande", "boutique", "parcel", "order",
)  # fmt: skip
PLANTED = 15
AMONG = 285


def measured() -> dict[str, Any]:
    """All tables, a row for each encoder and question."""
    encoders = _encoders()
    found: dict[str, Any] = {"encoders": [one.id for one in encoders]}
    found["copies"] = [_copies()]
    for part, measure in (("territory", _territory), ("topics", _topics), ("planted", _planted), ("search", _search)):
        found[part] = [{"encoder": one.id, **row} for one in encoders for row in measure(one)]
    return found


def _encoders() -> list[Encoder]:
    return [fast(), CloseEncoder()] if installed() else [fast()]


@cache
def _bank() -> tuple[list[str], np.ndarray]:
    rows = corpus.banking()
    chosen = [rows[place] for place in np.random.default_rng(1).permutation(len(rows))[:3_000]]
    return [text for text, _ in chosen], np.array([category for _, category in chosen])


@cache
def _clinc() -> tuple[list[str], np.ndarray, list[str]]:
    told = json.loads((DATA / "clinc150" / "train_val.json").read_text())
    texts, intents = zip(*told["val"], strict=True)
    return list(texts), np.array(intents), [text for text, _ in told["oos_train"] + told["oos_val"]]


@cache
def _tweets() -> list[str]:
    french = (DATA / "sentiment" / "french" / "train_text.txt").read_text(encoding="utf-8").splitlines()
    english = (DATA / "tweets_sentiment_val" / "val_text.txt").read_text(encoding="utf-8").splitlines()
    return [line for pair in zip(french, english, strict=False) for line in pair]


@cache
def _brand() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Half a year of the simulated brand: texts, intents, and whether the brand itself wrote them."""
    made = simulate(people=1_500, weeks=26, seed=3)
    texts: list[str] = []
    intents: list[np.ndarray] = []
    own: list[np.ndarray] = []
    for week, _ in made.history():
        ours = (week.rows["page"] == 0) & np.array(words.table(week.rows, made.directory, made.plan)["text"]).astype(
            bool
        )
        texts += words.table(week.rows[ours], made.directory, made.plan)["text"].to_pylist()
        intents.append(week.rows["intent"][ours])
        own.append(week.rows["author"][ours] < 0)
    return texts, np.concatenate(intents), np.concatenate(own)


def _territory(encoder: Encoder) -> list[dict[str, Any]]:
    texts, intents, own = _brand()
    posts = [texts[place] for place in np.flatnonzero(own & np.isin(intents, POSTS))]
    answers = [texts[place] for place in np.flatnonzero(own & ~np.isin(intents, POSTS))]
    about = _chosen(texts, ~own & np.isin(intents, ABOUT))
    chat = _chosen(texts, ~own & np.isin(intents, CHAT))
    bank, _ = _bank()
    other, _, nothing = _clinc()
    drawn = {
        "tea: its posts": territory(posts, languages=["fr", "en"], encoder=encoder),
        "tea: 21 words": territory([], words=TEA, languages=["fr", "en"], encoder=encoder),
        "tea: posts, answers, words": territory(posts + answers, words=TEA, languages=["fr", "en"], encoder=encoder),
        "bank: 60 questions": territory(bank[:60], languages=["en"], encoder=encoder),
    }
    near = (("its chatter", chat), ("tweets", _tweets()))
    far = (("out of scope", nothing), ("other questions", other), ("tweets", _tweets()))
    asked = [(name, about, what, there) for name in list(drawn)[:3] for what, there in near]
    asked += [("bank: 60 questions", bank[60:], what, there) for what, there in far]
    return [
        {"from": name, "against": what, **_told_apart(encoder, drawn[name], ours, there)}
        for name, ours, what, there in asked
    ]


def _chosen(texts: list[str], where: np.ndarray) -> list[str]:
    return list(dict.fromkeys(texts[place] for place in np.flatnonzero(where)))


def _told_apart(encoder: Encoder, of: Territory, about: list[str], there: list[str]) -> dict[str, Any]:
    near, far = of.nearness(see(about, encoder)), of.nearness(see(there, encoder))
    both, ours = np.concatenate((near, far)), np.arange(len(near) + len(far)) < len(near)
    return {
        "auc": round(auc(both, ours), 3),
        "median_about": round(float(np.median(near)), 2),
        "median_against": round(float(np.median(far)), 2),
    }


def _topics(encoder: Encoder) -> list[dict[str, Any]]:
    bank, categories = _bank()
    other, intents, _ = _clinc()
    texts, tea, own = _brand()
    public = np.flatnonzero(~own)[-1_000:]
    heaps = {
        "1,000 questions to a bank, 77 kinds": (bank[:1_000], categories[:1_000]),
        "1,500 questions of 150 kinds": (other[:1_500], intents[:1_500]),
        "1,000 messages to the tea brand, 20 kinds": ([texts[place] for place in public], tea[public]),
    }
    return [{"of": name, **_pure(encoder, heap, kinds)} for name, (heap, kinds) in heaps.items()]


def _pure(encoder: Encoder, heap: list[str], kinds: np.ndarray) -> dict[str, Any]:
    found = topics(encoder.encode(heap), people=np.arange(len(heap)))
    inside = sum(len(topic) for topic in found)
    main = sum(Counter(kinds[topic.members].tolist()).most_common(1)[0][1] for topic in found)
    return {"topics": len(found), "covered": round(inside / len(heap), 2), "purity": round(main / max(inside, 1), 2)}


def _planted(encoder: Encoder) -> list[dict[str, Any]]:
    """Fifteen questions of one kind among tweets about nothing in common, kind by kind; and the tweets alone."""
    bank, categories = _bank()
    tweets = encoder.encode(_tweets())
    vectors = encoder.encode(bank)
    people = np.arange(AMONG + PLANTED)
    hit, inside, strangers, kinds = 0, 0, 0, 0
    for kind in sorted(set(categories.tolist())):
        place = np.flatnonzero(categories == kind)[:PLANTED]
        if len(place) < PLANTED:
            continue
        kinds += 1
        first = (kinds * AMONG) % (len(tweets) - AMONG)
        heap = np.vstack([tweets[first : first + AMONG], vectors[place]])
        best = max(((topic.members >= AMONG).sum() for topic in topics(heap, people=people)), default=0)
        hit, inside = hit + (best >= 6), inside + int(best)
        alone = topics(tweets[first : first + AMONG], people=people[:AMONG])
        strangers += len(alone)
    return [
        {
            "planted": f"{kinds} times {PLANTED} among {AMONG} tweets",
            "found": f"{hit / kinds:.0%}",
            "of_them": f"{inside / kinds / PLANTED:.0%}",
            "in_vain": f"{strangers / kinds:.1f} in {AMONG} tweets",
        }
    ]


def _search(encoder: Encoder) -> list[dict[str, Any]]:
    """Of the ten nearest to a question, how many are of its kind; beside TF-IDF over letters, the usual rival."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts, categories = _bank()
    vectors = encoder.encode(texts)
    rival = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True).fit_transform(texts)
    asked = np.arange(0, len(texts), 6)
    by_words = np.asarray((rival[asked] @ rival.T).todense())
    row = {"p_at_10": _precision(vectors[asked] @ vectors.T, asked, categories)}
    return [{"of": "3,000 questions to a bank", **row, "by_words": _precision(by_words, asked, categories)}]


def _precision(cosines: np.ndarray, asked: np.ndarray, kinds: np.ndarray) -> float:
    cosines[np.arange(len(asked)), asked] = -2
    best = np.argpartition(-cosines, 10, axis=1)[:, :10]
    return round(float((kinds[best] == kinds[asked][:, None]).mean()), 3)


def _copies() -> dict[str, Any]:
    """Tweets copied with a changed word, number, address or name: found again, and nothing else with them."""
    texts = [text for text in dict.fromkeys(_tweets()) if len(text) > 40]
    chance = np.random.default_rng(7)
    changed = [_changed(text, chance) for text in texts]
    duplicates(texts[:100])
    begin = time.perf_counter()
    groups = duplicates(texts + changed)
    took = time.perf_counter() - begin
    alone = duplicates(texts)
    found = int((groups[: len(texts)] == groups[len(texts) :]).sum())
    return {
        "pairs": len(texts), "found": f"{found / len(texts):.1%}",
        "joined": f"{(alone != np.arange(len(alone))).mean():.1%} of the originals",
        "per_s": round(2 * len(texts) / took),
    }  # fmt: skip


def _changed(text: str, chance: np.random.Generator) -> str:
    """As copies are: an address at the end, a name in front, one letter less, capitals."""
    cut = int(chance.integers(len(text)))
    edits = (text + " https://t.co/abc", "@somebody " + text, text[:cut] + text[cut + 1 :], text.upper(), text + " 42!")
    return edits[int(chance.integers(len(edits)))]
