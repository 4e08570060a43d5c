"""Files taken in, and how their columns are read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows


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
