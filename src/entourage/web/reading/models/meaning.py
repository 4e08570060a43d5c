"""What messages mean: their vectors and words for search, and how near they are to what the brand is about."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.listen.models import Account, Activity


class Vector(BrandRows):
    """The vector of one message, as bytes; goes with its reading, by a trigger of the database (``0004_meaning``)."""

    activity = models.OneToOneField(
        Activity, on_delete=models.DO_NOTHING, primary_key=True, db_column="id", db_constraint=False
    )
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    account = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, db_index=False, db_constraint=False, related_name="vectors"
    )
    at = models.DateTimeField()
    # Grows with each row that is written: what came after a number has not been grouped into topics yet.
    number = models.BigIntegerField()
    encoder = models.CharField(max_length=40)
    vector = models.BinaryField()
    # How near to the brand's territory, per mille; none while the brand has said too little to have one.
    nearness = models.SmallIntegerField(null=True)

    personal_data = ("vector", "nearness")

    class Meta:
        indexes = [
            models.Index(fields=["brand", "at"], name="vector_of_brand"),
            models.Index(fields=["brand", "number"], name="vector_by_number"),
            models.Index(fields=["account"], name="vector_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.encoder} {self.number}"


class Unindexed(BrandRows):
    """A message that was read and waits to be indexed; the database itself writes it (``0007_unindexed``).

    It comes with the reading, again when the vector alone goes or the language changes, and goes with the reading.
    """

    activity = models.OneToOneField(
        Activity, on_delete=models.DO_NOTHING, primary_key=True, db_column="id", db_constraint=False, related_name="+"
    )
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    at = models.DateTimeField()

    personal_data = ("activity",)

    class Meta:
        indexes = [models.Index(fields=["brand", "-at", "activity"], name="unindexed_recent")]

    def __str__(self) -> str:
        return f"{self.activity_id}"


class Words(BrandRows):
    """The words of one message as full-text search knows them: stems without accents; goes with its reading too."""

    activity = models.OneToOneField(
        Activity, on_delete=models.DO_NOTHING, primary_key=True, db_column="id", db_constraint=False
    )
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    at = models.DateTimeField()
    language = models.CharField(max_length=8)
    words = SearchVectorField()

    personal_data = ("words", "language")

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="words_search"),
            # For words that half of all messages hold: the newest are found without the others being looked at.
            models.Index(fields=["brand", "-at"], name="words_recent"),
        ]

    def __str__(self) -> str:
        return self.language


class Territory(BrandRows):
    """What the brand is about: drawn from its own posts and the words given here; how near its public's talk is."""

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, primary_key=True, related_name="territory")
    # Products and subjects, a word or two each, as members give them.
    given = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    # The engine's Territory as bytes; none while the brand has said too little.
    kept = models.BinaryField(null=True)
    encoder = models.CharField(max_length=40, default="")
    # The brand's different texts and words that it rests on, and how many texts of its own there were.
    texts = models.IntegerField(default=0)
    own = models.IntegerField(default=0)
    # What one in twenty of everyday chatter exceeds, per mille.
    most = models.SmallIntegerField(default=0)
    # Vectors below this number still hold the nearness to the territory before; none once all are measured.
    unmeasured = models.BigIntegerField(null=True)
    # Messages and those about what the brand does, by ring and by week, as the last run counted them.
    counts = models.JSONField(default=dict)
    changed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    personal_data = ()

    def __str__(self) -> str:
        return f"{self.texts} texts"


class Indexing(BrandRows):
    """How far the brand's messages are indexed, and what runs."""

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, primary_key=True, related_name="indexing")
    # Whose vectors are wanted: others are made anew when that changes.
    encoder = models.CharField(max_length=40, default="")
    # Vectors up to this number have been grouped into topics and findings.
    grouped = models.BigIntegerField(default=0)
    # How many messages of those to index are indexed; no total while nothing runs.
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    moved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    personal_data = ()

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"


class SearchState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Search(BrandRows):
    """What a member looked for by meaning, and the messages found; kept for an hour, and until somebody is erased."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="searches")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    words = models.TextField()
    # Messages that mean what this one means, instead of words.
    like = models.UUIDField(null=True)
    since = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=SearchState, default=SearchState.WAITING)
    # [activity, cosine per mille or null, words matched, number of copies] each, the best first.
    found = models.JSONField(default=list)
    error = models.TextField(default="")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    personal_data = ("words", "found")

    class Meta:
        indexes = [models.Index(fields=["brand", "-asked_at"], name="search_recent")]

    def __str__(self) -> str:
        return self.words
