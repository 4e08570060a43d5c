"""What the pages of this room ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime

#: The minutes that a page offers, and those it begins with.
MINUTES = (15, 30, 45, 90)
USUAL = 45
MOST = 600


def minutes_asked(told: str | None) -> int:
    """The minutes of an address; the usual ones where it says none, or nonsense."""
    if told and told.isascii() and told.isdigit():
        return max(1, min(int(told[:6]), MOST))
    return USUAL


class PromiseForm(forms.Form):
    """What was promised, and by when."""

    what = forms.CharField(label=_("What was promised"), max_length=500)
    due_at = forms.DateTimeField(
        label=_("By when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def __init__(self, *args: Any, now: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now or timezone.now()
        tomorrow = timezone.localtime(self._now + timedelta(days=1)).replace(second=0, microsecond=0)
        self.initial.setdefault("due_at", tomorrow)

    def clean_due_at(self) -> datetime:
        """A promise lies ahead."""
        due: datetime = self.cleaned_data["due_at"]
        if due <= self._now:
            raise forms.ValidationError(_("A promise lies ahead: choose a later moment."))
        return due


class ThanksForm(forms.Form):
    """The words of thanks."""

    text = forms.CharField(label=_("Your words"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))
