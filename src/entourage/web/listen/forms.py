"""What one says about a file: whose accounts are in it, and what its columns are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from entourage.web.core.forms import time_zones
from entourage.web.listen.models import AccountRole

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.core.files.uploadedfile import TemporaryUploadedFile

    from entourage.web.listen.queries.offering import Field, Offer

#: What a column may be, in the reader's words; the keys are those of ``entourage.networks.files.FIELDS``.
FIELDS = {
    "": _("not used"),
    "at": _("when"),
    "clock": _("the time of day, beside the date"),
    "actor_name": _("who: the name"),
    "actor_handle": _("who: the handle"),
    "actor_id": _("who: the network's id"),
    "actor_url": _("who: the profile's address"),
    "actor_kind": _("who: ours, organisation or bot"),
    "text": _("what was said"),
    "act": _("what was done"),
    "id": _("the id of the act"),
    "url": _("its address"),
    "in_reply_to": _("the id of what it answers"),
    "context": _("the id of the thread"),
    "to_name": _("to whom: the name"),
    "to_handle": _("to whom: the handle"),
    "to_id": _("to whom: the network's id"),
    "network": _("the network"),
    "language": _("the language"),
    "origin": _("the operation"),
    "rating": _("the rating"),
    "tags": _("hashtags"),
    "timing": _("how well its moment is known"),
    "edited_at": _("when it was edited"),
    "deleted_at": _("when it was deleted"),
}
DATES = [
    ("", _("as the column looks")),
    ("iso", "2024-03-01T10:00:00Z"),
    ("dmy", _("day/month/year")),
    ("mdy", _("month/day/year")),
    ("words", _("1 March 2024")),
    ("epoch_s", _("seconds since 1970")),
    ("epoch_ms", _("milliseconds since 1970")),
    ("serial", _("a spreadsheet's day number")),
]
#: What the rows of a table are where no column tells.
ACTS = [
    ("", _("as the file tells")),
    ("comment", _("comments")),
    ("mention", _("mentions")),
    ("message", _("private messages")),
    ("review", _("reviews")),
    ("post", _("posts")),
]
#: What was done, in the reader's words; the keys are those of ``entourage.networks.activity.Act``.
DONE = {
    "post": _("posted"),
    "reply": _("replied"),
    "comment": _("commented"),
    "mention": _("mentioned"),
    "share": _("shared"),
    "message": _("wrote in private"),
    "review": _("reviewed"),
    "idea": _("proposed"),
    "help": _("helped"),
    "purchase": _("bought"),
    "like": _("liked"),
    "follow": _("followed"),
    "view": _("viewed"),
}

#: Settings that say nothing of where keys go: they may change while the keys stay.
HARMLESS = frozenset({"name", "folder", "sent", "copy"})


def names(text: str) -> list[str]:
    """The accounts named in a field: one a line, or with commas between."""
    return [name.strip() for name in re.split(r"[,;\n]", text) if name.strip()]


class AccountsForm(forms.Form):
    """Whose accounts are in the file."""

    own = forms.CharField(
        label=_("Our accounts"),
        required=False,
        help_text=_("Handles, names or ids, with commas between. What we already know stays known."),
    )
    competitors = forms.CharField(
        label=_("Competitors' accounts"),
        required=False,
        help_text=_("Their public threads are set beside ours."),
    )

    def clean_own(self) -> list[str]:
        return names(self.cleaned_data["own"])

    def clean_competitors(self) -> list[str]:
        return names(self.cleaned_data["competitors"])


class UploadForm(AccountsForm):
    """A file to take in."""

    file = forms.FileField(
        label=_("The file"),
        allow_empty_file=True,  # the reader of files says what is wrong with an empty one, and the cure
        error_messages={"required": _("Choose a file first.")},
    )
    field_order = ["file", "own", "competitors"]

    @property
    def upload(self) -> TemporaryUploadedFile:
        """The file as it lies on the disk."""
        return cast("TemporaryUploadedFile", self.cleaned_data["file"])


class MappingForm(forms.Form):
    """What each column of a table is; begins with what was guessed."""

    date_format = forms.ChoiceField(label=_("Dates are written"), choices=DATES, required=False)
    time_zone = forms.ChoiceField(label=_("Dates are of"), choices=time_zones)
    network = forms.CharField(
        label=_("Network"),
        max_length=20,
        required=False,
        help_text=_("Where no column tells it: facebook, instagram, linkedin ..."),
    )
    act = forms.ChoiceField(label=_("The rows are"), choices=ACTS, required=False)

    def __init__(self, data: Any = None, *, look: dict[str, Any]) -> None:
        self.mapping = look["mapping"]
        self.columns = look["columns"]
        constants = self.mapping["constants"]
        super().__init__(
            data,
            initial={
                "date_format": self.mapping["date_format"],
                "time_zone": self.mapping["time_zone"],
                "network": constants.get("network", ""),
                "act": constants.get("act", ""),
            },
        )
        self._offer(self.mapping["date_format"], constants.get("act", ""))
        for number, column in enumerate(self.columns):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column["column"], choices=list(FIELDS.items()), initial=column["field"], required=False
            )

    def _offer(self, date_format: str, act: str) -> None:
        """Offer what a saved mapping says even where it is not among the usual choices."""
        for name, told in (("date_format", date_format), ("act", act)):
            field = cast("forms.ChoiceField", self.fields[name])
            usual = cast("list[tuple[str, Any]]", field.choices)
            if told not in dict(usual):
                field.choices = [*usual, (told, told)]

    def rows(self) -> list[tuple[dict[str, Any], forms.BoundField]]:
        """Each column with its guess, its samples and its field."""
        return [(column, self[f"column-{number}"]) for number, column in enumerate(self.columns)]

    def told(self) -> dict[str, Any]:
        """The mapping as confirmed, in the JSON of ``networks.files.Mapping``; columns that were not shown stay."""
        cleaned = self.cleaned_data
        given = {column["column"]: cleaned[f"column-{number}"] for number, column in enumerate(self.columns)}
        told = {name: cleaned[name].strip() for name in ("network", "act")}
        constants = {**self.mapping["constants"], **told}
        return {
            **self.mapping,
            "columns": {**self.mapping["columns"], **given},
            "date_format": cleaned["date_format"],
            "time_zone": cleaned["time_zone"],
            "constants": {name: value for name, value in constants.items() if value},
        }


class ConfirmForm(AccountsForm):
    """The last word before a file is taken in."""

    repair = forms.BooleanField(label=_("Mend garbled texts (Ã© for é)"), required=False)
    keep_mapping = forms.BooleanField(label=_("Read such files the same way next time"), required=False, initial=True)


class MarkForm(forms.Form):
    role = forms.ChoiceField(label=_("It is"), choices=AccountRole.choices)


class ConnectForm(forms.Form):
    """What a network must be told to be connected; made from what it declares.

    Connected anew, a key that is left empty stays as it was, unless it would go elsewhere than before.

    Parameters
    ----------
    known : the settings of the connection that is connected anew
    held : the names of the keys that it has
    """

    def __init__(
        self, data: Any = None, *, offer: Offer, known: dict[str, str] | None = None, held: Collection[str] = ()
    ) -> None:
        super().__init__(data)
        self.offer, self._anew = offer, known is not None
        self._known, self._held = known or {}, held
        #: The keys are to come from the network's own page.
        self.by_code = bool(offer.by_code and data and "by_code" in data)
        for field in offer.fields:
            self.fields[f"setting-{field.key}"] = self._field(field, (known or {}).get(field.key, field.default))

    def _field(self, field: Field, known: str) -> forms.CharField:
        if not field.secret:
            return forms.CharField(
                label=field.label, help_text=field.help, required=field.required, initial=known, max_length=500
            )
        help_text = _("Left empty, it stays as it is.") if self._anew else field.help
        # Shown to nobody again, not even to whoever typed it; a browser must not offer a member's own password.
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        required = field.required and not self._anew and not self.by_code
        return forms.CharField(
            label=field.label, help_text=help_text, required=required, widget=widget, max_length=4000
        )

    @property
    def moved(self) -> bool:
        """Whether keys would go elsewhere than they did: whoever says where, must know them."""
        usual = {field.key: field.default for field in self.offer.fields if field.default}
        before, now = {**usual, **self._known}, {**usual, **self.told(secret=False)}
        told = {field.key for field in self.offer.fields if not field.secret} - HARMLESS
        return self._anew and any(before.get(key) != now.get(key) for key in told)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.by_code and self.moved:
            for key in self._held:
                if not told.get(f"setting-{key}", "").strip():
                    self.add_error(f"setting-{key}", _("Write it again: it was given for the settings of before."))
        return told

    def told(self, *, secret: bool) -> dict[str, str]:
        """The settings that are keys, or those that are not, as far as they were filled in."""
        wanted = [field.key for field in self.offer.fields if field.secret is secret]
        return {key: value for key in wanted if (value := self.cleaned_data[f"setting-{key}"].strip())}
