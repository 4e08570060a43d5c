"""What was taken in: accounts, their activities, and the imports that brought them.

Keys of accounts and activities are hashes of the brand and the network's own id (``listen.keys``): a million rows find
each other without a look-up, a reply may arrive before what it answers, and taking in twice changes nothing.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
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


class ImportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Import(BrandRows):
    """One file taken in: what was asked, how far it is, and the report that stays."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    filename = models.TextField()
    # Where the uploaded file waits; emptied once it is taken in.
    path = models.TextField(default="")
    format = models.CharField(max_length=40, default="")
    mapping = models.JSONField(default=dict)
    # Own accounts, competitors, network, dry run: as the form or the command line said.
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    dry_run = models.BooleanField(default=False)
    bytes_read = models.BigIntegerField(default=0)
    bytes_total = models.BigIntegerField(default=0)
    # rows = accepted + repeated + rejected
    rows = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    repeated = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    # How many acts, accounts and undated ties those rows tell of.
    acts = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    ties = models.BigIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    # Sentences for the reader: what was guessed, merged or doubtful.
    warnings = models.JSONField(default=list)
    # The file of refused rows, each with its line, field, value, reason and cure.
    rejects_path = models.TextField(default="")
    error = models.TextField(default="")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    # The options hold the first rows of the file from the look at it until it is taken in.
    personal_data = ("rejects_path", "options")

    class Meta:
        indexes = [models.Index(fields=["brand", "-created_at"], name="import_recent")]

    def __str__(self) -> str:
        return self.filename


class SavedMapping(BrandRows):
    """How the columns of a kind of file are read, as somebody confirmed it."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    # The header that it was saved for: the same header is read the same way next time.
    header = models.TextField()
    mapping = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "header"], name="mapping_once_per_header")]

    def __str__(self) -> str:
        return self.name


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
