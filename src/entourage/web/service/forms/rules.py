"""What one fills in about a rule; it may be tried before it is saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entourage.web.core.forms import spoken
from entourage.web.inbox.models import Label
from entourage.web.people.models import StandingName
from entourage.web.reading.models import Intent, Sign
from entourage.web.service.forms.departments import answering, anything, departments
from entourage.web.service.forms.promises import VEHEMENT, networks
from entourage.web.service.queries.matching import UNCERTAIN

if TYPE_CHECKING:
    from django.http import QueryDict

    from entourage.web.core.models import Brand
    from entourage.web.service.models import Rule

LISTS = ("networks", "languages", "intents", "standings")
#: Longer words than the column takes, and more than a reader keeps in mind.
WORD, WORDS = 80, 50


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class RuleForm(forms.Form):
    """Conditions, all of which must hold, and what happens then."""

    name = forms.CharField(label=_("Name"), max_length=80)
    words = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One of them must stand in the message; separate them with commas. “refund” finds “refunded” too."),
    )
    intents = _several(_("Wants"))
    sign = forms.ChoiceField(label=_("For or against"), required=False)
    vehement = forms.ChoiceField(label=_("Vehemence"), required=False)
    networks = _several(_("Networks"))
    languages = _several(_("Languages"))
    standings = _several(_("Standing"))
    department = forms.ChoiceField(label=_("Goes to"), required=False)
    assignee: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Is given to"), queryset=None, required=False, empty_label=_("nobody in particular")
    )
    label: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Gets the label"), queryset=None, required=False, empty_label=_("none")
    )
    urgent = forms.BooleanField(
        label=_("Urgent"),
        required=False,
        help_text=_("Goes first, and to somebody even when all have their hands full."),
    )
    approve = forms.BooleanField(
        label=_("Answers wait for somebody's yes"),
        required=False,
        help_text=_(
            "An owner or a manager lets them go. Every rule that fits may ask for it, not the first one alone."
        ),
    )
    active = forms.BooleanField(label=_("In force"), required=False, initial=True)

    CONDITIONS = ("words", "intents", "sign", "vehement", "networks", "languages", "standings")
    RESULTS = ("department", "assignee", "label", "urgent", "approve")

    def __init__(self, data: QueryDict | None = None, *, brand: Brand, rule: Rule) -> None:
        self.rule_row = rule
        told = {
            name: getattr(rule, name)
            for name in (*LISTS, "name", "department", "urgent", "approve", "active", "assignee", "label")
        }
        told["words"] = ", ".join(rule.words)
        told["sign"] = "" if rule.sign is None else str(rule.sign)
        told["vehement"] = {None: "", True: "yes", False: "no"}[rule.vehement]
        super().__init__(data, initial=told)
        self._choices(brand)

    def _choices(self, brand: Brand) -> None:
        choices: dict[str, list[tuple[Any, Any]]] = {
            "intents": [*Intent.choices, (UNCERTAIN, _("not told for certain"))],
            "sign": [("", _("either")), *((str(value), label) for value, label in Sign.choices)],
            "vehement": [("", _("any tone")), ("yes", _("vehement")), ("no", _("calm"))],
            "networks": list(networks()),
            "languages": list(spoken()),
            "standings": list(StandingName.choices),
            "department": anything(departments(brand), _("where its reading says")),
        }
        for name, told in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = told
        rows = {
            "assignee": answering(brand),
            "label": Label.objects.of(brand).order_by("name"),
        }
        for name, found in rows.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = found

    def clean_words(self) -> list[str]:
        told = [word.strip() for word in re.split(r"[,\n]", self.cleaned_data["words"]) if word.strip()]
        if len(told) > WORDS or any(len(word) > WORD for word in told):
            raise forms.ValidationError(gettext("At most 50 words, each of at most 80 characters."))
        return told

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not any(told.get(name) for name in self.RESULTS):
            raise forms.ValidationError(
                gettext("Say what happens: a department, somebody, a label, urgent, or that answers wait for a yes.")
            )
        return told

    def rule(self) -> Rule:
        """The rule as it is written here; not saved."""
        told = dict(self.cleaned_data)
        told["sign"] = int(told["sign"]) if told["sign"] else None
        told["vehement"] = VEHEMENT[told["vehement"]]
        for name, value in told.items():
            setattr(self.rule_row, name, value)
        return self.rule_row

    def conditions(self) -> list[Any]:
        """The fields that say which messages."""
        return [self[name] for name in self.CONDITIONS]

    def results(self) -> list[Any]:
        """The fields that say what happens."""
        return [self[name] for name in (*self.RESULTS, "active")]
