"""The engine's errors, by what the reader should do.

::

    EntourageError
    ├── InvalidInput     an argument or a column is wrong: mend it
    └── NotEnoughData    the data are right but too few: wait, widen, or ask a smaller question

Every message has one form: what must be, then what came, then the way out.
"""

from __future__ import annotations


class EntourageError(Exception):
    """The root: catch it to catch all that Entourage raises on purpose."""


class InvalidInput(EntourageError, ValueError):  # noqa: N818 - it names what is wrong, as the glossary does
    """An argument or a column is wrong; the message says which, what it must be and what came."""


class NotEnoughData(EntourageError):  # noqa: N818 - it names what is missing
    """The data are right but too few for an honest answer; the message says how many are needed."""
