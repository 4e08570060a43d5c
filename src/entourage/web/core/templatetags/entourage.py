"""Numbers, moments and faces as every page writes them; loaded everywhere, so no page needs ``{% load %}``."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext

from entourage.web.core.models import Goal

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

register = template.Library()

MINUS = "\N{MINUS SIGN}"
THIN = "\N{NARROW NO-BREAK SPACE}"
UNKNOWN = "\N{EM DASH}"
# The names of networks are theirs, not words of a language.
NETWORKS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "email": "E-mail",
    "reddit": "Reddit",
}
# Six tones told apart on paper and on ink; a name always has the same one.
TONES = 6


def _french() -> bool:
    return (get_language() or "en").startswith("fr")


@register.filter
def number(value: float | None, places: int = 0) -> str:
    """12,345.6 or 12 345,6 with a true minus; a dash where the value is not known."""
    if value is None:
        return UNKNOWN
    text = f"{abs(value):,.{places}f}"
    if _french():
        text = text.replace(",", THIN).replace(".", ",")
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"{MINUS}{text}" if negative else text


@register.filter
def percent(share: float | None, places: int = 0) -> str:
    """A share (0..1) as 12% or 12 %."""
    if share is None:
        return UNKNOWN
    return number(share * 100, places) + (f"{THIN}%" if _french() else "%")


@register.simple_tag
def interval(low: float | None, high: float | None, places: int = 0) -> str:
    """From low to high, in words; one number where both read the same."""
    first, last = number(low, places), number(high, places)
    return first if first == last else gettext("%(low)s to %(high)s") % {"low": first, "high": last}


@register.filter
def day(moment: date | None) -> str:
    """12 March 2026, in the brand's time zone."""
    return _dated(_local(moment), "j F Y") if moment else UNKNOWN


@register.filter
def brief_day(moment: date | None) -> str:
    """12 Mar 2026, for a column of days."""
    # French abbreviates with a point, and small letters.
    return _dated(_local(moment), "j N Y" if _french() else "j M Y") if moment else UNKNOWN


@register.filter
def day_month(moment: date) -> str:
    """12 Mar, where the year is plain: a week to choose, the axis of a picture."""
    return _dated(_local(moment), "j N" if _french() else "j M")


@register.filter
def clock(moment: datetime | None) -> str:
    """12 March 2026, 14:05, in the brand's time zone."""
    return _dated(_local(moment), "j F Y, H:i") if moment else UNKNOWN


def _dated(moment: date, form: str) -> str:
    """A date that begins with its day; in French the first of a month is the 1er."""
    text = date_format(moment, form)
    return f"1er {text[2:]}" if moment.day == 1 and _french() else text


def _local(moment: date) -> date:
    return timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment


@register.filter
def span(length: timedelta | float | None) -> str:
    """A length of time (a timedelta, or seconds) in its two largest units: 7 h 17 min, 3 days, 40 s."""
    if length is None:
        return UNKNOWN
    seconds = int(length.total_seconds() if isinstance(length, timedelta) else length)
    days, hours, minutes = seconds // 86_400, seconds % 86_400 // 3_600, seconds % 3_600 // 60
    if days:
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}
    if hours:
        return gettext("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}
    if minutes:
        return gettext("%(minutes)d min") % {"minutes": minutes}
    return gettext("%(seconds)d s") % {"seconds": seconds}


@register.filter
def ago(moment: datetime | None, at: datetime | None = None) -> str:
    """How long before ``at`` (now, if not given): 3 days ago."""
    if moment is None:
        return UNKNOWN
    return gettext("%(span)s ago") % {"span": span((at or timezone.now()) - moment)}


@register.filter
def initials(name: str) -> str:
    """Two letters for a face: the first of the first and of the last word."""
    words = [
        word for word in str(name).replace("_", " ").replace(".", " ").replace("@", " ").split() if word[0].isalnum()
    ]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "?"


@register.filter
def network(key: str) -> str:
    """A network as it writes its own name; one that we do not know is shown as it came."""
    return gettext("file") if key == "file" else NETWORKS.get(key, key)


@register.simple_tag
def face(name: str, size: str = "") -> SafeString:
    """Initials in a disc; the name stands beside it, so a reader of the screen skips the disc."""
    tone = crc32(str(name).encode()) % TONES
    return format_html(
        '<span class="face tone-{}{}" aria-hidden="true">{}</span>', tone, f" {size}" if size else "", initials(name)
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the shared sheet; always beside words."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("entourage/icons.svg"), name
    )


@register.simple_tag
def bar(share: float | None, kind: str = "") -> SafeString:
    """A share (0..1) as a thin bar; its figure stands beside it."""
    width = round(100 * min(max(share or 0.0, 0.0), 1.0), 1)
    return format_html(
        '<svg class="bar {}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar-all" width="100" height="8"></rect>'
        '<rect class="bar-part" width="{}" height="8"></rect></svg>',
        kind,
        f"{width:g}",
    )


@register.simple_tag
def whisker(low: float, value: float, high: float, most: float) -> SafeString:
    """A value with its interval on a line from 0 to ``most``: a point on a paler band."""
    left, point, right = (f"{100 * min(max(x / most, 0.0), 1.0):.1f}" if most else "0" for x in (low, value, high))
    return format_html(
        '<svg class="whisker" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '<line class="whisker-axis" x1="0" x2="100" y1="6" y2="6"></line>'
        '<line class="whisker-band" x1="{}" x2="{}" y1="6" y2="6"></line>'
        '<line class="whisker-point" x1="{}" x2="{}" y1="1" y2="11"></line></svg>',
        left,
        right,
        point,
        point,
    )


@register.filter
def signed(value: float | None, places: int = 2) -> str:
    """A number that says on which side of zero it lies: +0.42, −0.17; an em dash where there is none."""
    return number(value, places) if value is None or round(value, places) <= 0 else f"+{number(value, places)}"


@register.simple_tag
def signed_interval(low: float | None, high: float | None, places: int = 2) -> str:
    """From low to high around zero, in words: −0.17 to +0.42."""
    return gettext("%(low)s to %(high)s") % {"low": signed(low, places), "high": signed(high, places)}


@register.simple_tag
def warmth_line(low: float | None, value: float | None, high: float | None, temper: str = "") -> SafeString:
    """Warmth with its interval on a line from -1 (against us) to 1 (for us), zero in the middle; coloured by temper."""
    if low is None or value is None or high is None:
        return format_html("")
    left, point, right = (f"{50 + 50 * min(max(x, -1.0), 1.0):.1f}" for x in (low, value, high))
    return format_html(
        '<svg class="whisker warmth {}" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '<line class="whisker-axis" x1="0" x2="100" y1="6" y2="6"></line>'
        '<line class="warmth-zero" x1="50" x2="50" y1="0" y2="12"></line>'
        '<line class="whisker-band" x1="{}" x2="{}" y1="6" y2="6"></line>'
        '<line class="whisker-point" x1="{}" x2="{}" y1="1" y2="11"></line></svg>',
        f"is-{temper}" if temper else "",
        left,
        right,
        point,
        point,
    )


@register.simple_tag(takes_context=True)
def here(context: template.Context, **changes: Any) -> str:
    """The page's address with these parameters changed; an empty value takes one away. The page always starts over."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.filter
def goal_help(goal: str) -> str:
    """The sentence under a goal's card."""
    from entourage.web.core.forms import GOAL_HELP

    return str(GOAL_HELP[Goal(goal)])


@register.filter
def told(value: Any) -> str:
    """A detail of the trail in one line."""
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value)
