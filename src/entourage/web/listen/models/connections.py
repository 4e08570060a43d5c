"""Live doors to accounts of networks."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.listen.models.log import Account


class ConnectionState(models.TextChoices):
    LIVE = "live", _("Live")
    PAUSED = "paused", _("Paused")
    # The network asks to wait, or does not answer; it is tried again by itself.
    WAITING = "waiting", _("Waiting")
    # The keys are no longer good: a person must connect anew.
    RECONNECT = "reconnect", _("Connect anew")
    BROKEN = "broken", _("Broken")


class Connection(BrandRows):
    """A live door to one account of a network: its keys, how far it was read, and how it is doing."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="connections")
    network = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    # Whose account it is, once the network has told.
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, db_constraint=False, related_name="+")
    settings = models.JSONField(default=dict)
    # What must not be read in a dump of the database: encrypted with a key that stands outside of it.
    secrets = models.BinaryField(default=bytes)
    # What these keys allow, in words of networks.live.Can.
    can = ArrayField(models.CharField(max_length=10), default=list)
    # networks.live.Limits as last declared, for pages that must not load the networks: length, unit,
    # answer_within_s, attachments, attachment_bytes, attachment_kinds.
    limits = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ConnectionState, default=ConnectionState.LIVE)
    # The network's own page, where the account's owner allows us for a code; empty where no code is waited for.
    allow_url = models.TextField(default="")
    # From where reading goes on; opaque to all but the network.
    cursor = models.TextField(default="")
    # A sentence for the reader, with its cure; never a key.
    error = models.TextField(default="")
    tries = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    # The last time that its stream gave a sign of life, and the last time that anything came in.
    stream_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    # "412 of 412 present": what the network holds of a stretch, and how much of it is here.
    reconciled_at = models.DateTimeField(null=True)
    reconciled_since = models.DateTimeField(null=True)
    held_there = models.IntegerField(null=True)
    held_here = models.IntegerField(null=True)
    # What the last reconciliation had to bring in, or mirror as deleted.
    mended = models.IntegerField(default=0)
    # Told by us and no longer by the network: too many at once to be believed, so nothing was mirrored.
    doubted = models.IntegerField(default=0)
    # How many acts it has brought, and when it had first caught up with all that the network shows.
    taken = models.BigIntegerField(default=0)
    caught_up_at = models.DateTimeField(null=True)
    # When its keys end, where the network tells.
    ends_at = models.DateTimeField(null=True)
    # How long it is usually quiet at most, in its own past, and when that was looked at.
    usual_gap = models.DurationField(null=True)
    looked_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    personal_data = ("name", "settings", "secrets", "error")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "network", "name"], name="connection_once")]

    def __str__(self) -> str:
        return self.name
