"""A brand with a quarter of conversations, and its audit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.web import world

from entourage.web.people.models import Scoring
from entourage.web.results.bridge import build

if TYPE_CHECKING:
    from entourage.web.core.models import Brand
    from entourage.web.results.models import Audit

AT = world.AT
NAMES = ("Ann", "Bob", "Cyd", "Dee")
#: As the people room stores it.
COUNTS = {"rings": {"0": 1, "1": 0, "2": 1, "3": 2}, "movements": {"": 3, "drifting": 1}}
VERDICT = {"code": "trust", "auc": 0.81, "auc_low": 0.78, "returned": 320, "forecast": 410.0, "actual": 402.0}


def conversations(brand: Brand, *, asked: int, answered: int, page: str = "ourpage", role: str = "own") -> None:
    """So many questions over twelve weeks, asked in turn by the four; every answer takes two hours."""
    ours = world.account(brand, page, role=role)
    people = [world.person(brand, name, network="x") for name in NAMES] if role == "own" else []
    accounts = [world.account_of(one) for one in people] or [world.account(brand, f"{page}fan")]
    for place in range(asked):
        who = accounts[place % len(accounts)]
        at = AT - timedelta(hours=40 + place * 2000 / asked)
        question = world.act(who, "comment", at, toward=ours, text=f"Question {place} of {who.name}?")
        if (place * 7) % asked < answered:
            world.act(ours, "reply", at + timedelta(hours=2), toward=who, reply_to=question, text="Answer")
    world.act(ours, "post", AT - timedelta(seconds=1))


def scored(brand: Brand) -> None:
    """Standings for the four, as the people room would leave them."""
    from entourage.web.people.models import Person

    for weeks, one in zip((12.0, 9.0, 4.0, 0.5), Person.objects.of(brand).order_by("pk"), strict=False):
        world.standing(one, weeks, movement="drifting" if weeks == 4 else "", weeks_before=8.0)
    Scoring.objects.create(
        brand=brand, at=AT, unit="week", horizon=13, people=4, model="bgbb", counts=COUNTS,
        started_at=AT, finished_at=AT,
        backtest={"verdict": VERDICT, "measures": [], "differences": [], "people": 4, "horizon_us": 1},
    )  # fmt: skip


def audited(slug: str = "tea", *, asked: int = 60, answered: int = 20, **fields: Any) -> Audit:
    """A brand that answers so many of so many, scored and audited."""
    brand = world.brand(slug, **{"goals": ["fewer_calls", "image"], **fields})
    conversations(brand, asked=asked, answered=answered)
    scored(brand)
    return build(brand=brand, now=AT)
