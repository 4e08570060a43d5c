"""What members promise to people, what they pass over, the words of thanks that were used, and how long things take."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.inbox.models import Conversation


class Pledge(BrandRows):
    """What somebody was promised, by when; on Today of who promised it until it is kept or taken back.

    Gone with the conversation: the database itself keeps that.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="pledges")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.DO_NOTHING, db_constraint=False, related_name="pledges"
    )
    what = models.TextField(_("what was promised"))
    due_at = models.DateTimeField(_("by when"))
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    personal_data = ("what", "conversation")

    class Meta:
        indexes = [
            models.Index(
                fields=["brand", "due_at", "id"],
                condition=models.Q(kept_at__isnull=True, taken_back_at__isnull=True),
                name="pledge_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d %H:%M}"


class PassedOver(BrandRows):
    """Something that a member does not want to see on their Today until then."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    # What it is: ``answer:12``, ``thanks:34`` (a conversation's, a person's number) ...
    key = models.CharField(max_length=40)
    until = models.DateTimeField()

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="passed_over_once")]

    def __str__(self) -> str:
        return self.key


class WordsOfThanks(BrandRows):
    """A keyed hash of words that were sent as thanks: never the same twice."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    words = models.UUIDField()
    outgoing = models.UUIDField()
    at = models.DateTimeField()

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "words"], name="thanks_in_own_words")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Pace(BrandRows):
    """How many minutes an answer takes here, from claim to answer: the median of the last hundreds."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    # ``inbox.models.Place``
    place = models.CharField(max_length=6)
    minutes = models.FloatField()
    answers = models.IntegerField()
    at = models.DateTimeField()

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "place"], name="pace_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.minutes:.1f}"
