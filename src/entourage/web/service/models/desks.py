"""Departments as they serve: their hours, their holidays, and who sits there."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows


class Desk(BrandRows):
    """A department as it serves: one of the six that the reader knows, or one of the brand's own."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="desks")
    # ``reading.models.Department``, or the short name of the brand's own; what a conversation's department says.
    key = models.CharField(max_length=16)
    # Only of the brand's own; the six are called as everywhere.
    name = models.CharField(_("name"), max_length=60, blank=True, default="")
    # Who gets what is not answered in time.
    lead = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Whose clock the hours read; empty means the brand's.
    zone = models.CharField(_("time zone"), max_length=60, blank=True, default="")
    # Seven lists of shifts, Monday first, each shift two minutes of the day; none means day and night.
    week = models.JSONField(null=True)
    # A promise is escalated so many minutes before it is broken.
    warn_minutes = models.PositiveIntegerField(_("escalate before (minutes)"), default=0)

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "key"], name="desk_once")]

    def __str__(self) -> str:
        return self.name or self.key


class Holiday(BrandRows):
    """A date that differs from its weekday: closed, or with shifts of its own."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="holidays")
    # None means every department.
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, null=True, related_name="holidays")
    day = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=80, blank=True, default="")
    shifts = models.JSONField(default=list)

    personal_data = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "desk", "day"], name="holiday_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()


class Seat(BrandRows):
    """A member who answers: for which departments, in which languages, how many at once, and until when away."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="seats")
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="seat")
    departments = ArrayField(models.CharField(max_length=16), default=list)
    # ISO 639-1; none said means all.
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    # What they are good at: intents, and "vehement".
    skills = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    # Open conversations at once; nobody is given more by itself.
    capacity = models.PositiveIntegerField(_("open conversations at once"), default=20)
    absent_until = models.DateTimeField(_("away until"), null=True, blank=True)

    personal_data = ()

    def __str__(self) -> str:
        return str(self.member)
