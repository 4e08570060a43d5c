"""HTML of mails into text: safely, in one pass, with quotations marked as in plain mail.

Not ``html.parser``: it falls over ``<![<`` and takes quadratic time over ``<!<!<!``, and mail is written by strangers.
"""

from __future__ import annotations

import html
import re

# The start of a tag, a comment, or anything else that begins as one. None of it can look far: no < and > inside.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})([^<>]*)>|<!--|<[!?][^<>]*>")
# What is never read: programs, styles, what stands in the head.
_UNSEEN = {"script", "style", "title", "template", "svg", "math", "noscript", "object"}
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "main", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base"}
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_SPACE = re.compile(r"[ \t\r\n\f]+")
DEEPEST = 20  # quotations within quotations; deeper ones are marked like these


def as_text(markup: str) -> str:
    r"""The words of some HTML, its blocks as lines, its quotations behind ``> ``.

    Examples
    --------
    >>> as_text("<p>Hello <b>Ann</b>,</p><blockquote>Where is<br>my pot?</blockquote><script>x</script>Coming&nbsp;!")
    'Hello Ann,\n\n> Where is\n> my pot?\n\nComing\xa0!'
    """
    # Something hidden that is never closed must not swallow a whole mail.
    return _read(markup, hides=True) or _read(markup, hides=False)


def _read(markup: str, *, hides: bool) -> str:
    page = _Page(hides=hides)
    # Not lower(): that changes the length of some letters, and places in one would not be places in the other.
    small = markup.translate(_SMALL)
    at, length = 0, len(markup)
    while at < length:
        found = _TAG.search(markup, at)
        page.say(markup[at : found.start() if found else length])
        if found is None:
            break
        at = _after(small, found, page)
    return page.text()


def _after(small: str, found: re.Match[str], page: _Page) -> int:
    """Where reading goes on after a tag; a comment or a program without an end hides the rest, as in a browser."""
    if found[0] == "<!--":
        end = small.find("-->", found.end())
        return len(small) if end < 0 else end + 3
    name = (found[2] or "").lower()
    if not found[1] and name in _UNSEEN:
        end = small.find(f"</{name}", found.end()) if not found[3].endswith("/") else found.end()
        return len(small) if end < 0 else end
    if name:
        page.tag(name, closes=bool(found[1]), attributes=found[3])
    return found.end()


class _Page:
    """What was read so far, line by line."""

    def __init__(self, *, hides: bool) -> None:
        self._hides = hides
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._unseen: list[str] = []  # elements open since one that is hidden

    def say(self, text: str) -> None:
        if text and not self._unseen:
            self._line.append(html.unescape(_SPACE.sub(" ", text)))

    def tag(self, name: str, *, closes: bool, attributes: str) -> None:
        if self._unseen:
            self._hidden(name, closes=closes, attributes=attributes)
        elif name == "br":
            self._end()
        elif name in {"td", "th"}:
            self._line.append(" ")
        elif name == "li":
            self._block()
            self._line.append("" if closes else "- ")
        elif name in _BLOCKS:
            self._block(gap=name in {"p", "blockquote", "table"} or name[0] == "h")
        if name == "blockquote" and not self._unseen:
            self._quotes = max(0, min(DEEPEST, self._quotes + (-1 if closes else 1)))
        if self._hides and not closes and not self._unseen and name not in _VOID and _HIDDEN.search(attributes):
            self._unseen.append(name)

    def text(self) -> str:
        self._block()
        kept: list[str] = []
        for line in self._lines:
            if line or (kept and kept[-1]):
                kept.append(line)
        return "\n".join(kept).strip("\n")

    def _hidden(self, name: str, *, closes: bool, attributes: str) -> None:
        """Within a hidden element only its own kind counts: what others leave open does not hide the rest."""
        if name == self._unseen[0]:
            if closes:
                self._unseen.pop()
            elif not attributes.endswith("/"):
                self._unseen.append(name)

    def _block(self, *, gap: bool = False) -> None:
        if "".join(self._line).strip(" "):
            self._end()
        else:
            self._line = []
        if gap and self._lines and self._lines[-1].strip("> "):
            self._lines.append("")

    def _end(self) -> None:
        line = _SPACE.sub(" ", "".join(self._line)).strip(" ")
        self._lines.append(("> " * self._quotes + line).rstrip(" ") if line or self._quotes else "")
        self._line = []
