"""The inbox and the audit tell the same conversations: who asked first and when, and the first answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.web import world

from entourage.engine.simulate import simulate, write
from entourage.web.inbox import actions
from entourage.web.inbox.models import Conversation
from entourage.web.listen.bridge import import_file
from entourage.web.listen.queries import horizon_end
from entourage.web.results.bridge.conversations import gather
from entourage.web.results.models import Audit, AuditedConversation

if TYPE_CHECKING:
    from pathlib import Path

    from entourage.web.core.models import Brand

# The audit looks at conversations that began after it; whatever is older than this is not in these files.
LONG = timedelta(weeks=1_000)


def audited(brand: Brand) -> dict[object, object]:
    """The audit's conversations with us over all times, by the message that began each."""
    end = horizon_end(brand)
    audit = Audit.objects.create(brand=brand, starts_at=end - LONG, ends_at=end)
    gather(audit, brand)
    rows = AuditedConversation.objects.of(brand).filter(audit=audit, page="")
    return {(row.account, row.message): (row.asked_at, row.answered_at, row.messages) for row in rows}


def threaded(brand: Brand) -> dict[object, object]:
    """The inbox's, but for those that we began ourselves, which are no first responses to anybody."""
    actions.thread(brand, now=timezone.now())
    told = {}
    for row in Conversation.objects.of(brand):
        lines = list(row.lines.order_by("at", "activity").values_list("activity", "at", "inward"))
        theirs = [line for line in lines if line[2]]
        if any(at < theirs[0][1] for _, at, inward in lines if not inward):
            continue
        told[row.account_id, theirs[0][0]] = (row.asked_at, row.answered_at, len(theirs))
    return told


@pytest.mark.django_db
def test_on_a_simulated_brand(tmp_path: Path) -> None:
    simulation = simulate(people=150, seed=3)
    write(simulation, tmp_path / "brand.jsonl")
    brand = world.brand("tea")
    import_file(brand=brand, path=tmp_path / "brand.jsonl", own=(simulation.own[0].handle,))
    told = threaded(brand)
    assert len(told) > 100
    assert told == audited(brand)


@pytest.mark.data
@pytest.mark.django_db
@pytest.mark.parametrize("page", ["RockstarSupport", "TeamYouTube", "MojangSupport"])
def test_on_real_conversations_of_customer_care(shared_data: Path, page: str) -> None:
    brand = world.brand("care")
    import_file(brand=brand, path=shared_data / "care_tweets" / "conversations.jsonl", own=(page,))
    told = threaded(brand)
    assert len(told) > 50
    assert told == audited(brand)
