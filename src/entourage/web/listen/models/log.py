"""What was taken in: accounts and their activities.

Keys of accounts and activities are hashes of the brand and the network's own id (``listen.keys``): a million rows find
each other without a look-up, a reply may arrive before what it answers, and taking in twice changes nothing.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand
from entourage.web.core.scope import BrandRows


class AccountRole(models.TextChoices):
    """On which side an account stands."""

    PUBLIC = "public", _("Public")
    OWN = "own", _("Ours")
    COMPETITOR = "competitor", _("Competitor")


class Account(BrandRows):
    """An account on a network, seen from one brand."""

    id = models.UUIDField(primary_key=True)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="accounts")
    network = models.CharField(max_length=20)
    network_id = models.TextField()
    handle = models.TextField(blank=True, default="")
    name = models.TextField(blank=True, default="")
    url = models.TextField(blank=True, default="")
    role = models.CharField(max_length=10, choices=AccountRole, default=AccountRole.PUBLIC)
    # As the source told: "own", "organisation", "bot" or nothing; "marked" once a member has said the role.
    told_kind = models.CharField(max_length=12, blank=True, default="")
    # When its handle and name were told: an older file imported later does not bring the old name back.
    told_at = models.DateTimeField(null=True)
    # When its network withdrew it: what it wrote until then stays withdrawn, whenever it arrives.
    gone_at = models.DateTimeField(null=True)
    # The person behind it, given out here (sequence of people_person) and kept by the people room; none for a brand.
    person_id = models.BigIntegerField(null=True)

    personal_data = ("network_id", "handle", "name", "url")

    class Meta:
        indexes = [
            models.Index(fields=["person_id"], name="account_of_person"),
            models.Index(fields=["brand", "role"], condition=~models.Q(role="public"), name="account_of_brands"),
            models.Index(fields=["brand"], condition=models.Q(gone_at__isnull=False), name="account_gone"),
        ]

    def __str__(self) -> str:
        return self.handle or self.name or self.network_id


class Activity(BrandRows):
    """One act of one account; when the network deletes it, its words go and a tombstone stays."""

    id = models.UUIDField(primary_key=True)
    # No foreign keys here: a bulk import of a million rows would check each; take_in writes both sides.
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    network = models.CharField(max_length=20)
    network_id = models.TextField()
    # One of networks.activity.Act; empty for a bare tombstone: the deletion was told, the activity not yet.
    act = models.CharField(max_length=10)
    at = models.DateTimeField()
    # Whom it is turned to: our account if it is one of those addressed, else a competitor's, else the first one named.
    toward = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    # All accounts that it is turned to, where there are several: when one becomes ours, ``toward`` is told anew.
    addressed = ArrayField(models.UUIDField(), null=True)
    reply_to = models.UUIDField(null=True)
    context = models.UUIDField(null=True)
    text = models.TextField(default="")
    url = models.TextField(default="")
    language = models.CharField(max_length=12, default="")
    tags = ArrayField(models.TextField(), null=True)
    # The operation that the source's own column names.
    origin = models.TextField(default="")
    rating = models.FloatField(null=True)
    # exact, derived (from a duration) or after (at this moment or later): no moment is ever made up
    timing = models.CharField(max_length=7, default="exact")
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    source = models.ForeignKey("Import", on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False)

    personal_data = ("network_id", "text", "url", "tags")

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="activity_of_account"),
            models.Index(fields=["brand", "at"], name="activity_of_brand"),
            models.Index(fields=["reply_to"], condition=models.Q(reply_to__isnull=False), name="activity_answers"),
            # Small on purpose: what must be looked at again when an account becomes ours, or an answered act arrives.
            models.Index(fields=["brand"], condition=models.Q(addressed__isnull=False), name="activity_to_several"),
            models.Index(
                fields=["brand"],
                condition=models.Q(toward__isnull=True, reply_to__isnull=False, deleted_at__isnull=True),
                name="activity_orphans",
            ),
            # What may deserve thanks: few among all acts, and looked for on every Today.
            models.Index(
                fields=["brand", "at"],
                condition=models.Q(act__in=["help", "purchase", "idea", "share", "review"]),
                name="activity_deeds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"


class Subject(BrandRows):
    """The subject of an activity that has one, as a mail does; gone with its words: the database itself keeps that."""

    activity = models.UUIDField(primary_key=True)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    text = models.TextField()

    personal_data = ("text",)

    def __str__(self) -> str:
        return self.text


class Attachment(BrandRows):
    """A file that came with an activity; gone with its words, or with their next edition: the database keeps that.

    Beside them in the database, so that one transaction takes both in, one deletion takes both away, and a backup
    holds both.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_constraint=False)
    # Without a foreign key, as all that a bulk import writes.
    activity = models.UUIDField()
    # Its place among the files of the activity, from 0.
    place = models.SmallIntegerField()
    name = models.TextField(default="")
    # As the source told; what it is shows its content alone.
    kind = models.CharField(max_length=100, default="")
    # In words what it shows, as its sender said.
    alt = models.TextField(default="")
    # Where it lies on its network.
    url = models.TextField(default="")
    # In bytes and pixels; 0 where the source does not tell.
    size = models.BigIntegerField(default=0)
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    # Empty where it stayed on its network, or in the mailbox because it is too large.
    content = models.BinaryField(null=True)

    personal_data = ("name", "alt", "url", "content")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "place"], name="attachment_once")]

    def __str__(self) -> str:
        return self.name or self.alt or self.kind


class Tie(BrandRows):
    """An undated tie between two accounts, from a file that tells no moments (a network of retweets, of followers)."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    source = models.ForeignKey(Account, on_delete=models.CASCADE, db_constraint=False, related_name="ties_out")
    target = models.ForeignKey(Account, on_delete=models.CASCADE, db_constraint=False, related_name="ties_in")
    kind = models.CharField(max_length=10)
    weight = models.FloatField(default=1.0)

    personal_data = ("source", "target")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "kind", "source", "target"], name="tie_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.weight:g}"


class Erased(BrandRows):
    """The keyed fingerprint of an erased account: enough to keep it out, nothing to find it by."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    fingerprint = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "fingerprint"], name="erased_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
