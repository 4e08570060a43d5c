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
