"""How long a text is as a network counts: in characters, in what readers see as one character, or in bytes."""

from __future__ import annotations

from entourage.graphemes import graphemes


def measured(text: str, unit: str) -> int:
    """The length of a text in a network's unit: "characters", "graphemes" or "bytes"."""
    if unit == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    return graphemes(text) if unit == "graphemes" else len(text)
