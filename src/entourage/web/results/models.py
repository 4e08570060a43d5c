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
