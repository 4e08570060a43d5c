"""The guides' pictures: each stands in a guide, each is there, none is heavy."""

from __future__ import annotations

import re

from tests.journeys.conftest import IMAGES


def test_each_picture_stands_in_a_guide_and_none_is_missing():
    guides = "".join(guide.read_text() for guide in IMAGES.parent.glob("*.md"))
    assert set(re.findall(r"\(images/([a-z-]+\.png)\)", guides)) == {image.name for image in IMAGES.iterdir()}


def test_no_picture_weighs_more_than_150_kb():
    assert {image.name for image in IMAGES.iterdir() if image.stat().st_size > 150_000} == set()
