"""A reading as the page shows it: the message in pieces, and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from entourage.web.listen.queries import web_address
from entourage.web.reading import queries
from entourage.web.reading.forms import CorrectionForm
from entourage.web.reading.models import MILLE, About

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from entourage.web.reading.models import Reading
    from entourage.web.reading.queries import Cue, Piece

# A correction that takes the vehemence away takes its cues away, too.
_ABOUT = {"sentiment": "sign", "vehemence": "sign", "intent": "intent"}
UNSURE = "unsure"
_WORDS: dict[int | None, str] = {sign.value: word for word, sign in queries.SIGNS.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on the page; ``whole`` shows all of it."""

    reading: Reading
    whole: bool = False

    @property
    def pieces(self) -> list[Piece]:
        """The message, with the words that decided apart."""
        cut = queries.pieces if self.whole else queries.brief
        return cut(self.reading.activity.text, self.reasons)

    @property
    def reasons(self) -> list[list[Any]]:
        """The words that decided; where a member said otherwise, they did not."""
        told, now = self.reading.told or {}, self.reading
        otherwise = {about for about, name in _ABOUT.items() if told and told[name] != getattr(now, name)}
        return [reason for reason in now.reasons if reason[0] not in otherwise]

    @property
    def cues(self) -> list[Cue]:
        """The words that decided, in a table."""
        return queries.cues(self.reading.activity.text, self.reasons)

    @property
    def sign(self) -> str:
        """The class of the sign, also where there is none."""
        return _WORDS.get(self.reading.sign, UNSURE)

    @property
    def vehemence(self) -> float:
        """As a share."""
        return float(self.reading.vehemence / MILLE)

    @property
    def chances(self) -> list[tuple[str, str, float]]:
        """The three probabilities: the class of each sign, its name, how probable it is."""
        return [(word, str(sign.label), getattr(self.reading, word) / MILLE) for word, sign in queries.SIGNS.items()]

    @property
    def language(self) -> str:
        """The language's name."""
        return queries.language_name(self.reading.language)

    @property
    def link(self) -> str:
        """Where it stands on its network."""
        return web_address(self.reading.activity.url)

    @property
    def changed(self) -> bool:
        """Whether a member said otherwise than the reader; else they only agreed."""
        told: dict[str, Any] = self.reading.told or {}
        return any(told.get(name) != getattr(self.reading, name) for name in ("sign", "intent", "language"))

    @property
    def sure(self) -> bool:
        """Whether there is something to agree with."""
        return not self.reading.corrected and (self.reading.sign is not None or bool(self.reading.intent))

    def agreed(self) -> dict[str, str]:
        """The labels that say that it was read rightly; nothing about what the reader abstained from."""
        sign, intent = self.reading.sign, self.reading.intent
        told = {About.SENTIMENT.value: self.sign if sign is not None else "", About.INTENT.value: intent}
        return {about: value for about, value in told.items() if value}


def fields() -> SafeString:
    """The choices of a correction, drawn once for all messages of a page."""
    return render_to_string("reading/fields.html", {"form": CorrectionForm()})
