"""What stands in addresses: the places before and after, keys of messages."""

from __future__ import annotations

from uuid import UUID


def way_to(query: str, **edge: int) -> str:
    """The address of this list from another place on, with its filters."""
    told = [f"{name}={value}" for name, value in edge.items() if value]
    return "?" + "&".join(filter(None, [query, *told]))


def key_in(text: str) -> UUID | None:
    """The key that an address names; none where it is no key."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
