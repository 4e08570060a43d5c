"""People, and where each stands with the brand."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member, Unit
from entourage.web.core.scope import BrandRows


class Kind(models.TextChoices):
    """Staff and bots are people of the log, never of the figures."""

    PUBLIC = "public", _("Public")
    STAFF = "staff", _("Staff")
    BOT = "bot", _("Bot")


class Person(BrandRows):
    """Somebody around the brand, behind one or several accounts."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="people", db_index=False)
    name = models.TextField()
    # unaccent(lower(name)): French order without ICU.
    sort_name = models.TextField()
    # The handles of all accounts, for search.
    handles = models.TextField(default="")
    networks = models.TextField(default="")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.PUBLIC)
    # They objected to profiling: no standing is computed, answers still go out.
    left_alone_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(auto_now_add=True)

    personal_data = ("name", "sort_name", "handles")

    class Meta:
        indexes = [
            models.Index(fields=["brand", "sort_name", "id"], name="person_by_name"),
            GinIndex(
                OpClass(Upper("sort_name"), name="gin_trgm_ops"),
                OpClass(Upper("handles"), name="gin_trgm_ops"),
                name="person_search",
            ),
            models.Index(fields=["brand", "kind"], condition=~models.Q(kind="public"), name="person_marked"),
            models.Index(fields=["brand", "networks"], name="person_by_networks"),
            models.Index(
                fields=["brand", "sort_name", "id"],
                condition=models.Q(left_alone_at__isnull=False),
                name="person_left_alone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Ring(models.IntegerChoices):
    """How close, as a share of the coming weeks in which we expect to hear from them."""

    PASSING = 0, _("passing")
    KNOWN = 1, _("known")
    CLOSE = 2, _("close")
    INNER = 3, _("inner circle")


class Movement(models.TextChoices):
    """What changed since one horizon ago."""

    NONE = "", _("steady")
    NEW = "new", _("new")
    CLOSER = "closer", _("closer")
    DRIFTING = "drifting", _("drifting away")
    QUIET = "quiet", _("gone quiet")
    BACK = "back", _("came back")


class Temper(models.TextChoices):
    """What warmth is called: only a whole interval on one side of zero is warm or hostile."""

    WARM = "warm", _("warm")
    MIXED = "mixed", _("mixed")
    HOSTILE = "hostile", _("hostile")
    UNKNOWN = "unknown", _("too little said")


class StandingName(models.TextChoices):
    """What ring and warmth together make of a person; a regular who is angry is no ally."""

    ALLY = "ally", _("ally")
    REGULAR = "regular", _("regular")
    HOSTILE_REGULAR = "hostile_regular", _("hostile regular")
    CRITIC = "critic", _("critic")
    PASSING = "passing", _("passing")
    UNKNOWN = "unknown", _("unknown")


#: Names that say no more than the ring beside them; empty where nobody was named.
SILENT = frozenset({StandingName.PASSING, StandingName.UNKNOWN, ""})


class Standing(BrandRows):
    """Where a person stands, as it could be known at ``at``; computed by a job, never by a page."""

    # No foreign keys here: checking each of a million rows takes longer than writing them; ``standings_lock`` keeps
    # what they would keep.
    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, db_constraint=False)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    # The prediction: engaged weeks (units) in the next quarter (horizon), with its 80 % interval.
    weeks = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    p_alive = models.FloatField()
    ring = models.SmallIntegerField(choices=Ring)
    # The same, one horizon earlier; empty for who was not there yet.
    weeks_before = models.FloatField(null=True)
    ring_before = models.SmallIntegerField(choices=Ring, null=True)
    movement = models.CharField(max_length=8, choices=Movement, default=Movement.NONE)
    # What hysteresis must remember.
    periods_below = models.SmallIntegerField(default=0)
    was_close = models.BooleanField(default=False)
    # What the prediction rests on.
    engaged = models.IntegerField()  # engaged weeks (units), the first one included
    opportunities = models.IntegerField()  # weeks (units) since first seen
    acts = models.IntegerField()  # meaningful acts
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # Messages that called for an answer, and how many of them got one.
    asked = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    # Warmth: expected share of positive minus negative messages with its 80 % interval, -1 to 1; empty where nothing of
    # what they wrote was judged.
    warmth = models.FloatField(null=True)
    warmth_low = models.FloatField(null=True)
    warmth_high = models.FloatField(null=True)
    temper = models.CharField(max_length=7, choices=Temper, default=Temper.UNKNOWN)
    judged = models.IntegerField(default=0)
    positive = models.IntegerField(default=0)
    negative = models.IntegerField(default=0)
    name = models.CharField(max_length=15, choices=StandingName, default=StandingName.UNKNOWN)

    personal_data = (
        "weeks", "low", "high", "p_alive", "ring", "movement", "first_at", "last_at",
        "warmth", "warmth_low", "warmth_high", "temper", "judged", "positive", "negative", "name",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["brand", "-weeks", "person"], name="standing_by_closeness"),
            models.Index(fields=["brand", "ring", "-weeks", "person"], name="standing_by_ring"),
            models.Index(
                fields=["brand", "movement", "-weeks", "person"],
                condition=~models.Q(movement=""),
                name="standing_by_movement",
            ),
            models.Index(fields=["brand", "-last_at", "person"], name="standing_by_last"),
            models.Index(
                fields=["brand", "-weeks", "person"],
                condition=models.Q(asked__gt=0) & models.Q(answered__lt=models.F("asked")),
                name="standing_unanswered",
            ),
            models.Index(
                fields=["brand", "-weeks", "person"],
                condition=models.Q(asked__gt=0) & models.Q(answered__gte=models.F("asked")),
                name="standing_answered",
            ),
            models.Index(fields=["brand", "name", "-weeks", "person"], name="standing_by_name"),
            models.Index(
                fields=["brand", "-warmth", "person"],
                condition=models.Q(warmth__isnull=False),
                name="standing_by_warmth",
            ),
        ]
        # A comparison with nothing is neither true nor false and would pass: each says that there is something.
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="ally") | models.Q(ring__gte=2, warmth_low__isnull=False, warmth_low__gt=0),
                name="standing_ally_is_warm",
            ),
            models.CheckConstraint(
                condition=~models.Q(name__in=["critic", "hostile_regular"])
                | models.Q(warmth_high__isnull=False, warmth_high__lt=0),
                name="standing_hostile_is_cold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weeks:.1f}"

    @property
    def neutral(self) -> int:
        """Judged messages that are neither for nor against."""
        return self.judged - self.positive - self.negative


class Scoring(BrandRows):
    """One run of the scores of a brand: its moment, its model, its backtest; the newest done is what pages show."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="scorings")
    at = models.DateTimeField()
    unit = models.CharField(max_length=4, choices=Unit)
    horizon = models.IntegerField()  # units
    people = models.BigIntegerField(default=0)
    activities = models.BigIntegerField(default=0)
    model = models.CharField(max_length=20, default="")
    # People in each ring and of each movement, for pages that must not count a million rows.
    counts = models.JSONField(default=dict)
    # The backtest's figures: how far the prediction can be trusted.
    backtest = models.JSONField(default=dict)
    # How the crowd's messages split by sign: what somebody of few words is thought to be like.
    tone = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    personal_data = ()

    class Meta:
        indexes = [models.Index(fields=["brand", "-started_at"], name="scoring_recent")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Segment(BrandRows):
    """A search worth keeping: the filters of the People page under a name."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="segments")
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="segment_once")]

    def __str__(self) -> str:
        return self.name
