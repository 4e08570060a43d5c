"""What the pages of this room ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Member
from entourage.web.core.permissions import May, may

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand

#: Messages of longer ago are no crisis of now.
LONGEST = timedelta(weeks=13)


class NameForm(forms.Form):
    """What the crisis is about, and since when."""

    name = forms.CharField(label=_("What it is about"), max_length=120)
    since = forms.DateTimeField(
        label=_("Since when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def __init__(self, *args: Any, until: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._until = until
        before = timezone.localtime(until - timedelta(days=1)).replace(second=0, microsecond=0)
        self.initial.setdefault("since", before)

    def clean_since(self) -> datetime:
        """It has begun, and not long ago."""
        since: datetime = self.cleaned_data["since"]
        if not self._until - LONGEST <= since < self._until:
            raise forms.ValidationError(_("Choose a moment of the last thirteen weeks of messages."))
        return since


class OwnerForm(forms.Form):
    """Who answers for it."""

    owner = forms.ModelChoiceField(
        Member.objects.everywhere().none(), label=_("Who answers for it"), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = Member.objects.of(brand).select_related("user").order_by("pk")
        able = [member.pk for member in team if may(member, May.ANSWER)]
        self.fields["owner"].queryset = team.filter(pk__in=able)  # type: ignore[attr-defined]  # a field of choices


class AnswerForm(forms.Form):
    """The answer from which each person's own is made."""

    text = forms.CharField(
        label=_("Prepared answer"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("{name}, {first_name}, {handle}, {brand} and {me} are filled in for each person."),
    )
