"""What an author wrote anew in a mail: without the history below or around it, and without the signature.

Losing a customer's words is worse than keeping old ones: whatever is not surely history stays.
"""

from __future__ import annotations

import re

LONGEST_SIGNATURE = 12  # lines; more than that below "-- " is a letter that goes on
MOST_HEADS = 100  # attributions that are looked at; more are no correspondence
LONGEST_LINE = 300  # of an attribution; mailers write theirs on at most three lines
_OPENS = re.compile(r"\W{0,3}(?:On|Le|Am|El|Il|Op|Em|Den|Dnia|W dniu)\b")
_WROTE = re.compile(
    r"\b(?:wrote|writes|a [ée]crit|schrieb|escribi[óo]|ha scritto|schreef|escreveu|skrev|napisał(?:\(a\))?)"
    r"(?P<whom>[^:]{0,150}):\W{0,3}$"
)
_MOMENT = re.compile(r"\d{4}|\d{1,2}[:h.]\d{2}|\S@\S")
# A mailer's own attribution has a clock or an address; a sentence of a person seldom has.
_EXACT = re.compile(r"\d{1,2}[:h]\d{2}|\S@\S")
_SEPARATOR = re.compile(
    r"-{2,}\s*(?:Original Message|Message d['’]origine|Message original|Ursprüngliche Nachricht|Mensaje original"
    r"|Messaggio originale|Oorspronkelijk bericht|Mensagem original)\s*-{2,}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"-{2,}\s*(?:Forwarded message|Message transf[ée]r[ée]|Weitergeleitete Nachricht|Mensaje reenviado"
    r"|Messaggio inoltrato)|Begin forwarded message:|Début du message (?:transféré|réexpédié)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_-]{5,}")
_FROM = re.compile(r"\W{0,3}(?:From|De|Von|Da|Van|Från|Fra)\s?\W{0,2}:\W{0,3}\S")
_SENT = re.compile(r"\W{0,3}(?:Sent|Date|Envoyé(?: le)?|Gesendet|Datum|Inviato|Verzonden|Enviado(?: el)?)\s?\W{0,2}:")
_SUBJECT = re.compile(r"\W{0,3}(?:Subject|Objet|Betreff|Oggetto|Onderwerp|Asunto|Assunto)\s?\W{0,2}:")
_HEADER = re.compile(r"\W{0,3}[A-ZÀÉ][\wÀ-ÿ ]{0,20}\W{0,2}:")
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|day|evening)|bonjour|bonsoir|salut|madame|monsieur|ch[eè]re?s?|hallo|guten"
    r"|sehr geehrte|liebe|hola|ciao|buongiorno)\b[^.!?]{0,60}[.!]?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:inline|in-line|below|between the lines|in (?:red|blue|bold)|ci-dessous|plus bas|dans le (?:texte|corps)"
    r"|entre les lignes|en (?:rouge|bleu|gras)|unten|in rot)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:sent|envoyé|gesendet|inviato|enviado|verstuurd)\s(?:from|via|depuis|de|à partir de|von|con|da|desde|vanaf)\s"
    r"(?:my|mon|meinem|mein|mijn|mi|il mio|outlook|yahoo)\b.{0,60}",
    re.IGNORECASE,
)


