"""What a member does from Today: promises, keeps them, passes over, thanks in words of their own."""

from __future__ import annotations

import hmac
import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext

from entourage.web.core.actions import record
from entourage.web.inbox.actions import Collision, holder, must_wait_now, step, tell
from entourage.web.inbox.models import Conversation
from entourage.web.outbox.actions import Blocked, queue
from entourage.web.outbox.models import Deed, Purpose
from entourage.web.outbox.queries import answered
from entourage.web.today.models import Pace, PassedOver, Pledge, WordsOfThanks

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member
    from entourage.web.listen.models import Activity
    from entourage.web.outbox.models import Outgoing
    from entourage.web.people.models import Person

#: Whoever passes something over sees it again the next day.
PASSED = timedelta(hours=16)
#: What an answer takes is looked for in answers of this long ago at most, and no longer ones than this.
PACE_OF, LONGEST = timedelta(days=90), timedelta(hours=1)


class SameWords(Exception):  # noqa: N818 - it names what was said
    """These words have thanked somebody before."""

    def __init__(self) -> None:
        super().__init__(gettext("These very words have thanked somebody before. Say it in words for this person."))


@transaction.atomic
def promise(*, conversation: Conversation, what: str, due_at: datetime, by: Member, at: datetime) -> Pledge:
    """Note what somebody was promised, and by when; it stands on Today until it is kept or taken back."""
    made: Pledge = Pledge.objects.create(
        brand_id=conversation.brand_id, conversation=conversation, what=what.strip(), due_at=due_at, by=by, at=at
    )
    step(conversation, "promised", by=by, at=at, due=due_at.isoformat())
    record(brand=conversation.brand, by=by, at=at, what="pledge.made", subject=made.pk)
    return made


@transaction.atomic
def keep(*, pledge: Pledge, by: Member, at: datetime) -> None:
    """Say that a promise was kept. Doing it twice changes nothing."""
    _end(pledge, "kept", by=by, at=at, kept_at=at)


@transaction.atomic
def take_back(*, pledge: Pledge, by: Member, at: datetime) -> None:
    """Say that a promise does not hold any more. Doing it twice changes nothing."""
    _end(pledge, "taken_back", by=by, at=at, taken_back_at=at)


def _end(pledge: Pledge, what: str, *, by: Member, at: datetime, **ended: datetime) -> None:
    still = Pledge.objects.of(pledge.brand_id).filter(pk=pledge.pk, kept_at=None, taken_back_at=None)
    if still.update(**ended):
        step(pledge.conversation, f"promise_{what}", by=by, at=at)
        record(brand=pledge.brand, by=by, at=at, what=f"pledge.{what.replace('_', '-')}", subject=pledge.pk)


def pass_over(*, member: Member, key: str, at: datetime) -> None:
    """Take something off the member's own Today until tomorrow. Safe to repeat."""
    PassedOver.objects.of(member.brand_id).update_or_create(
        member=member, key=key, defaults={"brand_id": member.brand_id, "until": at + PASSED}
    )


@transaction.atomic
def thank(*, brand: Brand, deed: Activity, person: Person, text: str, by: Member, at: datetime) -> Outgoing:
    """Thank somebody for something they did, in words that nobody was thanked in before.

    Where a rule wants a yes before an answer leaves, thanks wait for it, too.

    Raises
    ------
    SameWords: the words were used. Blocked: a limit of the network or contact pressure forbids it, or a colleague is
    answering that very message, or has; with its reason.
    """
    talk = _alone_with(deed, by, at)
    row = queue(
        brand=brand,
        deed=Deed.MESSAGE if deed.act == "message" else Deed.REPLY,
        purpose=Purpose.THANKS,
        to=deed,
        text=text,
        by=by,
        at=at,
        conversation_id=talk.pk if talk else None,
        hold=must_wait_now(talk, by) if talk else "",
    )
    if answered(brand, deed, but=row):
        raise Blocked(gettext("They were answered meanwhile. Read what was said before you say more."))
    _, fresh = WordsOfThanks.objects.of(brand).get_or_create(
        brand=brand, words=words_key(brand, text, person.name), defaults={"outgoing": row.pk, "at": at}
    )
    if not fresh:
        raise SameWords
    if talk:
        tell(brand, [talk.pk], now=at)
    return row


def _alone_with(deed: Activity, by: Member, at: datetime) -> Conversation | None:
    """The conversation in which it was said, held meanwhile; raises ``Blocked`` where somebody else is answering it."""
    talks = Conversation.objects.of(deed.brand_id).filter(account=deed.account_id, lines__activity=deed.pk)
    # Whoever answers holds the row, too: of the two, the second one sees what the first has done.
    talk: Conversation | None = talks.select_for_update(of=("self",)).first()
    held = holder(talk, at=at) if talk else None
    if held is not None and held != by:
        raise Blocked(str(Collision("held", by=held)))
    return talk


def forget_words(outgoing: Outgoing, what: str, by: Member | None, at: datetime) -> None:  # noqa: ARG001 - as the outbox tells it
    """Words of thanks that were taken back have thanked nobody."""
    if what == "withdrawn" and outgoing.purpose == Purpose.THANKS:
        WordsOfThanks.objects.of(outgoing.brand_id).filter(outgoing=outgoing.pk).delete()


def words_key(brand: Brand, text: str, name: str) -> UUID:
    """What these words are known by: the same without the person's name, signs, accents, and spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    for part in unicodedata.normalize("NFKD", name).casefold().split():
        plain = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", " ", plain)
    plain = re.sub(r"@\S+", " ", plain)
    words = "".join(letter for letter in plain if letter.isalnum())
    key = hmac.digest(settings.SECRET_KEY.encode(), f"thanks:{brand.pk}:{words}".encode(), "sha256")
    return UUID(bytes=key[:16])


_PACE = """
SELECT place, percentile_cont(0.5) WITHIN GROUP (ORDER BY took), count(*) FROM (
    SELECT c.place, extract(epoch FROM done.at - begun.at)::float / 60 AS took
    FROM inbox_step done JOIN inbox_conversation c ON c.id = done.conversation_id
    JOIN LATERAL (SELECT at FROM inbox_step s WHERE s.conversation_id = done.conversation_id AND s.by_id = done.by_id
                  AND s.what = 'claimed' AND s.at <= done.at ORDER BY s.at DESC LIMIT 1) begun ON true
    WHERE done.brand_id = %(brand)s AND done.what = 'answered' AND done.at >= %(since)s
      AND done.at - begun.at <= %(longest)s
) answers WHERE took > 0 GROUP BY place
"""


@transaction.atomic
def measure_pace(*, brand: Brand, at: datetime) -> None:
    """Note how long an answer takes here, by place: the median from claim to answer. Safe to repeat."""
    told: dict[str, Any] = {"brand": brand.pk, "since": at - PACE_OF, "longest": LONGEST}
    with connection.cursor() as cursor:
        cursor.execute(_PACE, told)
        found = cursor.fetchall()
    for place, minutes, answers in found:
        Pace.objects.of(brand).update_or_create(
            brand=brand, place=place, defaults={"minutes": max(minutes, 0.5), "answers": answers, "at": at}
        )


def tidy(*, at: datetime) -> int:
    """Forget what was passed over and is due again; how many."""
    gone, _ = PassedOver.objects.everywhere().filter(until__lte=at).delete()
    return gone
