"""What is on its way: it counts as said from the moment it leaves, until the log tells it with its own moment."""

from __future__ import annotations

from entourage.web.outbox.models import Deed, Sending

#: Deeds that say something.
WORDS = (Deed.REPLY, Deed.MESSAGE)
#: Out of the house, or about to be; what waits for somebody's yes or hand is not.
LEAVING = (Sending.QUEUED, Sending.SENDING, Sending.SENT, Sending.ACCEPTED)
#: Written and not out of the house, whatever it waits for.
UNSENT = (Sending.HELD, Sending.BY_HAND, Sending.QUEUED, Sending.SENDING)


def on_its_way(row: str, *, told: str) -> str:
    """That this row of the outbox says something, is on its way and is not told yet, as a condition in SQL.

    ``told`` is the column in which its activity stands once it is told: ``listen_activity.id`` for the log.
    """
    table, _, column = told.rpartition(".")
    deeds, states = _listed(WORDS), _listed(LEAVING)
    return f"""({row}.deed IN ({deeds}) AND {row}.state IN ({states})
        AND NOT EXISTS (SELECT FROM {table} known WHERE known.{column} = {row}.activity))"""


def _listed(names: tuple[Deed | Sending, ...]) -> str:
    return ", ".join(f"'{name.value}'" for name in names)
