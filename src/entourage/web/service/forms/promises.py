"""What one fills in about a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entourage.web.core.templatetags.entourage import NETWORKS
from entourage.web.people.models import StandingName
from entourage.web.service.forms.departments import anything, departments

if TYPE_CHECKING:
    from django.http import QueryDict

    from entourage.web.core.models import Brand

#: A promise of more than eight weeks of service is none.
LONGEST = 60 * 24 * 56
VEHEMENT = {"": None, "yes": True, "no": False}


def networks() -> list[tuple[str, str]]:
    """Networks by their key and their own name; e-mail among them."""
    return sorted((NETWORKS | {"email": gettext("e-mail")}).items(), key=lambda pair: pair[1].lower())


def minutes(label: Any) -> forms.IntegerField:
    """A field of minutes of service."""
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST, required=False)


class TargetForm(forms.Form):
    """To whom something is promised, and how many minutes of service."""

    department = forms.ChoiceField(label=_("Department"), required=False)
    network = forms.ChoiceField(label=_("Network"), required=False)
    standing = forms.ChoiceField(label=_("Standing"), required=False)
    vehement = forms.ChoiceField(label=_("Vehemence"), required=False)
    first = minutes(_("First answer within (minutes)"))
    following = minutes(_("Later answers within (minutes)"))
    resolution = minutes(_("Resolved within (minutes)"))

    def __init__(self, data: QueryDict | None = None, *, brand: Brand) -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[str, Any]]] = {
            "department": anything(departments(brand), _("any department")),
            "network": anything(networks(), _("any network")),
            "standing": anything(StandingName.choices, _("any standing")),
            "vehement": [("", _("any tone")), ("yes", _("vehement")), ("no", _("calm"))],
        }
        for name, told in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = told

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not any(told.get(name) for name in ("first", "following", "resolution")):
            raise forms.ValidationError(
                gettext("Promise something: minutes to the first answer, a later one or the end.")
            )
        return told

    def promise(self) -> dict[str, Any]:
        """As ``actions.save_target`` takes it."""
        return {**self.cleaned_data, "vehement": VEHEMENT[self.cleaned_data["vehement"]]}
