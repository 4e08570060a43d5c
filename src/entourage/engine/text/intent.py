"""What a message wants: rules where few words leave no doubt, then a head over our example sentences, then silence.

The department that should hear it and what it teaches follow from it. See docs/methods/intent.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from entourage.engine.text import rules, sentiment, weights
from entourage.engine.text.head import Head, softmax
from entourage.engine.text.language import has_words
from entourage.engine.text.vehemence import CLASSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.text.encoder import Seen
    from entourage.engine.text.phrases import Hits
    from entourage.engine.text.residual import Residual
    from entourage.engine.text.sight import Sight
    from entourage.engine.text.vehemence import Vehemence

    Floats = NDArray[np.float64]

INTENTS: Final = (
    "care_question", "complaint", "sales_lead", "idea", "praise", "thanks", "job_seeker", "press_partner",
    "contest_entry", "spam", "chatter",
)  # fmt: skip
DEPARTMENTS: Final = ("care", "marketing", "rnd", "hr", "sales", "press")
#: Who should hear it; chatter and spam are for nobody.
DEPARTMENT_OF: Final = {
    "care_question": "care", "complaint": "care", "thanks": "care", "praise": "marketing", "contest_entry": "marketing",
    "idea": "rnd", "job_seeker": "hr", "sales_lead": "sales", "press_partner": "press",
}  # fmt: skip
LESSONS: Final = ("how_to", "defect", "idea")
#: What the head tells apart: an intent, with the lesson in it where there is one.
KINDS: Final = (
    "care_question how_to", "care_question defect", "care_question other", "complaint defect", "complaint other",
    *(intent for intent in INTENTS if intent not in {"care_question", "complaint"}),
)  # fmt: skip
#: Which kinds make up which intent: kinds x intents.
OF: Final = np.array([[kind.split()[0] == intent for intent in INTENTS] for kind in KINDS], np.float64)
_PLACE: Final = {intent: place for place, intent in enumerate(INTENTS)}
#: Signs that an intent cannot have: praise and thanks of somebody who is against, complaints of somebody who is for.
CONTRADICTED: Final = 0.6
_GLAD: Final = ("praise", "thanks")
_ANGRY: Final = ("complaint",)
#: The lesson of a question or complaint is told where it is likelier than not among its kinds.
_LIKELIER: Final = 0.5
#: What the shipped head leaves to "no intent", so that a brand's labels can raise it.
NONE_BELIEVED: Final = 0.1
#: A rule of thanks needs so much of the head's belief: else it is how a question or a complaint ends.
THANKS_LIKELY: Final = 0.3
#: From this chance on what a brand taught goes before a rule.
TAUGHT_SURE: Final = 0.8
#: Cues of vehemence that are known beside the words, and how loud the signs are there.
_CUES: Final = [
    CLASSES.index(name)
    for name in (
        "insult", "outrage", "threat", "contempt", "anger", "repeat", "demand", "blame", "letdown", "irony", "failure",
        "mended", "question", "marks",
    )
]  # fmt: skip
SIGNS_LOUD: Final = 0.5
_HOW_TO, _DEFECT = (rules.ORDER.index(name) for name in LESSONS[:2])


@dataclass(frozen=True, slots=True)
class Intents:
    """What T messages want: the place of each intent in ``INTENTS`` or -1, its lesson, and where it comes from.

    ``chances`` are those of the head, T x (intents and none); ``kinds`` those of the shipped head, T x kinds.
    ``ruled`` says where a rule decided; ``hits`` are the rules' words.
    """

    place: NDArray[np.int64]
    lesson: list[str]
    chances: Floats
    kinds: Floats
    ruled: NDArray[np.bool_]
    hits: Hits


def intents(sight: Sight, signs: Floats, heat: Vehemence, *, taught: Residual | None = None) -> Intents:
    """Judge T messages.

    Parameters
    ----------
    signs : T x 3, the chances that each is negative, neutral, positive
    heat : their cues of vehemence, which tell of complaints too
    taught : what a brand's own labels add; where it is sure, it speaks against a rule too
    """
    seen, hits = sight.seen, rules.book().find(sight.line, sight.masks)
    kinds = shipped_kinds(seen, beside(signs, heat, hits))
    chances = with_none(kinds @ OF) if taught is None else taught.chances(seen, with_none(kinds @ OF))
    place, ruled = placed(seen, signs, hits, chances, taught=taught is not None)
    return Intents(place, _lessons(place, kinds, hits), chances, kinds, ruled, hits)


def placed(
    seen: Seen, signs: Floats, hits: Hits, chances: Floats, *, taught: bool
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The intent that T messages are told to have, or -1, and where a rule decided it.

    ``chances`` as in ``Intents``; where they are those of a ``taught`` head and sure, they speak against a rule too.
    """
    by_rule = _ruled(hits, signs, chances)
    by_head = np.where(has_words(seen), decided(chances, signs, thresholds()), -1)
    ruled = by_rule >= 0
    if taught:
        ruled &= chances.max(axis=1) < TAUGHT_SURE
    return np.where(ruled, by_rule, by_head), ruled


