"""A network as pages offer it: its name, and the fields of its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A thing that must be known to connect."""

    key: str
    label: str | _StrPromise
    help: str | _StrPromise
    secret: bool
    required: bool
    default: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A network that can be connected; ``can`` in words of ``networks.live.Can``."""

    key: str
    name: str
    #: What must be had before it can be connected.
    needs: str | _StrPromise
    can: tuple[str, ...]
    fields: tuple[Field, ...]
    #: The setting that the network's own page gives for two clicks there.
    by_code: str

    @property
    def keyless(self) -> bool:
        """Whether it can be read without any secret."""
        return not any(field.secret and field.required for field in self.fields)

    @property
    def answers(self) -> bool:
        return bool({"reply", "message"} & set(self.can))
