"""What one fills in about the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import SPOKEN, Goal, Language, Role, Unit, User

if TYPE_CHECKING:
    from django.http import QueryDict

    from entourage.web.core.models import Brand

# The standard rings, in percent of the horizon's weeks (docs/methods): inner circle, close, known.
STANDARD_RINGS = (50.0, 23.0, 7.5)
RINGS = ("inner", "close", "known")
# What the form changes as it stands, beside the rings.
SETTINGS = ("name", "goals", "language", "time_zone", "languages", "unit")

# What each goal makes the audit look at.
GOAL_HELP = {
    Goal.FEWER_CALLS: _("Questions answered in public before they become calls."),
    Goal.MORE_SALES: _("People who buy, and who bring others."),
    Goal.IMAGE: _("Critics answered in person, and what is said of you."),
    Goal.INNOVATION: _("Ideas, defects and uses that the public tells you."),
    Goal.RECRUITMENT: _("People who might come to work with you."),
}


def time_zones() -> list[tuple[str, str]]:
    """Every zone that has a place in its name, as the world writes it."""
    zones = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix", "right"))
    )
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)]


class GoalChoices(forms.MultipleChoiceField):
    """The goals as cards, each with a sentence."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Goal.choices, label=_("Goals"), **kwargs)


class BrandForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the brand"), max_length=120, widget=forms.TextInput(attrs={"autofocus": True})
    )
    goals = GoalChoices(error_messages={"required": _("Choose at least one goal: the audit is set against it.")})
    language = forms.ChoiceField(label=_("Language of reports"), choices=Language.choices)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones, initial="Europe/Paris")


def spoken() -> list[tuple[str, str]]:
    """The languages that the shipped reader was taught to judge, by their names."""
    named = [(code, str(get_language_info(code)["name_translated"])) for code in SPOKEN]
    return sorted(named, key=lambda pair: pair[1])


class GoalsForm(BrandForm):
    """The brand's settings; three empty rings mean the standard ones."""

    languages = forms.MultipleChoiceField(
        label=_("Languages of your public"),
        choices=spoken,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Short messages are read better among few languages. None chosen means all that the reader knows."),
    )
    unit = forms.ChoiceField(
        label=_("Unit of closeness"),
        choices=Unit.choices,
        help_text=_("Closeness counts the weeks in which somebody engages; for the event of a day, count hours."),
    )
    inner = forms.FloatField(label=_("Inner circle from (%)"), min_value=0.1, max_value=100, required=False)
    close = forms.FloatField(label=_("Close from (%)"), min_value=0.1, max_value=100, required=False)
    known = forms.FloatField(label=_("Known from (%)"), min_value=0.1, max_value=100, required=False)

    def __init__(self, data: QueryDict | None = None, *, brand: Brand) -> None:
        shares = brand.ring_thresholds or [share / 100 for share in STANDARD_RINGS]
        rings = {name: f"{share * 100:g}" for name, share in zip(RINGS, shares, strict=True)}
        super().__init__(data, initial={name: getattr(brand, name) for name in SETTINGS} | rings)
        self.fields["name"].widget.attrs.pop("autofocus")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [cleaned.get(name) for name in RINGS]
        if None in given and any(given):
            raise forms.ValidationError(gettext("Give all three rings, or none for the standard ones."))
        if None not in given and not given[0] > given[1] > given[2]:  # type: ignore[operator]
            raise forms.ValidationError(gettext("The rings must grow tighter: inner circle above close above known."))
        return cleaned

    def settings(self) -> dict[str, Any]:
        """The brand's settings as stored: rings as shares, none where they are the standard ones."""
        rings = [self.cleaned_data[name] for name in RINGS]
        own = None not in rings and tuple(rings) != STANDARD_RINGS
        kept = {name: self.cleaned_data[name] for name in SETTINGS}
        return kept | {"ring_thresholds": [ring / 100 for ring in rings] if own else []}


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.AGENT)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class JoinForm(forms.Form):
    """The account of somebody who was invited; the address is the invitation's."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least ten characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password = cast("str", self.cleaned_data["password"])
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password

    def make_user(self, *, language: str) -> User:
        """The new account; the invitation proves the address."""
        cleaned = self.cleaned_data
        return User.objects.create_user(self.email, cleaned["password"], name=cleaned["name"], language=language)


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
