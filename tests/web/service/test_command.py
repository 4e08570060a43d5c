"""``entourage service`` beside ``entourage audit``: the same conversations, the same medians."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.web import world
from tests.web.results.test_command import entourage

from entourage.web.core.models import Brand
from entourage.web.service.queries import latest_report, summary

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.data
def test_on_customer_care_the_medians_are_the_audits_and_the_pages(shared_data: Path, database_url: str):
    file = shared_data / "care_tweets" / "conversations.jsonl"
    entourage("import", str(file), "--brand", "care", "--json", database_url=database_url)
    words = ["audit", "--brand", "care", "--own", "RockstarSupport", "--json"]
    audit = json.loads(entourage(*words, database_url=database_url).stdout)
    done = entourage("service", "--brand", "care", "--json", database_url=database_url)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    waited = told["first_response"]
    assert waited["conversations"] == audit["conversations"] == 89
    brand = Brand.objects.get(slug="care")
    report = latest_report(brand)
    assert report is not None
    assert json.loads(json.dumps(summary(report))) == told
    audited = _stored(brand)
    assert {name: waited[name] for name in waited} == {name: audited[name] for name in waited}


def _stored(brand: Brand):
    from entourage.web.results.queries import latest_audit

    audit = latest_audit(brand)
    assert audit is not None
    return audit.figures["service"]["ours"]


def test_without_conversations_it_says_what_to_do(database_url: str):
    world.brand("tea")
    done = entourage("service", "--brand", "tea", database_url=database_url)
    assert done.returncode == 1
    assert "at least one conversation of tea" in done.stderr
