"""What one fills in about an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entourage.web.operations.models import Operation

if TYPE_CHECKING:
    from entourage.web.core.models import Brand

    OfOperation = forms.ModelForm[Operation]
else:
    # At run time Django's class takes no parameter.
    OfOperation = forms.ModelForm

#: What a browser's field of date and time sends.
MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )


class OperationForm(OfOperation):
    """Dates say when, and one mark or several say who; in the brand's time zone."""

    starts_at = _moment(_("Starts"))
    ends_at = _moment(_("Ends"), _("The draw, or the end of spending: the ninety days begin here."))

    class Meta:
        model = Operation
        fields = ("name", "kind", "starts_at", "ends_at", "hashtag", "post", "origin")
        widgets: ClassVar[dict[str, forms.Widget]] = {"post": forms.TextInput()}
        help_texts: ClassVar[dict[str, Any]] = {
            "hashtag": _(
                "With or without the sign. Without any mark, everybody who acted between the dates took part."
            ),
            "post": _("The link or the network's id of the post that people answered."),
            "origin": _("The value in the imported file's own column for operations, word for word."),
        }

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        self.brand = brand
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = Operation.objects.of(self.brand).filter(name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(gettext("There is already an operation of this name; give it another one."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", gettext("The end must come after the start."))
        return data
