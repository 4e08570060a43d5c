"""What a member says of a message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from entourage.web.reading.models import Intent
from entourage.web.reading.queries import LANGUAGES, language_name

#: The word of the form for "none of these intents": the empty one leaves things as they are.
NONE = "none"
SIGNS = [("negative", _("negative")), ("neutral", _("neutral")), ("positive", _("positive"))]
AS_IT_IS = ("", _("as it is"))
_called = lazy(language_name, str)


class CorrectionForm(forms.Form):
    """The sign, the intent, the language; what is left empty stands as it is.

    It is the same for every message, so that a page of thirty draws it once.
    """

    sentiment = forms.ChoiceField(label=_("Sign"), required=False, choices=[AS_IT_IS, *SIGNS])
    intent = forms.ChoiceField(
        label=_("Intent"), required=False, choices=[AS_IT_IS, *Intent.choices, (NONE, _("none of these"))]
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[AS_IT_IS, *((code, _called(code)) for code in (*LANGUAGES, "und"))],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=False)

    def corrections(self) -> dict[str, str]:
        """What was said, as labels' values by what they are about."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: "" if value == NONE else value for name, value in said.items()}