def newly_written(text: str, *, forwarded: bool = False) -> str:
    r"""The words of this mail's own author.

    ``forwarded`` says that the mail was sent on (its subject begins with ``Fwd:``): what stands in it is then what it
    is about, and stays.

    Examples
    --------
    >>> print(newly_written("No.\n\nOn 3 May 2026 at 10:01, Bob <b@x> wrote:\n> Is it there?\nYes!\n> Whole?"))
    No.
    <BLANKLINE>
    Yes!
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.replace("\xa0", " ") for line in text.split("\n")]
    if forwarded:
        return text.strip()
    written = _written(lines)
    if not any(line.strip() for line in written):
        written = lines
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in written)).strip()


def _written(lines: list[str]) -> list[str]:
    """The lines that are no history; a stretch between two quotations loses its own signature."""
    kept: list[str] = []
    stretch: list[str] = []
    at = heads = 0
    while at < len(lines):
        if _FORWARDED.match(lines[at]):
            return kept + _unsigned(stretch) + lines[at:]
        quoted = _quoted(lines, at)
        head = 0 if quoted else _attributed(lines, at)
        heads += bool(head)
        if 0 < heads <= MOST_HEADS and head and not (quoted := _quoted(lines, _next(lines, at + head), named=True)):
            if not _speaks(kept + stretch):
                return kept + _unsigned(stretch) + lines[at:]
            if _mailers(lines, at, head):
                break
            stretch += lines[at : at + head]
            at += head
        elif quoted:
            kept += [*_unsigned(stretch), ""]
            stretch = []
            at = (_next(lines, at + head) if head else at) + quoted
        else:
            stretch.append(lines[at])
            at += 1
    return kept + _unsigned(stretch)


def _next(lines: list[str], at: int) -> int:
    """The next line that is not empty."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _quoted(lines: list[str], at: int, *, named: bool = False) -> int:
    """How many lines from here on are quoted with ``>``; a lone ``>:(`` or ``>100`` is nobody's quotation."""
    end = at
    while end < len(lines) and lines[end].startswith(">"):
        end += 1
    lone = end - at == 1 and not named and not lines[at].startswith(("> ", ">>"))
    return 0 if lone else end - at


def _attributed(lines: list[str], at: int) -> int:
    """How many lines here say that history follows: an attribution, a separator, a block of headers; else none."""
    line = lines[at].strip()
    if not line or line.startswith(">"):
        return 0
    for most in (1, 2, 3):
        told = " ".join(one.strip() for one in lines[at : at + most])
        if len(told) > LONGEST_LINE or (most > 1 and not _OPENS.match(line)):
            break
        if _WROTE.search(told) and _MOMENT.search(told):
            return most
    separator = bool(_SEPARATOR.match(line))
    first = _next(lines, at + 1) if separator or _RULE.fullmatch(line) else at
    block = _headers(lines, first)
    return first - at + block if block else int(separator)


def _headers(lines: list[str], at: int) -> int:
    """The length of a block ``From: Sent: To: Subject:`` as Outlook writes it; at least author, moment and subject."""
    block = [line.strip() for line in lines[at : at + 8]]
    length = next((n for n, line in enumerate(block) if not _HEADER.match(line)), len(block))
    told = block[:length]
    whole = bool(told) and _FROM.match(told[0]) and all(any(p.match(line) for line in told) for p in (_SENT, _SUBJECT))
    return length if whole else 0


def _speaks(before: list[str]) -> bool:
    """Whether the words above say something and do not point below.

    Without ``>`` marks an answer that stands there could not be told from what it answers.
    """
    words = [line.strip() for line in before if line.strip()]
    return any(not _GREETING.fullmatch(line) for line in words) and not _WITHIN.search(" ".join(words))


def _mailers(lines: list[str], at: int, head: int) -> bool:
    """Whether a mailer wrote these lines, and not a person in a sentence of their own."""
    told = " ".join(lines[at : at + head])
    return not _WROTE.search(told) or bool(_OPENS.match(lines[at]) and _EXACT.search(told))


def _unsigned(stretch: list[str]) -> list[str]:
    """These lines without the signature below ``-- `` (RFC 3676) and without what a telephone adds."""
    ends, below = len(stretch), 0
    for at in range(len(stretch) - 1, -1, -1):
        if stretch[at].rstrip() == "--":
            ends = at
        below += bool(stretch[at].strip())
        if below > LONGEST_SIGNATURE:
            break
    return [line for line in stretch[:ends] if not _PHONE.fullmatch(line.strip())]
