"""What stands in addresses: the places before and after."""

from __future__ import annotations


def way_to(query: str, **edge: int) -> str:
    """The address of this list from another place on, with its filters."""
    told = [f"{name}={value}" for name, value in edge.items() if value]
    return "?" + "&".join(filter(None, [query, *told]))
