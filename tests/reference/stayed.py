"""Who stayed, person by person, as docs/methods/who-stayed.md tells it; written to be read."""

from __future__ import annotations

DAY = 86_400_000_000
Act = tuple[int, int, int]


def newcomers(acts: list[Act], starts: int, ends: int) -> set[int]:
    """Who acted within the dates and was not heard of in the ninety days before first doing so."""
    found = set()
    for person in {who for who, _, _ in acts}:
        when = sorted(at for who, at, _ in acts if who == person)
        first = next((at for at in when if starts <= at <= ends), None)
        if first is not None and not any(first - 90 * DAY < at < first for at in when):
            found.add(person)
    return found


def kept(person: int, acts: list[Act], ends: int) -> bool:
    """Two acts that earn nothing, in two different weeks, between day 30 and day 90."""
    since = ends + 30 * DAY
    judged = [at for who, at, mark in acts if who == person and mark == 0 and since <= at < ends + 90 * DAY]
    return len(judged) >= 2 and len({(at - since) // (7 * DAY) for at in judged}) >= 2


def recruits_and_organic(acts: list[Act], starts: int, ends: int) -> tuple[set[int], set[int]]:
    """The newcomers who bore the mark, and those who bore none in these dates."""
    new = newcomers(acts, starts, ends)
    bore = {mark: {who for who, at, m in acts if m == mark and starts <= at <= ends} for mark in (1, 2)}
    return new & bore[1], new - bore[1] - bore[2]
