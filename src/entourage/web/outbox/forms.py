"""The rules of contact pressure, as they are filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entourage.web.outbox.models import Purpose

if TYPE_CHECKING:
    from django.http import QueryDict

    from entourage.web.outbox.models import Pressure

#: Purposes that press on people: an answer does not.
FIRST = [(value, label) for value, label in Purpose.choices if value != Purpose.ANSWER]
_AS_THEY_ARE = ("most", "days", "apart_days", "while_waiting")


class PressureForm(forms.Form):
    """How often somebody hears from the brand without having asked; the share held out in percent."""

    most = forms.IntegerField(
        label=_("Contacts, at most"),
        min_value=0,
        max_value=100,
        help_text=_("With one person, over all networks and purposes. 0: nobody is contacted first."),
    )
    days = forms.IntegerField(label=_("Within days"), min_value=1, max_value=365)
    apart_days = forms.IntegerField(
        label=_("Days between two"), min_value=0, max_value=365, help_text=_("Whatever their number.")
    )
    holdout = forms.FloatField(
        label=_("Held out (%)"),
        min_value=0,
        max_value=50,
        help_text=_("People drawn once and for all, never contacted first: they prove what contacts bring."),
    )
    while_waiting = forms.MultipleChoiceField(
        label=_("May be sent to somebody who waits for an answer"),
        choices=FIRST,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: they are answered first."),
    )

    def __init__(self, data: QueryDict | None = None, *, rules: Pressure) -> None:
        shown = {name: getattr(rules, name) for name in _AS_THEY_ARE}
        super().__init__(data, initial={**shown, "holdout": f"{rules.holdout * 100:g}"})

    def rules(self) -> dict[str, Any]:
        """The rules as they are kept: the share between 0 and 1."""
        kept = {name: self.cleaned_data[name] for name in _AS_THEY_ARE}
        return {**kept, "holdout": round(self.cleaned_data["holdout"] / 100, 6)}
