"""What leaves the house: each answer is a row before it is anything else."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand, Member
from entourage.web.core.scope import BrandRows
from entourage.web.listen.models import Connection


class Purpose(models.TextChoices):
    """Why it is sent. An answer was asked for; all else is sent first by the brand and presses on the person."""

    ANSWER = "answer", _("answer")
    THANKS = "thanks", _("thanks")
    FOLLOW_UP = "follow_up", _("follow-up")
    INVITATION = "invitation", _("invitation")
    SURVEY = "survey", _("survey")


class Deed(models.TextChoices):
    REPLY = "reply", _("public answer")
    MESSAGE = "message", _("private message")
    LIKE = "like", _("like")
    HIDE = "hide", _("hide")
    DELETE = "delete", _("take back")


class Sending(models.TextChoices):
    """Where a row of the outbox is; what is final has a full stop in the reader's mind."""

    # Written, waits for somebody's yes.
    HELD = "held", _("waits for approval")
    QUEUED = "queued", _("queued")
    # A worker has it; killed now, it is looked for on the network before it is sent again.
    SENDING = "sending", _("being sent")
    # The network has given its receipt.
    SENT = "sent", _("sent")
    # The network told it back: others can see it.
    ACCEPTED = "accepted", _("seen on the network")
    FAILED = "failed", _("failed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    # Where no connection can send: somebody copies it, or exports it, and says so.
    BY_HAND = "by_hand", _("to be sent by hand")


class Outgoing(BrandRows):
    """Something that leaves the house, from the moment it is written; sent once as seen by the network."""

    # Also the idempotency key at the network, until it comes back.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="outgoing")
    connection = models.ForeignKey(Connection, on_delete=models.SET_NULL, null=True)
    network = models.CharField(max_length=20)
    deed = models.CharField(max_length=10, choices=Deed, default=Deed.REPLY)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.ANSWER)
    # The message that it answers, likes, hides or takes back (an activity's key), and its thread's.
    to = models.UUIDField(null=True)
    context = models.UUIDField(null=True)
    # To whom: the account's key and the person behind it.
    account = models.UUIDField(null=True)
    person_id = models.BigIntegerField(null=True)
    # The conversation of the room above, which makes sure that it exists.
    conversation_id = models.BigIntegerField(null=True)
    text = models.TextField(default="")
    subject = models.TextField(default="")
    language = models.CharField(max_length=8, default="")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=Sending, default=Sending.QUEUED)
    # How often a server has sent it back after it had left: each time it leaves under a key of its own.
    returned = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Why it is held or failed, in a sentence with its cure.
    reason = models.TextField(default="")
    tries = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    # Not before: time to undo, a limit of the network, a retry.
    due_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    # The network's own id and address of it.
    network_id = models.TextField(default="")
    url = models.TextField(default="")
    # What it is known by in the log once the network has it.
    activity = models.UUIDField(null=True)

    # Blanked by a trigger (second migration) when the account it goes to is erased; what is left can only be counted.
    personal_data = (
        "text", "subject", "to", "context", "account", "person_id", "network_id", "url", "activity", "reason",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["queued", "sending"]), name="outgoing_to_send"
            ),
            models.Index(fields=["brand", "state", "-created_at"], name="outgoing_by_state"),
            models.Index(fields=["brand", "-created_at", "-id"], name="outgoing_recent"),
            models.Index(fields=["brand", "-created_at"], condition=~models.Q(purpose="answer"), name="outgoing_first"),
            models.Index(fields=["brand", "conversation_id", "created_at"], name="outgoing_of_conversation"),
            models.Index(fields=["brand", "person_id", "-created_at"], name="outgoing_to_person"),
            models.Index(fields=["account"], condition=models.Q(account__isnull=False), name="outgoing_to_account"),
            # What the network has not told back yet: looked for now and then.
            models.Index(
                fields=["sent_at"],
                condition=models.Q(state="sent", connection__isnull=False),
                name="outgoing_unseen",
            ),
            models.Index(
                fields=["brand", "activity"], condition=models.Q(activity__isnull=False), name="outgoing_echo"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"

    @property
    def key(self) -> str:
        """What the network knows it by: the same at every try, another one after it came back."""
        return f"{self.pk}-{self.returned}" if self.returned else str(self.pk)


class Enclosure(BrandRows):
    """A file that goes with it."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)
    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="enclosures")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    alt = models.TextField(default="")
    content = models.BinaryField()

    personal_data = ("name", "alt", "content")

    def __str__(self) -> str:
        return self.name


class Pressure(BrandRows):
    """How often, at most, somebody hears from the brand without having asked; one row a brand."""

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, primary_key=True)
    most = models.IntegerField(_("contacts, at most"), default=2)
    days = models.IntegerField(_("within days"), default=30)
    # Between two of them, whatever their number.
    apart_days = models.IntegerField(_("days between two"), default=7)
    # Which purposes may be sent at all to somebody who is waiting for an answer: none but these.
    while_waiting = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    # The share of people who are not contacted first, drawn once and for all, so that what it brings can be proven.
    holdout = models.FloatField(_("share held out"), default=0.1)

    personal_data = ()

    def __str__(self) -> str:
        return f"{self.most} in {self.days} days"
