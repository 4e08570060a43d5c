"""Messages gathered by meaning: the topics of a week, and what the public teaches. They keep keys of messages only."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.listen.models import Account, Activity
from entourage.web.reading.models.readings import Department, Lesson


class Gathering(BrandRows):
    """Messages that mean the same: their telling words, how many, from how many people, and whether that is rising."""

    # Each is used by three people at least: nobody is known by them.
    words = ArrayField(models.TextField(), default=list)
    messages = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    # Messages that are no near-duplicates of another one.
    different = models.IntegerField(default=0)
    # How many times as often as before with its 95 % interval; no bound where nothing came before.
    times = models.FloatField(null=True)
    low = models.FloatField(default=0)
    high = models.FloatField(null=True)
    # How many weeks of messages there were before to compare with; none where all is new.
    weeks_before = models.FloatField(default=0)
    # The mean nearness to the brand's territory, per mille.
    nearness = models.SmallIntegerField(null=True)

    personal_data: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return " ".join(self.words)

    @property
    def rising(self) -> int:
        """1 where it surely rises, -1 where it surely falls, 0 where chance may be all."""
        if self.low > 1:
            return 1
        return -1 if self.high is not None and self.high < 1 else 0


class Topic(Gathering):
    """What people talked about in a week."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="topics", db_index=False)
    # The Monday on which it begins, in the brand's time zone.
    week = models.DateField()

    personal_data = ()

    class Meta:
        indexes = [models.Index(fields=["brand", "-week", "-people"], name="topic_of_week")]


class TopicWeek(BrandRows):
    """A week that was looked at, whether it has a topic or not."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="topic_weeks", db_index=False)
    week = models.DateField()
    messages = models.IntegerField(default=0)
    # How much of the week had passed.
    share = models.FloatField(default=1)
    made_at = models.DateTimeField()

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "week"], name="topic_week_once")]

    def __str__(self) -> str:
        return f"{self.week}"


class Progress(models.TextChoices):
    """How far the brand is with what the public teaches."""

    NEW = "new", pgettext_lazy("a finding", "new")
    NOTED = "noted", _("noted")
    TOLD = "told", _("passed on")
    ANSWERED = "answered", _("answered with a help page")
    DONE = "done", _("mended or made")
    DROPPED = "dropped", _("not for us")


class Finding(Gathering):
    """What several people teach the brand: a question on use, something that fails, an idea."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="findings", db_index=False)
    kind = models.CharField(max_length=8, choices=Lesson)
    # As a member called it; the telling words stand in for it until then.
    title = models.CharField(_("title"), max_length=120, blank=True, default="")
    state = models.CharField(_("state"), max_length=8, choices=Progress, default=Progress.NEW)
    told_to = models.CharField(_("passed on to"), max_length=16, choices=Department, blank=True, default="")
    link = models.URLField(_("help page"), max_length=500, blank=True, default="")
    # Messages in each of the last thirteen weeks, the oldest first.
    weeks = ArrayField(models.IntegerField(), default=list)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    changed_at = models.DateTimeField(null=True)

    personal_data = ()

    class Meta:
        indexes = [models.Index(fields=["brand", "kind", "-people", "id"], name="finding_by_people")]


class GatheredMessage(BrandRows):
    """A message in a topic or a finding; goes with its reading."""

    activity = models.ForeignKey(Activity, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    account = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    # The cosine to the centre, per mille: the most central message stands for all.
    nearness = models.SmallIntegerField()

    personal_data: ClassVar[tuple[str, ...]] = ("activity", "account")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.activity_id}"


class TopicMessage(GatheredMessage):
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="said", db_index=False)

    personal_data = ("activity", "account")

    class Meta:
        indexes = [models.Index(fields=["topic", "-nearness", "activity"], name="topic_message_order")]


class FindingMessage(GatheredMessage):
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="said", db_index=False)

    personal_data = ("activity", "account")

    class Meta:
        indexes = [models.Index(fields=["finding", "-nearness", "activity"], name="finding_message_order")]
