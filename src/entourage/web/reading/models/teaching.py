"""What members corrected, and what the brand's reader learned from it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.listen.models import Activity


class About(models.TextChoices):
    """What of a reading a member may correct."""

    SENTIMENT = "sentiment", _("sign")
    INTENT = "intent", _("intent")
    LANGUAGE = "language", _("language")


class Label(BrandRows):
    """What a member said of a message: it holds wherever the very same words stand, and teaches the brand's reader.

    The words themselves stay with the activity; when they go, a trigger removes the label (second migration).
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="labels")
    activity = models.ForeignKey(Activity, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    # The keyed hash of the text (``reading.keys``).
    text_key = models.UUIDField()
    about = models.CharField(max_length=10, choices=About)
    # negative, neutral or positive; an intent, or nothing for "none of these"; a language's code.
    value = models.CharField(max_length=16, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()

    personal_data = ("text_key", "value")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "text_key", "about"], name="label_once")]

    def __str__(self) -> str:
        return f"{self.about} {self.value}"


class TeachingState(models.TextChoices):
    NONE = "none", _("Not taught yet")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Teaching(BrandRows):
    """The brand's reader: what it was taught, how exact it is on the brand's own labels, how far it has read."""

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, primary_key=True, related_name="teaching")
    state = models.CharField(max_length=10, choices=TeachingState, default=TeachingState.NONE)
    # The engine's Taught as bytes; none until there are labels enough.
    taught = models.BinaryField(null=True)
    # Taught.accuracy: by what it is about, the figures of this reader and of the shipped one on the same labels.
    accuracy = models.JSONField(default=dict)
    # How many labels it was taught with, and the newest of them: what came or went since is not in it yet.
    labels = models.IntegerField(default=0)
    upto = models.BigIntegerField(default=0)
    taught_at = models.DateTimeField(null=True)
    error = models.TextField(default="")
    # How many messages of those to read are read; no total while nothing is being read.
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    # When those figures last moved: who was killed in the middle tells nothing any more.
    moved_at = models.DateTimeField(null=True)

    personal_data = ("taught",)

    def __str__(self) -> str:
        return f"{self.state}, {self.labels} labels"
