"""What is filled in about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entourage.web.people.models import Kind


class KindForm(forms.Form):
    """Staff, a bot, or one of the public."""

    kind = forms.ChoiceField(choices=Kind.choices)


class SegmentForm(forms.Form):
    """The filters of the list, under a name."""

    name = forms.CharField(label=_("Name of the segment"), max_length=80)
    query = forms.CharField(max_length=600, required=False, widget=forms.HiddenInput)


class EraseForm(forms.Form):
    """The name written out, so that nobody is erased by a slip."""

    name = forms.CharField(label=_("Write the name to confirm"), max_length=400)

    def __init__(self, *args: Any, person_name: str, **fields: Any) -> None:
        super().__init__(*args, **fields)
        self.person_name = person_name
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        """Capitals and spaces at the ends do not matter."""
        name = str(self.cleaned_data["name"]).strip()
        if name.casefold() != self.person_name.strip().casefold():
            raise ValidationError(gettext("This must be the person's name as it stands above."))
        return name
