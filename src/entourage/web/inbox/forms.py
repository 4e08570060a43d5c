"""What one fills in at the inbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from entourage.web.core.templatetags.entourage import number
from entourage.web.inbox.actions import Takes, kind_of, name_for
from entourage.web.inbox.models import LONGEST_LABEL, Macro
from entourage.web.outbox.actions import File
from entourage.web.reading.models import Department
from entourage.web.reading.queries import LANGUAGES, language_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.files.uploadedfile import UploadedFile

    from entourage.web.core.models import Member

#: No network takes a longer answer; a mail may be long.
LONGEST_ANSWER = 100_000
LONGEST_NOTE = 5_000
#: What a picture shows, in words; longer ones are cut: networks take about as many.
LONGEST_ALT = 1_500
#: When the day begins for who puts a conversation off.
MORNING = 9


def _morning(now: datetime, days: int) -> datetime:
    """Nine o'clock so many days from now, in the zone of the page."""
    day = (timezone.localtime(now) + timedelta(days=days)).date()
    local = datetime(day.year, day.month, day.day, MORNING, tzinfo=timezone.get_current_timezone())
    return local.astimezone(UTC)


def _monday(now: datetime) -> datetime:
    return _morning(now, 7 - timezone.localtime(now).weekday())


#: For how long one may put a conversation off with one press: its key, its name, until when.
SNOOZES: dict[str, tuple[Any, Callable[[datetime], datetime]]] = {
    "hour": (_("For an hour"), lambda now: now + timedelta(hours=1)),
    "evening": (_("For four hours"), lambda now: now + timedelta(hours=4)),
    "tomorrow": (_("Until tomorrow"), lambda now: _morning(now, 1)),
    "monday": (_("Until Monday"), _monday),
}


class AnswerForm(forms.Form):
    """An answer, to whom it goes, what its writer had seen, whether that is all, and the files that go with it."""

    text = forms.CharField(max_length=LONGEST_ANSWER, error_messages={"required": _("Write an answer first.")})
    seen = forms.UUIDField(error_messages={"required": _("Load the page anew.")})
    private = forms.BooleanField(required=False)
    resolve = forms.BooleanField(required=False)

    def __init__(self, data: Any, files: Any = None, *, takes: Takes | None = None) -> None:
        super().__init__(data, files)
        self.takes = takes or Takes()
        self.chosen: list[UploadedFile[Any]] = files.getlist("files") if files else []
        # One line for each file: a field for each, or one that holds them all in the order of their names.
        self.lines = [line.strip() for line in data.getlist("alt")]
        if not self.lines:
            self.chosen.sort(key=lambda one: str(one.name).casefold())
            self.lines = [line.strip() for line in data.get("alts", "").strip().splitlines()]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        self._fit()
        lines = [" ".join(self.lines)] if len(self.chosen) == 1 else self.lines
        if any(lines[len(self.chosen) :]):
            raise forms.ValidationError(_("There are more lines than files: write one line for each file, in order."))
        lines += [""] * len(self.chosen)
        return {**told, "enclosures": [self._file(one, alt) for one, alt in zip(self.chosen, lines, strict=False)]}

    def _fit(self) -> None:
        """Nothing is read before it is known to be small enough."""
        takes, chosen = self.takes, self.chosen
        if chosen and not takes.most:
            raise forms.ValidationError(_("No files can be sent with this answer: take them away."))
        if len(chosen) > takes.most:
            few = ngettext("At most %(most)d file goes with an answer here: take some away.",
                           "At most %(most)d files go with an answer here: take some away.", takes.most)  # fmt: skip
            raise forms.ValidationError(few % {"most": takes.most})
        heavy = next((one for one in chosen if (one.size or 0) > takes.each), None)
        if heavy:
            told = {"name": heavy.name, "most": size(takes.each)}
            raise forms.ValidationError(gettext("%(name)s is larger than %(most)s: choose a smaller one.") % told)
        if sum(one.size or 0 for one in chosen) > takes.together:
            heavier = gettext("Together these files are larger than %(most)s: take some away.")
            raise forms.ValidationError(heavier % {"most": size(takes.together)})

    def _file(self, one: UploadedFile[Any], alt: str) -> File:
        content, name = one.read(), str(one.name)
        kind = kind_of(content)
        if not content:
            raise forms.ValidationError(gettext("%(name)s is empty: choose another one.") % {"name": name})
        if kind not in self.takes.kinds:
            told = {"name": name, "kinds": self.takes.called}
            raise forms.ValidationError(
                gettext("%(name)s cannot be sent here: save it as one of %(kinds)s, or leave it out.") % told
            )
        if kind.startswith("image/") and not alt:
            raise forms.ValidationError(
                gettext("Say in words what %(name)s shows: not everybody can see it.") % {"name": name}
            )
        return File(name=name_for(name, kind), kind=kind, content=content, alt=alt[:LONGEST_ALT])


