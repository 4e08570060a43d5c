"""A text is measured in the unit of the network that takes it."""

from __future__ import annotations

import pytest

from entourage.graphemes import graphemes
from entourage.networks.bluesky import writing
from entourage.web.outbox.queries import measured


@pytest.mark.parametrize(("unit", "long"), [("bytes", 9), ("characters", 5), ("graphemes", 5)])
def test_each_unit_counts_its_own_way(unit, long):
    assert measured("thé 🍵", unit) == long


def test_a_family_is_one_character_where_graphemes_are_counted():
    assert (measured("👩‍👩‍👧‍👦", "graphemes"), measured("👩‍👩‍👧‍👦", "characters")) == (1, 7)


def test_the_network_that_sends_and_the_page_that_is_typed_in_count_by_the_same_function():
    assert writing.graphemes is graphemes
