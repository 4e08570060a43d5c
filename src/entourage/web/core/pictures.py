"""Pictures: a chart with its table, and its colours by name for what is drawn outside a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TOKENS = Path(__file__).parents[1] / "static" / "entourage" / "tokens.css"
MARK = "token:"

#: What a browser draws; the bundle that pages load speaks this version.
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: what it shows in one sentence, its specification, and the same as a table."""

    title: str
    note: str
    spec: Spec
    columns: list[str]
    rows: list[list[str]]
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and the table beside it; ``alt`` says in a sentence what is seen."""

    name: str
    alt: str
    spec: Spec
    columns: list[str]
    rows: list[list[str]]


@cache
def by_day() -> dict[str, str]:
    """The light theme's colours, read from the page's own style sheet so that print and page agree."""
    return dict(re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]+),", TOKENS.read_text()))


def on_paper(spec: Any) -> Any:
    """The same chart with each ``token:<name>`` replaced by that colour of the light theme."""
    if isinstance(spec, str) and spec.startswith(MARK):
        return by_day()[spec.removeprefix(MARK)]
    if isinstance(spec, list):
        return [on_paper(part) for part in spec]
    if isinstance(spec, dict):
        return {key: on_paper(part) for key, part in spec.items()}
    return spec