def size(number_of_bytes: int) -> str:
    """So many bytes as a person reads them, rather too few than too many."""
    tenths = number_of_bytes // 100_000
    return f"{number(tenths / 10, 1 if tenths % 10 else 0)} MB"


class DraftForm(forms.Form):
    """What has been written so far, empty throws it away; and when its writer had answered last as the page knew."""

    text = forms.CharField(max_length=LONGEST_ANSWER, required=False, strip=False)
    after = forms.DateTimeField(required=False)


class NoteForm(forms.Form):
    """What colleagues should know."""

    text = forms.CharField(max_length=LONGEST_NOTE, error_messages={"required": _("Write a note first.")})


class SnoozeForm(forms.Form):
    """Until when a conversation is put off: one of the usual stretches, or a moment to come."""

    until = forms.DateTimeField(required=False)

    def __init__(self, data: Any, *, now: datetime) -> None:
        super().__init__(data)
        self.now = now
        self.stretch = str(data.get("for", ""))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        until = SNOOZES[self.stretch][1](self.now) if self.stretch in SNOOZES else told.get("until")
        if until is None or until <= self.now:
            raise forms.ValidationError(_("Choose a moment to come."))
        return {"until": until}


class HandOverForm(forms.Form):
    """To whom a conversation goes, and a word about why."""

    to = forms.IntegerField()
    why = forms.CharField(required=False, max_length=500)

    def __init__(self, data: Any, *, team: list[Member]) -> None:
        super().__init__(data)
        self.team = {member.pk: member for member in team}

    def clean_to(self) -> Member:
        found = self.team.get(self.cleaned_data["to"])
        if found is None:
            raise forms.ValidationError(_("Choose somebody of the team who answers."))
        return found


class RouteForm(forms.Form):
    """Which department a conversation is for, and who has it."""

    department = forms.ChoiceField(required=False)
    assignee = forms.IntegerField(required=False)

    def __init__(self, data: Any, *, team: list[Member], departments: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["department"].choices = [("", ""), *departments]  # type: ignore[attr-defined]
        self.team = {member.pk: member for member in team}

    def clean_assignee(self) -> Member | None:
        asked = self.cleaned_data["assignee"]
        if asked is not None and asked not in self.team:
            raise forms.ValidationError(_("Choose somebody of the team who answers."))
        return self.team.get(asked) if asked is not None else None


class NameForm(forms.Form):
    """The name of a label."""

    name = forms.CharField(max_length=LONGEST_LABEL)


class ViewForm(forms.Form):
    """A search worth keeping, and for whom."""

    name = forms.CharField(max_length=80)
    shared = forms.BooleanField(required=False)


class MacroForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes none while it runs
    """An answer written beforehand."""

    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = Macro
        fields = ("name", "text", "department", "language")
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda pair: pair[1])
        self.fields["language"].choices = [("", gettext("any")), *spoken]  # type: ignore[attr-defined]
        self.fields["department"].choices = [("", gettext("any")), *Department.choices]  # type: ignore[attr-defined]
