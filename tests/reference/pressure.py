"""Contact pressure, by its words: look at every hour to come and take the first at which the rules are kept."""

from __future__ import annotations

from dataclasses import dataclass

YEARS = 3 * 365 * 24


@dataclass(frozen=True)
class Rules:
    """At most ``most`` contacts in ``days``, and ``apart`` days between two."""

    most: int
    days: int
    apart: int


def kept(contacts: list[int], rules: Rules, at: int) -> bool:
    """Whether one more contact at this hour keeps the rules; ``contacts`` are the hours of the others."""
    lately = [hour for hour in contacts if hour > at - 24 * rules.days]
    return len(lately) < rules.most and all(at - hour >= 24 * rules.apart for hour in contacts)


def room(contacts: list[int], rules: Rules, at: int) -> tuple[int, int | None]:
    """How many contacts count at this hour, and the first hour from it on at which one more keeps the rules."""
    lately = sum(hour > at - 24 * rules.days for hour in contacts)
    return lately, next((hour for hour in range(at, at + YEARS) if kept(contacts, rules, hour)), None)
