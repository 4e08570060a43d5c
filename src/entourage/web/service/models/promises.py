"""What is promised, and how it was kept."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.inbox.models import Conversation


class Target(BrandRows):
    """By when whoever writes hears from us, in minutes of service; of those that fit, the most specific holds."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="targets")
    # Each empty means any.
    department = models.CharField(_("department"), max_length=16, blank=True, default="")
    network = models.CharField(_("network"), max_length=20, blank=True, default="")
    standing = models.CharField(_("standing"), max_length=15, blank=True, default="")
    vehement = models.BooleanField(_("vehement"), null=True)
    first_minutes = models.PositiveIntegerField(_("first answer"), null=True)
    next_minutes = models.PositiveIntegerField(_("later answers"), null=True)
    resolution_minutes = models.PositiveIntegerField(_("resolved"), null=True)

    personal_data = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "department", "network", "standing", "vehement"],
                name="target_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(first_minutes__isnull=False)
                | models.Q(next_minutes__isnull=False)
                | models.Q(resolution_minutes__isnull=False),
                name="target_promises_something",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.department, self.network, self.standing))) or "*"


class Kept(models.TextChoices):
    """Where a promise stands, as ``entourage.engine.service.deadlines.State`` tells it."""

    RUNNING = "running", _("running")
    MET = "met", _("kept")
    MISSED = "missed", _("missed")
    CANCELLED = "cancelled", _("needed no answer")
    UNKNOWN = "unknown", _("moment unknown")
    UNPROMISED = "unpromised", _("nothing promised")


class What(models.TextChoices):
    """What is promised."""

    FIRST = "first", _("first answer")
    NEXT = "next", _("later answer")
    RESOLUTION = "resolution", _("resolved")


class Report(BrandRows):
    """How the promises of a stretch were kept, as computed by a job; the rows behind it are ``Promise``."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="service_reports")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    # What it looks at: conversations that began in [starts_at, at), as of ``at``.
    starts_at = models.DateTimeField(null=True)
    at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)

    #: A count that has not come by then was lost with its worker: another one may be asked for.
    GIVEN_UP = timedelta(minutes=10)
    personal_data = ()

    class Meta:
        indexes = [models.Index(fields=["brand", "-asked_at"], name="service_report_recent")]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class Promise(BrandRows):
    """One clock of one conversation in a report. Gone with the conversation: the database itself keeps that."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="promises", db_index=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.DO_NOTHING, db_constraint=False, related_name="promises"
    )
    what = models.CharField(max_length=10, choices=What)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=Kept)
    # Counted in the attainment: its target had passed.
    counted = models.BooleanField(default=False)
    department = models.CharField(max_length=16, blank=True, default="")
    network = models.CharField(max_length=20)
    target = models.ForeignKey(Target, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+")

    personal_data = ("conversation",)

    class Meta:
        indexes = [
            models.Index(fields=["report", "what", "state", "-started_at", "-id"], name="promise_by_state"),
            models.Index(fields=["report", "what", "-started_at", "-id"], name="promise_by_what"),
            models.Index(fields=["report", "department", "what", "-started_at", "-id"], name="promise_by_dept"),
            models.Index(fields=["report", "network", "what", "-started_at", "-id"], name="promise_by_network"),
            models.Index(fields=["report", "-started_at", "-id"], name="promise_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.state}"


class FirstResponse(BrandRows):
    """What somebody asked us first in a thread and when it was answered first, in a report.

    The same as in the audit. Gone with the conversation: the database itself keeps that.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="responses", db_index=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.DO_NOTHING, db_constraint=False, related_name="first_responses"
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # False: answered then or later, the source does not tell.
    known = models.BooleanField(default=True)
    # Answered, or asked long enough ago to be called unanswered.
    due = models.BooleanField(default=True)
    department = models.CharField(max_length=16, blank=True, default="")
    network = models.CharField(max_length=20)

    personal_data = ("conversation",)

    class Meta:
        indexes = [
            models.Index(fields=["report", "-asked_at", "-id"], name="response_recent"),
            models.Index(
                fields=["report", "-asked_at", "-id"],
                condition=models.Q(due=True, answered_at__isnull=True),
                name="response_unanswered",
            ),
            models.Index(fields=["report", "department", "-asked_at", "-id"], name="response_by_dept"),
            models.Index(fields=["report", "network", "-asked_at", "-id"], name="response_by_network"),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.asked_at:%Y-%m-%d %H:%M}"
