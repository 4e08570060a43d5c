"""What was read in one message: the words stay with the activity, here stand figures about them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.models import Brand
from entourage.web.core.scope import BrandRows
from entourage.web.listen.models import Account, Activity

#: Probabilities, nearness and likeness are kept as whole numbers out of so many.
MILLE = 1000
#: From here on a message is called vehement, per mille.
VEHEMENT = 500


class Sign(models.IntegerChoices):
    """For or against; none where the reader abstains."""

    NEGATIVE = -1, _("negative")
    NEUTRAL = 0, _("neutral")
    POSITIVE = 1, _("positive")


class Intent(models.TextChoices):
    """What somebody wants with a message; empty where the reader abstains."""

    CARE_QUESTION = "care_question", _("question")
    COMPLAINT = "complaint", _("complaint")
    SALES_LEAD = "sales_lead", _("interest in buying")
    IDEA = "idea", _("idea")
    PRAISE = "praise", _("praise")
    THANKS = "thanks", _("thanks")
    JOB_SEEKER = "job_seeker", _("looks for a job")
    PRESS_PARTNER = "press_partner", _("press or partner")
    CONTEST_ENTRY = "contest_entry", _("contest entry")
    SPAM = "spam", _("spam")
    CHATTER = "chatter", _("chatter")


class Department(models.TextChoices):
    """Who at the brand should hear it; empty where nobody must."""

    CARE = "care", _("customer care")
    MARKETING = "marketing", _("marketing")
    RND = "rnd", _("research and development")
    HR = "hr", _("human resources")
    SALES = "sales", _("sales")
    PRESS = "press", _("press office")


#: Who hears what; spam and chatter nobody. As the engine tells it, and a test keeps the two the same.
DEPARTMENTS: dict[str, str] = {
    Intent.CARE_QUESTION: Department.CARE,
    Intent.COMPLAINT: Department.CARE,
    Intent.THANKS: Department.CARE,
    Intent.PRAISE: Department.MARKETING,
    Intent.CONTEST_ENTRY: Department.MARKETING,
    Intent.IDEA: Department.RND,
    Intent.JOB_SEEKER: Department.HR,
    Intent.SALES_LEAD: Department.SALES,
    Intent.PRESS_PARTNER: Department.PRESS,
}


class Lesson(models.TextChoices):
    """What a message teaches about the product, its use, or the service around it; mostly nothing."""

    HOW_TO = "how_to", _("how to use it")
    DEFECT = "defect", _("what fails")
    IDEA = "idea", _("idea")


class Reading(BrandRows):
    """What was read in one message of the public; written by jobs in batches, gone with the message's words.

    A trigger of the database (second migration) removes the row when the activity goes, loses its words, is edited or
    its account changes sides: an edit is then read anew, and who is erased leaves nothing.
    """

    # No foreign keys here: checking each of ten million rows takes longer than writing them; the triggers keep what
    # they would keep.
    activity = models.OneToOneField(
        Activity, on_delete=models.DO_NOTHING, primary_key=True, db_column="id", db_constraint=False
    )
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    account = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, db_index=False, db_constraint=False, related_name="readings"
    )
    at = models.DateTimeField()
    # ISO 639-1, or "und".
    language = models.CharField(max_length=8)
    # Probabilities per mille; they sum to 1000 but for rounding.
    negative = models.SmallIntegerField()
    neutral = models.SmallIntegerField()
    positive = models.SmallIntegerField()
    sign = models.SmallIntegerField(choices=Sign, null=True)
    vehemence = models.SmallIntegerField()  # per mille
    intent = models.CharField(max_length=16, choices=Intent, blank=True)
    department = models.CharField(max_length=16, choices=Department, blank=True)
    lesson = models.CharField(max_length=8, choices=Lesson, blank=True)
    # [about, start, end, weight] each; the words are cut out of the message when they are shown.
    reasons = models.JSONField(default=list)
    # What the reader itself said, where a member corrected it: what ``reading.actions.put_back`` puts back.
    told = models.JSONField(null=True)
    corrected = models.BooleanField(default=False)
    # Which reader read it: changes with its weights and with what it was taught.
    reader = models.CharField(max_length=40)
    # The keyed hash of the text: where the same words stand again.
    text_key = models.UUIDField()

    personal_data = (
        "language", "negative", "neutral", "positive", "sign", "vehemence", "intent", "department", "lesson",
        "reasons", "told", "text_key",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["brand", "-at", "activity"], name="reading_recent"),
            models.Index(fields=["brand", "intent", "-at", "activity"], name="reading_by_intent"),
            models.Index(
                fields=["brand", "lesson", "-at", "activity"],
                condition=~models.Q(lesson=""),
                name="reading_by_lesson",
            ),
            models.Index(
                fields=["brand", "-at", "activity"], condition=models.Q(corrected=True), name="reading_corrected"
            ),
            models.Index(
                fields=["brand", "-at", "activity"],
                condition=models.Q(sign=-1, vehemence__gte=VEHEMENT),
                name="reading_against",
            ),
            models.Index(fields=["account"], name="reading_of_account"),
            models.Index(fields=["text_key"], name="reading_same_text"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.get_sign_display() or '?'} {self.intent}".strip()
