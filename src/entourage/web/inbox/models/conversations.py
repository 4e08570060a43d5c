"""Conversations and the messages in them; the words themselves stay with the activities."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.listen.models import Account, Activity
from entourage.web.reading.models import Intent, Sign


class Place(models.TextChoices):
    """Where they speak: for all to see, or with us alone."""

    PUBLIC = "public", _("in public")
    DIRECT = "direct", _("direct message")
    EMAIL = "email", _("e-mail")


class State(models.TextChoices):
    """Whose turn it is."""

    OPEN = "open", _("open")
    WAITING = "waiting", _("waiting for them")
    SNOOZED = "snoozed", _("snoozed")
    RESOLVED = "resolved", _("resolved")
    # Nobody answered while it mattered: kept for search and counted as missed, on nobody's list.
    LAPSED = "lapsed", _("lapsed")


class Conversation(BrandRows):
    """What one account says to us in one thread, and what we say to it.

    The same thread, person and page as in the audit. ``key`` is the keyed hash of thread and account: threading twice
    finds the same row.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="conversations", db_index=False)
    key = models.UUIDField()
    network = models.CharField(max_length=20)
    place = models.CharField(max_length=6, choices=Place, default=Place.PUBLIC)
    # Our account, theirs, the person behind it, the first message of the thread.
    page = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    account = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="conversations"
    )
    person_id = models.BigIntegerField(null=True)
    thread = models.UUIDField()
    subject = models.TextField(default="")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    snoozed_until = models.DateTimeField(null=True)
    department = models.CharField(max_length=16, blank=True, default="")
    # A member or a rule said the department: a new reading leaves it alone.
    department_said = models.BooleanField(default=False)
    assignee = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="assigned")
    # Who is answering right now; free again after ``claimed_until``.
    claimed_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="claimed")
    claimed_until = models.DateTimeField(null=True)
    labels = ArrayField(models.BigIntegerField(), default=list)
    # First message of theirs, the last of each side, the first answer.
    asked_at = models.DateTimeField()
    last_in_at = models.DateTimeField()
    last_out_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # Their first message that has no answer yet: since when they wait.
    waiting_since = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    messages = models.IntegerField(default=0)
    last_message = models.ForeignKey(
        Activity, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+"
    )
    # Of what waits for an answer, else of the last message: as read, per mille; none before it is read.
    vehemence = models.SmallIntegerField(null=True)
    sign = models.SmallIntegerField(choices=Sign, null=True)
    intent = models.CharField(max_length=16, choices=Intent, blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    # The next promise of service that ends, and which; written by the room above.
    due_at = models.DateTimeField(null=True)
    due_what = models.CharField(max_length=10, blank=True, default="")
    # The rule that wants somebody's yes before an answer leaves, by its name; written by the room above.
    hold = models.CharField(max_length=80, blank=True, default="", db_default="")
    # A member said the state: only new words of theirs change it.
    state_said = models.BooleanField(default=False)
    # When anything above last changed: what pages that stay open ask for.
    changed_at = models.DateTimeField(default=timezone.now)

    personal_data = ("subject", "account", "person_id", "thread", "last_message", "vehemence", "sign", "intent")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "key"], name="conversation_once")]
        indexes = [
            models.Index(fields=["brand", "state", "-last_in_at", "id"], name="conversation_by_state"),
            models.Index(fields=["brand", "department", "state", "-last_in_at", "id"], name="conversation_by_dept"),
            models.Index(
                fields=["brand", "waiting_since", "id"],
                condition=models.Q(state="open"),
                name="conversation_waiting",
            ),
            models.Index(
                fields=["brand", "due_at", "id"],
                condition=models.Q(due_at__isnull=False, state="open"),
                name="conversation_due",
            ),
            models.Index(
                fields=["assignee", "state", "-last_in_at"],
                condition=models.Q(assignee__isnull=False),
                name="conversation_assigned",
            ),
            models.Index(
                fields=["claimed_by"], condition=models.Q(claimed_by__isnull=False), name="conversation_claimed"
            ),
            models.Index(fields=["snoozed_until"], condition=models.Q(state="snoozed"), name="conversation_snoozed"),
            models.Index(fields=["brand", "person_id", "-last_in_at"], name="conversation_of_person"),
            models.Index(fields=["account"], name="conversation_of_account"),
            models.Index(fields=["brand", "-changed_at"], name="conversation_changed"),
            models.Index(fields=["brand", "-last_in_at", "id"], name="conversation_recent"),
            models.Index(
                fields=["brand", "-last_in_at", "id"],
                condition=models.Q(state="open", assignee__isnull=True),
                name="conversation_nobodys",
            ),
            GinIndex(fields=["labels"], name="conversation_labels"),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.state}"


class Message(BrandRows):
    """An activity's place in a conversation, and its words as the search sees them; gone with the words.

    One answer to two people stands in the conversations of both.
    """

    pk = models.CompositePrimaryKey("activity_id", "conversation_id")
    activity = models.ForeignKey(
        Activity, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.DO_NOTHING, related_name="lines", db_index=False, db_constraint=False
    )
    at = models.DateTimeField()
    inward = models.BooleanField()  # theirs; ours otherwise
    # Plain words and their stems, without accents; none between an edit and the next threading.
    words = SearchVectorField(null=True)

    personal_data = ("words",)

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "at", "activity"], name="message_in_order"),
            GinIndex(fields=["words"], name="message_words"),
            # For words that half of all messages hold: the newest are found without the others being looked at.
            models.Index(fields=["brand", "-at"], name="message_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Spoken(BrandRows):
    """What we said, and in which thread to whom: somebody's first words there may still come, or come late."""

    activity = models.OneToOneField(
        Activity, on_delete=models.DO_NOTHING, primary_key=True, db_column="id", db_constraint=False, related_name="+"
    )
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    thread = models.UUIDField()
    toward = models.UUIDField(null=True)

    personal_data = ("toward",)

    class Meta:
        indexes = [models.Index(fields=["thread", "toward"], name="spoken_in_thread")]

    def __str__(self) -> str:
        return f"{self.activity_id}"


class Unthreaded(BrandRows):
    """What changed since conversations were last told; written by the database itself (``0003_told``).

    An activity, all of an account, a conversation, or without any of them the whole brand. The same may stand here
    many times: rows are only ever added at the end, so that an import hardly feels it.
    """

    number = models.BigAutoField(primary_key=True)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    activity = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    # The account changed sides: what is turned to it changed, too.
    turned = models.BooleanField(default=False, db_default=False)
    conversation = models.BigIntegerField(null=True)

    personal_data = ("activity", "account", "conversation")

    def __str__(self) -> str:
        return f"{self.number}"
