"""Who gets to answer: the brand's rules, and what was done with each conversation."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.inbox.models import Conversation, Label
from entourage.web.reading.models import Sign


class Rule(BrandRows):
    """Where a message goes that is as the rule says; of several that fit, the first one decides."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="rules")
    place = models.IntegerField()
    name = models.CharField(_("name"), max_length=80)
    active = models.BooleanField(_("in force"), default=True)
    # All conditions that are given must hold; of a list, one of its values.
    networks = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    intents = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    standings = ArrayField(models.CharField(max_length=15), default=list, blank=True)
    words = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    sign = models.SmallIntegerField(_("sign"), choices=Sign, null=True, blank=True)
    vehement = models.BooleanField(_("vehement"), null=True, blank=True)
    # What happens then.
    department = models.CharField(_("department"), max_length=16, blank=True, default="")
    label = models.ForeignKey(Label, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    assignee = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    urgent = models.BooleanField(_("urgent"), default=False)
    # Unlike all above: whichever rule that fits asks for it, first or not, until what it fits is answered.
    approve = models.BooleanField(_("answers wait for somebody's yes"), default=False)

    personal_data = ()

    class Meta:
        indexes = [models.Index(fields=["brand", "place", "id"], name="rule_in_order")]

    def __str__(self) -> str:
        return self.name


class Handling(BrandRows):
    """What the service did with an open conversation, so that it does nothing twice.

    Gone with the conversation: the database itself keeps that.
    """

    conversation = models.OneToOneField(
        Conversation, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="handling"
    )
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    # A hash of what routing looked at; the same again needs no routing.
    facts = models.BigIntegerField(null=True)
    # Which rule decided, and the department that it said.
    rule = models.ForeignKey(Rule, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+")
    said = models.CharField(max_length=16, blank=True, default="")
    # A rule says that it goes before the others.
    urgent = models.BooleanField(default=False)
    # A hash of what the clocks looked at; none while nothing runs.
    clocked = models.BigIntegerField(null=True)
    # The promise (by when) that was escalated last.
    escalated_due = models.DateTimeField(null=True)
    # Which target holds, for whoever asks why.
    target = models.ForeignKey("Target", on_delete=models.SET_NULL, null=True, db_index=False, related_name="+")

    personal_data = ("conversation",)

    class Meta:
        indexes = [
            models.Index(fields=["brand"], condition=models.Q(clocked__isnull=False), name="handling_with_a_clock"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}"
