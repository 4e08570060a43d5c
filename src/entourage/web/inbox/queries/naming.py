"""What the departments of a brand are called: the six that the reader knows, and those that a room above keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.web.reading.models import Department

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from entourage.web.core.models import Brand

# From where else departments are known: what each says of a brand, name by short name.
_ALSO: list[Callable[[Brand], Mapping[str, str]]] = []


def also_departments(source: Callable[[Brand], Mapping[str, str]]) -> None:
    """Have the departments that a room above keeps shown by their names; said once, when it is loaded."""
    if source not in _ALSO:
        _ALSO.append(source)


def departments(brand: Brand) -> dict[str, str]:
    """Each department's name by its short name. Asked once for each page: the brand of a request remembers it."""
    told: dict[str, str] | None = vars(brand).get("_departments")
    if told is None:
        told = {key: str(name) for key, name in Department.choices}
        for source in _ALSO:
            told |= source(brand)
        vars(brand)["_departments"] = told
    return told