def beside(signs: Floats, heat: Vehemence, hits: Hits) -> Floats:
    """What is known of T texts beside their words, T x columns: sign, vehemence, cues, and the rules that match."""
    logs = np.log(np.maximum(signs, 1e-4))
    ruled = np.zeros((len(signs), len(rules.ORDER)))
    ruled[hits.text, hits.tag] = 1
    centred = SIGNS_LOUD * (logs - logs.mean(axis=1, keepdims=True))
    return np.hstack((centred, 2 * heat.score[:, None], heat.counts[:, _CUES] > 0, ruled[:, [_HOW_TO, _DEFECT]]))


def shipped_kinds(seen: Seen, known: Floats) -> Floats:
    """The chances of the kinds of T texts by the shipped head; ``known`` as from ``beside``."""
    logits = head().logits(seen) + known @ _weights("beside")
    return softmax((logits / head().temperature).astype(np.float32)).astype(np.float64)


def with_none(chances: Floats) -> Floats:
    """The chances with a last column for "no intent": the shipped head never names it, a brand may teach it."""
    return np.hstack((chances * (1 - NONE_BELIEVED), np.full((len(chances), 1), NONE_BELIEVED)))


def decided(chances: Floats, signs: Floats, sure: Floats) -> NDArray[np.int64]:
    """The likeliest intent of each message; -1 where that is none, not ``sure`` enough, or its sign contradicts it."""
    best = chances.argmax(axis=1)
    enough = chances[np.arange(len(best)), best] >= np.append(sure * (1 - NONE_BELIEVED), 2.0)[best]
    return np.where(enough & ~_contradicted(best, signs), best, -1)


def _ruled(hits: Hits, signs: Floats, chances: Floats) -> NDArray[np.int64]:
    """The intent that a rule names, the first of their order; -1 where none does.

    Thanks in anger are none, and thanks that end a question are a courtesy: the head must think of thanks too.
    """
    first = np.full(len(signs), len(rules.ORDER), np.int64)
    np.minimum.at(first, hits.text, hits.tag)
    named = np.array([_PLACE.get(name, -1) for name in rules.ORDER] + [-1])[first]
    courtesy = (named == _PLACE["thanks"]) & (chances[:, _PLACE["thanks"]] < THANKS_LIKELY)
    return np.where((named >= 0) & ~courtesy & ~_contradicted(named, signs), named, -1)


def _contradicted(place: NDArray[np.int64], signs: Floats) -> NDArray[np.bool_]:
    glad, angry = (np.isin(place, [_PLACE[name] for name in names]) for names in (_GLAD, _ANGRY))
    wrong: NDArray[np.bool_] = (glad & (signs[:, 0] >= CONTRADICTED)) | (angry & (signs[:, 2] >= CONTRADICTED))
    return wrong


def _lessons(place: NDArray[np.int64], kinds: Floats, hits: Hits) -> list[str]:
    """What each message teaches: an idea, how something is used, or that something fails."""
    told = np.zeros((len(place), len(rules.ORDER)), np.bool_)
    told[hits.text, hits.tag] = True
    lessons = np.full(len(place), "", object)
    for intent in ("care_question", "complaint"):
        own = [kind for kind in KINDS if kind.startswith(intent)]
        share = kinds[:, [KINDS.index(kind) for kind in own]]
        share = share / np.maximum(share.sum(axis=1, keepdims=True), 1e-12)
        here = place == _PLACE[intent]
        for rule, lesson in ((_HOW_TO, "how_to"), (_DEFECT, "defect")):
            if f"{intent} {lesson}" in own:
                likely = share[:, own.index(f"{intent} {lesson}")] >= _LIKELIER
                lessons[here & (likely | told[:, rule])] = lesson
    lessons[place == _PLACE["idea"]] = "idea"
    return lessons.tolist()


def contributions(seen: Seen, wants: Intents, taught: Residual | None = None) -> Floats:
    """How much each of N tokens speaks for the intent told of its text, in logits against all others."""
    of = OF.T[np.maximum(wants.place, 0)]
    inside = wants.kinds * of
    outside = wants.kinds * (1 - of)
    inside = inside / np.maximum(inside.sum(axis=1, keepdims=True), 1e-9)
    outside = outside / np.maximum(outside.sum(axis=1, keepdims=True), 1e-9)
    towards = (inside - outside) / head().temperature
    shares = head().token_shares(seen, towards.astype(np.float32))
    for_sign = SIGNS_LOUD / sentiment.head().temperature * towards @ _weights("beside")[:3].T
    shares = shares + sentiment.head().token_shares(seen, for_sign.astype(np.float32))
    if taught is not None:
        own = np.eye(len(INTENTS) + 1)[np.maximum(wants.place, 0)]
        beside = wants.chances * (1 - own)
        beside = beside / np.maximum(beside.sum(axis=1, keepdims=True), 1e-9)
        shares = shares + taught.head.token_shares(seen, (own - beside).astype(np.float32))
    return shares.astype(np.float64)


@cache
def head() -> Head:
    """The head of kinds as it ships, made by ``make models``."""
    return Head.from_arrays({name: array for name, array in _kept().items() if name not in {"sure", "beside"}})


def thresholds() -> Floats:
    """From which chance on each intent is told: 85 of 100 are then right, on sentences that were held out."""
    return _weights("sure")


def _weights(name: str) -> Floats:
    found: Floats = _kept()[name]
    return found


@cache
def _kept() -> dict[str, NDArray[Any]]:
    return weights.load("intent")


def id_() -> str:
    """A name that changes whenever the answers may."""
    return f"{weights.name('intent')}-{rules.id_()}"
