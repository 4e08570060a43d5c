"""What a member says of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from entourage.web.reading.models import About, Intent
from entourage.web.reading.queries import LANGUAGES, language_name

if TYPE_CHECKING:
    from entourage.web.reading.models import Reading

#: The word of the form for "none of these intents": the empty one leaves things as they are.
NONE = "none"
SIGNS = [("negative", _("negative")), ("neutral", _("neutral")), ("positive", _("positive"))]
_called = lazy(language_name, str)


class CorrectionForm(forms.Form):
    """The sign, the intent, the language; what is left empty, or as it stands, is not corrected."""

    sentiment = forms.ChoiceField(label=_("Sign"), required=False, choices=[("", _("not sure")), *SIGNS])
    intent = forms.ChoiceField(
        label=_("Intent"),
        required=False,
        choices=[("", _("not sure")), *Intent.choices, (NONE, _("none of these"))],
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[(code, _called(code)) for code in (*LANGUAGES, "und")]
    )

    def __init__(self, *args: Any, reading: Reading, **fields: Any) -> None:
        self.stands = _stands(reading)
        super().__init__(*args, initial=self.stands, auto_id=f"{reading.pk}-%s", **fields)
        told = self.fields["language"]
        if isinstance(told, forms.ChoiceField) and reading.language not in {*LANGUAGES, "und"}:
            told.choices = [(reading.language, language_name(reading.language)), *told.choices]  # type: ignore[misc]

    def corrections(self) -> dict[str, str]:
        """What differs from what stands, as labels' values by what they are about."""
        said = {name: value for name, value in self.cleaned_data.items() if value and value != self.stands[name]}
        return {name: "" if value == NONE else value for name, value in said.items()}


def _stands(reading: Reading) -> dict[str, str]:
    sign = {-1: "negative", 0: "neutral", 1: "positive", None: ""}[reading.sign]
    return {About.SENTIMENT.value: sign, About.INTENT.value: reading.intent, About.LANGUAGE.value: reading.language}
