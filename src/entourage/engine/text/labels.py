"""Labels: what people say a text is; they hold for the very same words, and teach the reader."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import msgspec

from entourage.engine.errors import InvalidInput
from entourage.engine.text.intent import DEPARTMENT_OF, INTENTS
from entourage.engine.text.judged import is_code
from entourage.engine.text.sentiment import SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from entourage.engine.text.judged import Reading

#: What labels may be about.
ABOUTS: Final = ("sentiment", "intent", "language", "vehemence")
#: The classes that a head may be taught for each ``about``; "" is an intent too: none.
CLASSES: Final[dict[str, tuple[str, ...]]] = {"sentiment": SIGNS, "intent": (*INTENTS, "")}


class Label(msgspec.Struct, frozen=True):
    """What somebody says a text is: ``about`` sentiment, intent, language or vehemence."""

    text: str
    about: str
    value: str


def key(text: str) -> str:
    """What a text is recognised by: a hash of its words, whatever the white space around and between them."""
    return hashlib.blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def corrections(labels: Sequence[Label]) -> dict[str, dict[str, str]]:
    """What each text was corrected to, by its key; the last label wins."""
    found: dict[str, dict[str, str]] = {}
    for label in labels:
        found.setdefault(key(label.text), {})[label.about] = label.value
    return found


def laid_over(found: Reading, said: Mapping[str, str]) -> Reading:
    """A reading with what people said of this very text; the words that decided otherwise are no reasons any more."""
    values: dict[str, Any] = {}
    for about, value in said.items():
        values |= _SAID[about](value)
    if "intent" in said:
        values["lesson"] = _lesson(found.lesson, said["intent"])
    reasons = tuple(one for one in found.reasons if one.about not in said)
    return msgspec.structs.replace(found, **values, reasons=reasons, corrected=tuple(sorted(said)))


def _sign_said(value: str) -> dict[str, Any]:
    chances: dict[str, Any] = {sign: float(sign == value) for sign in SIGNS}
    return {**chances, "sign": SIGNS.index(value) - 1}


def _intent_said(value: str) -> dict[str, Any]:
    return {"intent": value, "department": DEPARTMENT_OF.get(value, "")}


def _lesson(read: str, said: str) -> str:
    """What a message teaches once its intent is corrected: only questions and complaints keep what was read."""
    if said == "idea":
        return "idea"
    return read if said in {"care_question", "complaint"} and read != "idea" else ""


_SAID: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "sentiment": _sign_said,
    "intent": _intent_said,
    "language": lambda value: {"language": value},
    "vehemence": lambda value: {"vehemence": float(value)},
}


def check(label: Label) -> None:
    """Refuse a label that says nothing that can be learned.

    Raises
    ------
    InvalidInput: what it is about, or its value, is unknown.
    """
    wanted = _wanted(label)
    if wanted:
        raise InvalidInput(f"{wanted} Got {label.value!r}.")


def checked(labels: Sequence[Label]) -> None:
    """Refuse the first label that says nothing that can be learned, with its place."""
    for place, label in enumerate(labels):
        _at(label, place)


def _at(label: Label, place: int) -> None:
    try:
        check(label)
    except InvalidInput as error:
        raise InvalidInput(f"{error} It stands at place {place} of `labels`.") from error


def _wanted(label: Label) -> str:
    """What the label's value must be, where it is something else."""
    if label.about not in ABOUTS:
        raise InvalidInput(f"`about` of a label must be one of {', '.join(ABOUTS)}. Got {label.about!r}.")
    if label.about in CLASSES and label.value not in CLASSES[label.about]:
        known = ", ".join(value or "nothing at all" for value in CLASSES[label.about])
        return f"`value` of a label about {label.about} must be one of {known}."
    if label.about == "language" and not is_code(label.value) and label.value != "und":
        return "`value` of a label about language must be a two-letter code such as fr, or und."
    if label.about == "vehemence" and not _is_share(label.value):
        return "`value` of a label about vehemence must lie between 0 and 1."
    return ""


def _is_share(value: str) -> bool:
    try:
        return 0 <= float(value) <= 1
    except ValueError:
        return False
