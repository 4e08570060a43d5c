"""Stretches in which the public wrote more, or more angrily, than usual; what was behind them and what came of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.listen.models import Account, Activity


class Measure(models.TextChoices):
    """What is counted hour by hour."""

    MESSAGES = "messages", _("messages")
    AGAINST = "against", _("messages against us")


class Watch(BrandRows):
    """The last look at a brand's hours: up to when, and what it saw of the last week."""

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, primary_key=True)
    asked_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    # The moment up to which messages were counted.
    until = models.DateTimeField(null=True)
    # How many weeks of the past there are to compare with, and whether they are enough.
    weeks = models.FloatField(default=0)
    enough = models.BooleanField(default=False)
    # ``first`` (ISO), and for each measure [seen, expected, high] an hour; none where the past is too short.
    hours = models.JSONField(default=dict)

    personal_data = ()

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M}" if self.until else "-"


class Crisis(BrandRows):
    """A stretch beyond the usual, or one that a member named; one open at a time."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="crises", db_index=False)
    name = models.CharField(_("what it is about"), max_length=120, blank=True, default="")
    # Who named it; none where the watch saw it.
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    named = models.BooleanField(default=False)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    # From when to when its messages were written; the last hour that was beyond the usual ended at ``last_at``.
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Who closed it; none where calm did.
    closed_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    # The worst of it: so many in so many hours, so many expected, and up to how many would be usual.
    measure = models.CharField(max_length=8, choices=Measure, blank=True, default="")
    window = models.IntegerField(null=True)
    seen = models.IntegerField(null=True)
    expected = models.FloatField(null=True)
    high = models.FloatField(null=True)
    # As in ``Watch``, from some days before it.
    hours = models.JSONField(default=dict)
    # Messages against us in all, and how many of the newest were gathered.
    messages = models.IntegerField(default=0)
    gathered = models.IntegerField(default=0)
    gathered_at = models.DateTimeField(null=True)

    personal_data = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand"], condition=models.Q(closed_at__isnull=True), name="crisis_one_open"
            ),
        ]
        indexes = [models.Index(fields=["brand", "-starts_at"], name="crisis_recent")]

    def __str__(self) -> str:
        return self.name or f"{self.starts_at:%Y-%m-%d %H:%M}"


class Group(BrandRows):
    """Messages of a crisis that say the same, and the answer prepared for them; ``rest``: what is alike to nothing."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False)
    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="groups")
    place = models.IntegerField(default=0)
    rest = models.BooleanField(default=False)
    # Each is used by three people at least; gone when fewer are left (``0002_gone``).
    words = ArrayField(models.TextField(), default=list)
    answer = models.TextField(_("prepared answer"), blank=True, default="")
    answer_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    answer_at = models.DateTimeField(null=True)

    personal_data = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["crisis"], condition=models.Q(rest=True), name="crisis_one_rest"),
        ]

    def __str__(self) -> str:
        return " ".join(self.words)


class GroupMessage(BrandRows):
    """A message of a group; goes with its reading, by a trigger of the database (``0002_gone``)."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="lines")
    activity = models.ForeignKey(Activity, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")

    personal_data = ("activity", "account")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "activity"], name="crisis_message_once")]

    def __str__(self) -> str:
        return f"{self.activity_id}"


class Aftermath(BrandRows):
    """What had become of a crisis so many days after its end; ``OPEN`` while it lasts."""

    OPEN = -1

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False)
    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="aftermath")
    day = models.SmallIntegerField()
    at = models.DateTimeField()
    # people, talks, answered, median_s, confirmed, due, back; before, during, after: [messages, against us]
    figures = models.JSONField(default=dict)

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["crisis", "day"], name="crisis_aftermath_once")]

    def __str__(self) -> str:
        return f"{self.day} d"
