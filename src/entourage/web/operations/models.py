"""Operations: a contest, a tasting, a campaign, and how its people are told apart."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand
from entourage.web.core.scope import BrandRows


class OperationKind(models.TextChoices):
    CONTEST = "contest", _("Contest")
    TASTING = "tasting", _("Tasting or event")
    CAMPAIGN = "campaign", _("Campaign")
    PAID = "paid", _("Paid promotion")
    OTHER = "other", _("Other")


class Operation(BrandRows):
    """Something the brand organised; its people are those who acted within its dates and, where given, its mark."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="operations")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=OperationKind, default=OperationKind.CONTEST)
    starts_at = models.DateTimeField(_("starts"))
    # The draw, or the end of spending: the clock of who stayed starts here.
    ends_at = models.DateTimeField(_("ends (the draw)"))
    hashtag = models.CharField(_("hashtag"), max_length=80, blank=True, default="")
    # The link or the network's id of the post that people answered.
    post = models.TextField(_("post"), blank=True, default="")
    # The value of the file's own column for operations.
    origin = models.CharField(_("name in the file's column"), max_length=120, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    # How many took part, with how many acts: counted by a job, because a page must not read a million rows.
    people = models.IntegerField(null=True, editable=False)
    acts = models.IntegerField(null=True, editable=False)

    personal_data = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "name"], name="operation_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="operation_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Suggestion(BrandRows):
    """Something in the log that looks like an operation: a hashtag or a column's value, its dates and its people."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="suggestions")
    hashtag = models.TextField(default="")
    origin = models.TextField(default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    people = models.IntegerField()

    personal_data = ()

    def __str__(self) -> str:
        return f"#{self.hashtag}" if self.hashtag else self.origin
