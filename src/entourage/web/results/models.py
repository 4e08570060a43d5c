"""The Monday audit, as it was computed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows


class AuditState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Audit(BrandRows):
    """One audit of one period; ``figures`` holds numbers and keys, never a person's name or words."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="audits")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AuditState, default=AuditState.WAITING)
    # What is being computed now, for the page that waits.
    step = models.CharField(max_length=40, default="")
    figures = models.JSONField(default=dict)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    personal_data = ()

    class Meta:
        indexes = [models.Index(fields=["brand", "-created_at"], name="audit_recent")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}, {self.ends_at:%Y-%m-%d}"


class Picture(BrandRows):
    """A chart of an audit as SVG, drawn by the job that computed it; holds no name and no words of anybody."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="pictures")
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    svg = models.TextField()

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "name", "language"], name="picture_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class AuditedConversation(BrandRows):
    """One person, one thread, one page: what was asked first and what answered first; keys only, no words.

    Its person, account and messages are joined when it is read: whoever was erased since is not there any more.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="conversations", db_index=False)
    # Empty for ours, else the competitor's handle.
    page = models.TextField(default="")
    network = models.CharField(max_length=20)
    account = models.UUIDField()
    person_id = models.BigIntegerField(null=True)
    # The first message and what it was; how many the person sent in all.
    message = models.UUIDField()
    act = models.CharField(max_length=10)
    messages = models.IntegerField(default=1)
    asked_at = models.DateTimeField()
    # The hour of the week in the brand's time zone: 0 is Monday at midnight.
    hour = models.SmallIntegerField()
    answer = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    # How well the moment of the answer is known: exact, derived, after; empty without an answer.
    timing = models.CharField(max_length=7, default="")
    # The hour of the week of the answer; none where its moment is not known.
    answer_hour = models.SmallIntegerField(null=True)
    # Whether it was asked while no department was open; none where no department has hours.
    outside = models.BooleanField(null=True)

    personal_data = ("account", "person_id", "message", "answer")

    class Meta:
        indexes = [
            models.Index(fields=["audit", "page", "-asked_at", "id"], name="conversation_asked"),
            models.Index(
                fields=["audit", "page", "-asked_at", "id"],
                condition=models.Q(answered_at__isnull=True),
                name="conversation_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page or '-'} {self.asked_at:%Y-%m-%d %H:%M}"
