"""What one fills in about departments, holidays and those who answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entourage.web.core.forms import spoken, time_zones
from entourage.web.core.models import Member
from entourage.web.core.permissions import May, roles_that
from entourage.web.reading.models import Intent
from entourage.web.service.forms.shifts import ShiftsField, written
from entourage.web.service.queries import desks, names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import QueryDict

    from entourage.web.core.models import Brand
    from entourage.web.service.models import Desk, Seat

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
#: What a browser's field of date and time sends.
MOMENT = "%Y-%m-%dT%H:%M"
#: A key is what a conversation keeps of its department.
KEY = 16


def departments(brand: Brand) -> list[tuple[str, Any]]:
    """Every department by its short name and its name."""
    return list(names(brand).items())


def answering(brand: Brand) -> QuerySet[Any]:
    """Who may answer, by name."""
    able = Member.objects.of(brand).filter(role__in=roles_that(May.ANSWER))
    return able.select_related("user").order_by("user__name", "pk")


def anything(choices: Iterable[tuple[str, Any]], label: Any) -> list[tuple[str, Any]]:
    """The same after a choice for none of them."""
    return [("", label), *choices]


class DepartmentForm(forms.Form):
    """Hours, lead and warning of a department."""

    always = forms.BooleanField(label=_("Day and night, every day"), required=False)
    zone = forms.ChoiceField(label=_("Time zone"), required=False)
    lead: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Lead"),
        queryset=None,
        required=False,
        help_text=_("Gets what is about to be answered too late."),
    )
    warn_minutes = forms.IntegerField(
        label=_("Escalate so many minutes before a promise is broken"), min_value=0, max_value=10_000, initial=0
    )

    def __init__(self, data: QueryDict | None = None, *, desk: Desk) -> None:
        week = desk.week or [[]] * 7
        told = {"always": desk.week is None, "zone": desk.zone, "lead": desk.lead_id, "warn_minutes": desk.warn_minutes}
        days = {f"day{place}": written(shifts) for place, shifts in enumerate(week)}
        super().__init__(data, initial=told | days)
        zone, lead = self.fields["zone"], self.fields["lead"]
        assert isinstance(zone, forms.ChoiceField) and isinstance(lead, forms.ModelChoiceField)  # noqa: S101, PT018
        zone.choices = [("", gettext("the brand's: %(zone)s") % {"zone": desk.brand.time_zone}), *time_zones()]
        lead.queryset = answering(desk.brand)
        for place, name in enumerate(WEEKDAYS):
            self.fields[f"day{place}"] = ShiftsField(label=name)

    @property
    def days(self) -> list[Any]:
        """The seven fields of the week."""
        return [self[f"day{place}"] for place in range(7)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        week = [told.get(f"day{place}") or [] for place in range(7)]
        if not told.get("always") and not any(week) and not self.errors:
            raise forms.ValidationError(
                gettext("A department that is never there promises nothing: give a weekday a shift, or day and night.")
            )
        told["week"] = None if told.get("always") else week
        return told

    def settings(self) -> dict[str, Any]:
        """As ``actions.save_desk`` takes them."""
        return {name: self.cleaned_data[name] for name in ("week", "zone", "lead", "warn_minutes")}


class NewDepartmentForm(forms.Form):
    """A department of the brand's own."""

    name = forms.CharField(label=_("Name"), max_length=60)

    def __init__(self, data: QueryDict | None = None, *, brand: Brand) -> None:
        self.brand = brand
        super().__init__(data)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        key = slugify(name)[:KEY].strip("-_")
        if not key:
            raise forms.ValidationError(gettext("Write a name with letters."))
        known = {one.key: one for one in desks(self.brand)}
        if key in known or name.lower() in {str(one).lower() for one in names(self.brand).values()}:
            raise forms.ValidationError(gettext("There is already a department of this name; give it another one."))
        self.cleaned_data["key"] = key
        return name


class HolidayForm(forms.Form):
    """A date that differs."""

    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    department = forms.ChoiceField(label=_("For"), required=False)
    shifts = ShiftsField(label=_("Hours"), help_text=_("Empty means closed all day."))

    def __init__(self, data: QueryDict | None = None, *, brand: Brand) -> None:
        super().__init__(data)
        chosen = self.fields["department"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
        chosen.choices = anything(departments(brand), _("all departments"))


class AwayForm(forms.Form):
    """Until when somebody is away; empty means that they are there."""

    absent_until = forms.DateTimeField(
        label=_("Away until"),
        required=False,
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=_("Empty means that they are there. Who is away is relieved of open conversations."),
    )


class SeatForm(AwayForm):
    """For whom somebody answers, in which languages, how much at once."""

    departments = forms.MultipleChoiceField(label=_("Answers for"), widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=spoken,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    skills = forms.MultipleChoiceField(
        label=_("Good at"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Gets these first.")
    )
    capacity = forms.IntegerField(label=_("Open conversations at once"), min_value=0, max_value=10_000, initial=20)
    field_order = ("departments", "languages", "skills", "capacity", "absent_until")

    def __init__(self, data: QueryDict | None = None, *, brand: Brand, seat: Seat | None = None) -> None:
        told = {} if seat is None else {name: getattr(seat, name) for name in self.field_order}
        super().__init__(data, initial=told)
        for name, choices in (
            ("departments", departments(brand)),
            ("skills", [("vehement", _("vehement people")), *Intent.choices]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
            field.choices = choices
