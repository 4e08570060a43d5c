"""What a network, a file, the engine or the outbox said, in the reader's language.

It is kept in English as it was said, with names, numbers and a server's own words in it, long before anybody reads it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from entourage.web.core.templatetags.entourage import number, percent
from entourage.web.listen.queries import misread, too_few, troubles

#: Longer ones are a server's own page; nobody reads those.
READ = 1_000
SENTENCES = (*troubles.SENTENCES, *misread.SENTENCES, *too_few.SENTENCES)
#: What stands as a name in a sentence.
THINGS = frozenset((*troubles.THINGS, *misread.THINGS))
#: What in a sentence may be one of ours itself. All else is others' words, and stays as they said it.
OURS = frozenset(("broken", "cut", "form", "reason", "what", "why"))
#: What in a sentence may be a number of ours, as English writes it.
NUMBERS = frozenset(("after", "before", "count", "long", "most", "share", "size"))
#: Of a row that was told: where it stands, and what is the matter with it.
_PLACE = re.compile(
    r"(?P<file>(?:[^:]|:(?! )){1,300}?)(?:, line (?P<line>\d+))?(?:, (?P<field>[\w:.\[\]]+))?: (?P<said>.+)", re.DOTALL
)
_LINE = _("%(file)s, line %(line)s")
_SAID = _("%(place)s: %(said)s")
_NUMBER = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})*|\d+)(?:\.(?P<part>\d+))?(?P<percent>%)?")


class Part(NamedTuple):
    """A sentence that is known, what stands in it, and its full stop where it has none itself; or words that no
    sentence fits, as they are, with nothing given.
    """

    told: str
    given: dict[str, str] | None
    stop: str = ""


def in_words(told: str) -> str:
    """What was said, in the active language: names and a server's own words stay as they are.

    A sentence that none here knows stays in English.
    """
    if not told or (get_language() or "en").startswith("en"):
        return told
    if told in THINGS:
        return gettext(told)
    if (place := _placed(told)) and parts(place["said"])[0].given is not None:
        return gettext(_SAID) % {"place": _where(place), "said": _spoken(place["said"])}
    return _spoken(told)


def _placed(told: str) -> re.Match[str] | None:
    """A row's place before what is said of it; none where this is how a sentence begins that has a colon itself."""
    place = _PLACE.fullmatch(told) if len(told) <= READ else None
    return None if place is None or _heads().fullmatch(told[: place.start("said")]) else place


def _where(place: re.Match[str]) -> str:
    where = gettext(_LINE) % place.groupdict() if place["line"] else place["file"]
    return f"{where}, {place['field']}" if place["field"] else where


def _spoken(told: str) -> str:
    return " ".join(
        one.told if one.given is None else gettext(one.told) % _named(one.given) + one.stop for one in parts(told)
    )


def _named(given: dict[str, str]) -> dict[str, str]:
    return {name: _name(name, value) for name, value in given.items()}


def _name(name: str, value: str) -> str:
    """What stands in a sentence: one of ours, a number, or others' words."""
    if name in NUMBERS and (told := _NUMBER.fullmatch(value)):
        return _number(told)
    if name not in OURS:
        return value
    if value in THINGS:
        return gettext(value)
    # It may have lost its full stop to the sentence around it.
    for ours, end in ((value, ""), (f"{value}.", ".")):
        if all(one.given is not None for one in parts(ours)):
            return _spoken(ours).removesuffix(end)
    return value


def _number(told: re.Match[str]) -> str:
    whole, part = told["whole"].replace(",", ""), told["part"] or ""
    if told["percent"]:
        return percent(int(whole) / 100)
    return number(float(f"{whole}.{part or 0}"), len(part))


def parts(told: str) -> list[Part]:
    """The sentences of a text with what stands in each; what no sentence fits, as it is, with none."""
    found: list[Part] = []
    rest = told
    while rest:
        part, rest = _first(rest)
        found.append(part)
    return found


def _first(told: str) -> tuple[Part, str]:
    for sentence, pattern in _patterns() if len(told) <= READ else ():
        if fits := pattern.fullmatch(told):
            given = fits.groupdict()
            rest, stop = given.pop("rest_") or "", given.pop("stop_", None) or ""
            return Part(sentence, given, stop), rest
    return Part(told, None), ""


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Each sentence as a pattern: those first that begin with words of their own, of these the one that says most."""

    def rank(sentence: str) -> tuple[bool, int]:
        return sentence.startswith("%("), -len(re.sub(r"%\(\w+\)s", "", sentence))

    return [(one, _pattern(one)) for one in sorted(SENTENCES, key=rank)]


def _pattern(sentence: str) -> re.Pattern[str]:
    rest = r"(?: (?P<rest_>.+))?"
    ends = rest if sentence.endswith((".", "?", "!")) else rf"(?:(?P<stop_>\.){rest})?"
    return re.compile(_body(sentence, value=r"(?P<{}>.+?)") + ends, re.DOTALL)


@cache
def _heads() -> re.Pattern[str]:
    """How sentences begin that have a colon themselves, to the end of it."""
    heads = {_body(one.partition(": ")[0], value=".+?") for one in SENTENCES if ": " in one}
    return re.compile(f"(?:{'|'.join(sorted(heads))}): ", re.DOTALL)


def _body(sentence: str, *, value: str) -> str:
    """The sentence as a pattern, with ``value`` wherever something stands in it, named where it wants a name."""
    pieces = re.split(r"%\((\w+)\)s", sentence.replace("%%", "%"))
    return "".join(value.format(piece) if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
