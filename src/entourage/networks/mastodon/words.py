"""The words of a post of Mastodon, which come as HTML that its server has cleaned."""

from __future__ import annotations

import html
import re

_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</p>\s*<p\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_MENTION = re.compile(r"@[\w.-]+(?:@[\w.:-]+)?")
_SPACES = re.compile(r"\s+")


def plain(content: str) -> str:
    r"""HTML of a post as the words that were typed.

    Examples
    --------
    >>> plain('<p>Tea &amp; <a href="x"><span class="invisible">https://</span>tea.example</a><br>now</p><p>Ann</p>')
    'Tea & https://tea.example\nnow\n\nAnn'
    """
    broken = _PARAGRAPH.sub("\n\n", _BREAK.sub("\n", content))
    return html.unescape(_TAG.sub("", broken)).strip()


def essence(text: str) -> str:
    r"""What stays of words through a server: no mentions (it rewrites them) and no difference between spaces.

    Examples
    --------
    >>> essence("@ann@tea.example  It is on\nits way") == essence("@ann It is on its way")
    True
    """
    return _SPACES.sub(" ", _MENTION.sub(" ", text)).strip()
