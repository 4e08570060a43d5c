"""Opening the file of an import the way it was asked, confirmed or saved."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from entourage.networks.base import Broken
from entourage.networks.files import Mapping, Source, open_source
from entourage.web.listen.queries import saved_mapping

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.listen.models import Import

SIMULATED = b"entourage simulate"  # the generator that the simulator names


def opened(begun: Import, *, now: datetime) -> Source:
    """The file as a source: with the mapping that was confirmed, else the one saved for its header, else a guess.

    Raises
    ------
    Broken: the file cannot be used, or the mapping is not one.
    """
    path, repair = Path(begun.path), bool(begun.options.get("repair"))
    if begun.mapping:
        return open_source(path, now=now, mapping=_on_network(told(begun.mapping), begun), repair=repair)
    source = open_source(path, now=now, repair=repair)
    if source.mapping is None:
        return source
    saved = saved_mapping(begun.brand, header_key(source))
    mapping = _on_network(told(saved.mapping) if saved else source.mapping, begun)
    return source if mapping == source.mapping else open_source(path, now=now, mapping=mapping, repair=repair)


def simulated(source: Source) -> bool:
    """Whether ``entourage simulate`` made the file: each of its rows says so, the first ones too."""
    stream, _text = source.parts[0].opened()
    with closing(stream):
        # Saved again by a spreadsheet, its letters may have two bytes each.
        return SIMULATED in stream.read().replace(b"\0", b"")


def header_key(source: Source) -> str:
    """The header as one text, under which its mapping is saved."""
    return json.dumps(list(source.header), ensure_ascii=False)


def told(mapping: dict[str, Any]) -> Mapping:
    """The mapping behind its JSON.

    Raises
    ------
    Broken: it is no mapping.
    """
    try:
        return msgspec.convert(mapping, Mapping)
    except msgspec.ValidationError as error:
        raise Broken(
            f"The mapping must be one of Entourage. Got one that cannot be read: {error}. Save it again from the "
            "import page, or see the guide to imports."
        ) from error


def _on_network(mapping: Mapping, begun: Import) -> Mapping:
    network = begun.options.get("network")
    if not network:
        return mapping
    return msgspec.structs.replace(mapping, constants={**mapping.constants, "network": network})
