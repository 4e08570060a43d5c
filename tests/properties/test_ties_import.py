"""Importing Entourage costs nothing until something is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import entourage

SCRIPT = """
import sys
import entourage
assert not {"numpy", "narwhals", "pyarrow", "numba", "django"} & set(sys.modules), "import entourage loaded too much"
entourage.InvalidInput
assert "numpy" not in sys.modules, "an error loaded the mathematics"
"""


def test_importing_entourage_loads_only_what_is_named() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'nearness'; it has DAY, HOUR, .*closeness"):
        _ = entourage.nearness
