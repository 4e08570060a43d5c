"""Warmth: whether a person is for the brand or against it, with an interval, and what that makes of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from entourage.engine.errors import InvalidInput
from entourage.engine.ties import misread, tones
from entourage.engine.ties.judged import SIGNS, counted
from entourage.engine.ties.standing import CLOSE

if TYPE_CHECKING:
    from entourage.engine.ties.chances import Counts, Floats
    from entourage.engine.ties.standing import Codes
    from entourage.engine.ties.tones import Tones

#: A person's interval; comparisons have 95 %.
LEVEL = 0.8
#: Fewer judged messages than this are an evening, not an attitude: no name is drawn from them.
FEWEST = 3
#: The crowd's three numbers are told as well by so many of the commonest kinds of people, and as many of the others.
COMMON = 750
#: What warmth is called, by code 0 .. 3.
TEMPERS = ("unknown", "mixed", "warm", "hostile")
UNKNOWN, MIXED, WARM, HOSTILE = range(4)
#: What ring and warmth make of a person, by code 0 .. 5.
NAMES = ("unknown", "passing", "critic", "regular", "hostile_regular", "ally")
STRANGER, PASSER, CRITIC, REGULAR, HOSTILE_REGULAR, ALLY = range(6)
_FACTS = b"entourage"


def warmth(judged: Any, *, level: float = LEVEL, confusion: Any = None) -> pa.Table:
    """Tell who is for the brand and who is against it: positive minus negative messages, with an interval.

    Somebody who said one kind word is not a friend for that. So each person is thought to be like the brand's other
    people until their own messages say otherwise, and the interval says how far these reach. A name (*warm*,
    *hostile*) is given only where the whole interval lies on one side of zero.

    Parameters
    ----------
    judged : frame, either A rows (messages) with ``person`` and ``sign`` (1, 0, -1; empty where it was not decided),
        or rows with ``person``, ``positive``, ``neutral``, ``negative`` (how many). Several rows of one person add up.
        DuckDB, Polars, pandas, PyArrow, PySpark: the counting runs in the frame's own engine.
    level : float, the chance that the interval holds, 0 .. 1
    confusion : 3 x 3 shares, how the reader errs: a row for what is truly positive, neutral, negative, a column for
        what it is read as, each row summing to 1; signs that are certain where it is not given
        Warmth is then that of what was truly said, with an interval that holds the reader's errors too.

    Returns
    -------
    PyArrow table, whatever frame came in, P rows ordered by ``person`` (int64, unique): ``warmth`` (float64, -1 .. 1,
    expected share of positive minus share of negative messages), ``low``, ``high`` (float64), all three empty where
    nothing was judged; ``judged``, ``positive``, ``neutral``, ``negative`` (int64, messages); ``temper`` (string):
    "warm" (the interval lies above zero), "hostile" (below), "mixed" (neither), "unknown" (fewer than three judged
    messages). Warm people said more for than against, hostile ones more against than for, whatever others said. What
    was found of the crowd travels in the schema: ``warmth_facts``.

    Raises
    ------
    InvalidInput: a column is missing, a sign is not -1, 0 or 1, a count is negative, ``level`` is not a chance.

    Notes
    -----
    Source: the Dirichlet-multinomial, Mosimann (1962), with the crowd's shares and their concentration fitted. Ours:
    the names, and errors of the reader as in ``ties.misread``. Why, and when it lies: docs/methods/warmth.md

    Examples
    --------
    Ann praises, Dee complains, and Bob said one kind word.

    >>> messages = pa.table({
    ...     "person": [1] * 6 + [4] * 6 + [2], "sign": [1, 1, 0, 1, 1, 1, -1, -1, -1, 0, -1, -1, 1],
    ... })
    >>> found = warmth(messages)
    >>> list(zip(found["person"].to_pylist(), found["temper"].to_pylist()))
    [(1, 'warm'), (2, 'unknown'), (4, 'hostile')]
    """
    if not 0 < level < 1:
        raise InvalidInput(f"`level` of warmth must lie between 0 and 1. Got {level:g}; write 0.8 for 80 %.")
    person, counts = counted(judged)
    errs = None if confusion is None else misread.checked(confusion)
    kinds, which, people = _kinds(counts)
    crowd = _fitted(kinds, people, errs)
    told = _of_kinds(kinds, _found(kinds, crowd, level, errs))
    columns = {"person": person, **{name: column.take(pa.array(which)) for name, column in told.items()}}
    facts = {**_crowd(crowd), "level": level, "people": len(person), "judged": int(counts.sum())}
    facts["confusion"] = None if errs is None else errs.tolist()
    return pa.table(columns).replace_schema_metadata({_FACTS: json.dumps(facts)})


def warmth_facts(table: pa.Table) -> dict[str, Any]:
    """What ``warmth`` found of the crowd: expected shares of each sign, concentration, level, people, messages."""
    facts: dict[str, Any] = json.loads(table.schema.metadata[_FACTS])
    return facts


def tempers(low: Floats, high: Floats, *, positive: Counts, negative: Counts, judged: Counts) -> Codes:
    """Codes of ``TEMPERS`` for K people: their interval must leave zero out, and their own messages lean that way."""
    enough = judged >= FEWEST
    named = np.select([(low > 0) & (positive > negative), (high < 0) & (negative > positive)], [WARM, HOSTILE], MIXED)
    return np.where(enough, named, UNKNOWN).astype(np.int8)


def named_standing(ring: Codes, temper: Codes, *, judged: Counts) -> Codes:
    """What ring and warmth together make of P people: codes of ``NAMES``.

    Parameters
    ----------
    ring : codes of ``RINGS``, P
    temper : codes of ``TEMPERS``, P
    judged : int array, P: judged messages; zero for who said nothing that was judged

    Raises
    ------
    InvalidInput: the arrays are not of one length.

    Examples
    --------
    >>> ring, temper = np.array([3, 3, 2, 0, 0, 1]), np.array([WARM, HOSTILE, MIXED, HOSTILE, UNKNOWN, WARM])
    >>> [NAMES[name] for name in named_standing(ring, temper, judged=np.array([9, 9, 9, 9, 0, 9]))]
    ['ally', 'hostile_regular', 'regular', 'critic', 'unknown', 'passing']
    """
    for name, column in (("temper", temper), ("judged", judged)):
        if len(column) != len(ring):
            raise InvalidInput(
                f"`{name}` must have {len(ring)} rows, as `ring` has. Got {len(column)}; align them by person."
            )
    near, warm, hostile = ring >= CLOSE, temper == WARM, temper == HOSTILE
    cases = [near & warm, near & hostile, near, hostile, judged == 0]
    return np.select(cases, [ALLY, HOSTILE_REGULAR, REGULAR, CRITIC, STRANGER], PASSER).astype(np.int8)


def _kinds(counts: Counts) -> tuple[Counts, Counts, Counts]:
    """The K different rows of counts, which of them each person has, and how many people share it.

    Rows are told apart as one number each: sorting a million of them takes a tenth of sorting them as rows.
    """
    bases = counts.max(axis=0, initial=0) + 1
    if float(bases[0]) * float(bases[1]) * float(bases[2]) >= 2**62:
        kinds, which, people = np.unique(counts, axis=0, return_inverse=True, return_counts=True)
        return kinds, which.ravel(), people
    code = (counts[:, 0] * bases[1] + counts[:, 1]) * bases[2] + counts[:, 2]
    _, first, which, people = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
    return counts[first], which, people


def _fitted(kinds: Counts, people: Counts, errs: Floats | None) -> Tones:
    """The crowd; where the reader errs it is told from a sample of kinds, for each costs a look at all shares."""
    if errs is None:
        return tones.fitted(kinds, people)
    place, weight = _sample(kinds, people)
    return misread.fitted(kinds[place], weight, confusion=errs)


def _sample(kinds: Counts, people: Counts) -> tuple[Counts, Floats]:
    """The commonest kinds, and of the rest every so many-th, counted so many times: who speaks most is rare of kind."""
    order = np.lexsort((*kinds.T, -people))
    common, rest = order[:COMMON], order[COMMON:]
    some = rest[:: max(len(rest) // COMMON, 1)]
    times = people[rest].sum() / max(people[some].sum(), 1)
    return np.concatenate([common, some]), np.concatenate([people[common], people[some] * times])


def _found(kinds: Counts, crowd: Tones, level: float, errs: Floats | None) -> tuple[Floats, Floats, Floats]:
    """Warmth of K kinds of people: expected, from, to."""
    if errs is not None:
        return misread.told(kinds, crowd, confusion=errs, level=level)
    after = crowd.after(kinds)
    return tones.expected(after), *tones.interval(after, level=level)


def _of_kinds(kinds: Counts, found: tuple[Floats, Floats, Floats]) -> dict[str, pa.Array]:
    """The columns of K kinds of people; nothing is said of those of whom nothing was judged."""
    value, low, high = found
    judged, counts = kinds.sum(axis=1), dict(zip(SIGNS, kinds.T, strict=True))
    temper = tempers(low, high, positive=counts["positive"], negative=counts["negative"], judged=judged)
    silent = judged == 0
    told = {"warmth": value, "low": low, "high": high}
    return {
        **{name: pa.array(column, mask=silent) for name, column in told.items()},
        **{name: pa.array(column) for name, column in {"judged": judged, **counts}.items()},
        "temper": pa.array(TEMPERS).take(pa.array(temper)),
    }


def _crowd(crowd: Tones) -> dict[str, Any]:
    mean = dict(zip(SIGNS, (float(share) for share in crowd.mean), strict=True))
    return {"mean": mean, "concentration": crowd.concentration}
