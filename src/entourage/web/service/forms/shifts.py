"""Shifts of a day as people write them: 9-12, 13:30-18."""

from __future__ import annotations

import itertools
import re
from typing import Any

from django import forms
from django.utils.translation import gettext

MIDNIGHT = 24 * 60
_CLOCK = r"(\d{1,2})\s*(?:(?:[:h.])\s*(\d{2})?)?"
_SHIFT = re.compile(rf"\s*{_CLOCK}\s*[-–—]\s*{_CLOCK}\s*", re.IGNORECASE)

Shifts = list[list[int]]


def read(text: str) -> Shifts:
    """The shifts in minutes of the day, in their order; nothing written means closed.

    Raises
    ------
    ValidationError: what is written is no shift, ends before it begins, or overlaps another; with the cure.
    """
    shifts = sorted(_shift(part) for part in re.split(r"[,;]", text) if part.strip())
    for (_, end), (start, _) in itertools.pairwise(shifts):
        if start < end:
            raise forms.ValidationError(gettext("These shifts overlap: let one end before the next begins."))
    return shifts


def written(shifts: Shifts) -> str:
    """Shifts as people write them; nothing for a closed day."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in shifts)


def _shift(part: str) -> list[int]:
    found = _SHIFT.fullmatch(part)
    if found is None:
        raise forms.ValidationError(
            gettext("“%(text)s” is no shift: write 9:00-12:00, 13:00-18:00.") % {"text": part.strip()[:40]}
        )
    hours, minutes, end_hours, end_minutes = (int(one or 0) for one in found.groups())
    start, end = hours * 60 + minutes, end_hours * 60 + end_minutes
    if max(minutes, end_minutes) >= 60 or not start < end <= MIDNIGHT:  # noqa: PLR2004 - minutes of an hour
        raise forms.ValidationError(
            gettext("“%(text)s” must end after it begins, by 24:00: write a night as 22:00-24:00 and 0:00-6:00.")
            % {"text": part.strip()[:40]}
        )
    return [start, end]


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


class ShiftsField(forms.CharField):
    """The shifts of a day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=120, empty_value="", **kwargs)

    def clean(self, value: Any) -> Any:
        return read(super().clean(value))
