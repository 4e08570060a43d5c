"""What a member says of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from entourage.web.reading.models import Finding, Intent
from entourage.web.reading.queries import LANGUAGES, SIGN_CHOICES, language_name

if TYPE_CHECKING:
    from entourage.web.reading.models import Territory

#: The word of the form for "none of these intents": the empty one leaves things as they are.
NONE = "none"
AS_IT_IS = ("", _("as it is"))
#: As the column holds.
LONGEST_WORD = 80
_called = lazy(language_name, str)


class CorrectionForm(forms.Form):
    """The sign, the intent, the language; what is left empty stands as it is.

    It is the same for every message, so that a page of thirty draws it once.
    """

    sentiment = forms.ChoiceField(label=_("Sign"), required=False, choices=[AS_IT_IS, *SIGN_CHOICES])
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


class FindingForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes none while it runs
    """What becomes of a finding."""

    link = forms.URLField(
        label=_("Help page"),
        help_text=_("The address of the page that answers it: it is shown beside the messages."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    class Meta:
        model = Finding
        fields = ("title", "state", "told_to", "link")
        help_texts = {"title": _("Its telling words stand in for it until then.")}


class TerritoryForm(forms.Form):
    """The brand's products and subjects, one a line."""

    given = forms.CharField(
        label=_("Your products and subjects, one a line"),
        help_text=_(
            "A word or two each, in the languages of your public; with your own posts they mark out what you do."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    @classmethod
    def of(cls, territory: Territory | None) -> TerritoryForm:
        """The form with what was given."""
        return cls(initial={"given": "\n".join(territory.given) if territory else ""})

    def clean_given(self) -> str:
        told: str = self.cleaned_data["given"]
        if any(len(line.strip()) > LONGEST_WORD for line in told.splitlines()):
            raise forms.ValidationError(_("A word or subject must have at most 80 letters."))
        return told

    def words(self) -> list[str]:
        """The words, one each."""
        told: str = self.cleaned_data["given"]
        return told.splitlines()
