"""Judged messages: how many of each sign each person wrote, counted by the frame's own engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from entourage.engine.ties.chances import Counts

#: The three columns of counts; a sign is 1, 0, -1 in this order.
SIGNS = ("positive", "neutral", "negative")
_SIGN = {"positive": 1, "neutral": 0, "negative": -1}


def counted(judged: Any) -> tuple[Counts, Counts]:
    """Who was judged (P, in order), and their positive, neutral and negative messages (P x 3).

    Raises
    ------
    InvalidInput: a column is missing or not of integers, a person is empty, a sign is not -1, 0 or 1, a count is
        negative or a fraction.
    """
    frame = nw.from_native(judged)
    lazy: nw.LazyFrame[Any] = frame.lazy() if isinstance(frame, nw.DataFrame) else frame
    columns = ("person", "sign") if "sign" in lazy.collect_schema() else ("person", *SIGNS)
    _check_columns(lazy, columns)
    odd = _ODD_SIGNS if "sign" in columns else _ODD_COUNTS
    table = _summed(_by_sign(lazy) if "sign" in columns else lazy.with_columns(odd=_odd_counts()), odd)
    order = np.argsort(table["person"], kind="stable")
    return table["person"][order], np.column_stack([table[name] for name in SIGNS])[order]


_ODD_SIGNS = (
    "`sign` of judged messages must be -1, 0, 1 or empty. Got others; map your own scale to these three, or leave out "
    "what was not decided."
)
_ODD_COUNTS = (
    "`positive`, `neutral` and `negative` must be counts of messages. Got a negative number, a fraction or an empty "
    "one; count again."
)
_NOBODY = (
    "`person` of judged messages must say who wrote each. Got an empty one; leave out messages of which nobody knows "
    "who wrote them."
)


def _check_columns(lazy: nw.LazyFrame[Any], columns: tuple[str, ...]) -> None:
    schema = lazy.collect_schema()
    for column in columns:
        if column not in schema:
            found = ", ".join(schema) or "no column"
            raise InvalidInput(
                f"`judged` must have the columns person and sign, or person, positive, neutral and negative. Got "
                f"{found}; rename or add `{column}`."
            )
        if not (schema[column].is_integer() if column == "person" else schema[column].is_numeric()):
            raise InvalidInput(
                f"`{column}` of judged messages must be integers. Got {schema[column]}; convert it first."
            )


def _by_sign(lazy: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """A row a decided message, with a one in the column of its sign."""
    decided = lazy.filter(~nw.col("sign").is_null())
    ones = {name: _one(nw.col("sign") == sign) for name, sign in _SIGN.items()}
    return decided.with_columns(**ones, odd=_one(~nw.col("sign").is_in([-1, 0, 1])))


def _odd_counts() -> nw.Expr:
    wrong = [(nw.col(name) < 0) | (nw.col(name) % 1 != 0) | nw.col(name).is_null() for name in SIGNS]
    return _one(wrong[0] | wrong[1] | wrong[2])


def _one(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _summed(lazy: nw.LazyFrame[Any], odd: str) -> dict[str, Counts]:
    """Each person's messages of each sign; refuses what has no person, and, by the sentence ``odd``, odd values."""
    checked = lazy.with_columns(nobody=_one(nw.col("person").is_null()))
    sums = checked.group_by("person").agg(*(nw.col(name).sum() for name in (*SIGNS, "odd", "nobody")))
    table = sums.select("person", *SIGNS, "odd", "nobody").collect(backend="pyarrow").to_native()
    for column, wanted in (("nobody", _NOBODY), ("odd", odd)):
        if table[column].to_numpy().any():
            raise InvalidInput(wanted)
    return {name: np.asarray(table[name].to_numpy(), dtype=np.int64) for name in ("person", *SIGNS)}
