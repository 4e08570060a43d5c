"""What members do with conversations, and what they keep for them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.inbox.models.conversations import Conversation
from entourage.web.reading.models import Department

LONGEST_LABEL = 40  # characters


class Note(BrandRows):
    """What members tell each other about a conversation; never leaves the house."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    # Members named with an @, who find it on their Today until they have seen it.
    named = ArrayField(models.BigIntegerField(), default=list)
    seen = ArrayField(models.BigIntegerField(), default=list)

    personal_data = ("text",)

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "at"], name="note_in_order"),
            GinIndex(fields=["named"], name="note_named"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Draft(BrandRows):
    """An answer that somebody has begun; kept until it is sent or thrown away."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    personal_data = ("text",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Step(BrandRows):
    """What a member or a rule did with a conversation, as its thread shows it; never words of the public."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    # past tense: claimed, released, handed_over, snoozed, resolved, opened, routed, labelled ...
    what = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)

    # The name of a label, as members gave it.
    personal_data = ("detail",)

    class Meta:
        indexes = [models.Index(fields=["conversation", "at"], name="step_in_order")]

    def __str__(self) -> str:
        return self.what


class Label(BrandRows):
    """A word that members put on conversations."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=LONGEST_LABEL)

    personal_data = ("name",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="inbox_label_once")]

    def __str__(self) -> str:
        return self.name


class Macro(BrandRows):
    """An answer written beforehand; its variables are filled in for the person it goes to."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("text"))
    department = models.CharField(_("department"), max_length=16, choices=Department, blank=True, default="")
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="macro_once")]

    def __str__(self) -> str:
        return self.name


class View(BrandRows):
    """A search of the inbox worth keeping: its filters under a name."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField()
    # Whose it is; nobody's is everybody's.
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "member", "name"], name="view_once")]

    def __str__(self) -> str:
        return self.name


class Presence(BrandRows):
    """Who looks at a conversation right now, and whether they write; forgotten after a minute."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="present")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    writing = models.BooleanField(default=False)

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.seen_at:%H:%M:%S}"
