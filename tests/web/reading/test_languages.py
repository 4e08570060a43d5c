"""The languages in which a brand's public writes."""

from __future__ import annotations

import pytest
from django.utils import translation
from tests.web import world

from entourage.web.reading import queries

pytestmark = pytest.mark.django_db


def test_the_languages_of_the_public_are_chosen_with_the_brand_s_goals(client):
    tea = world.brand("tea")
    world.signed_in(client, world.member(tea))
    kept = {"name": "Tea", "goals": ["image"], "language": "fr", "time_zone": "Europe/Paris", "unit": "week"}
    assert client.post("/b/tea/goals/", {**kept, "languages": ["fr", "en"]}).status_code == 302
    tea.refresh_from_db()
    assert tea.languages == ["fr", "en"]
    page = client.get("/b/tea/goals/").content.decode()
    assert page.count('name="languages"') == len(queries.LANGUAGES)
    assert client.post("/b/tea/goals/", {**kept, "languages": ["klingon"]}).status_code in {200, 422}


def test_languages_are_named_in_the_reader_s_own():
    with translation.override("fr"):
        assert [queries.language_name(code) for code in ("fr", "de", "xx")] == ["Français", "Allemand", "xx"]
    with translation.override("en"):
        assert queries.language_name("und") == "undetermined"
