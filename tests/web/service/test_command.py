"""``entourage service`` beside ``entourage audit``: the same conversations, the same medians."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from tests.web import world
from tests.web.results.test_command import entourage
from tests.web.results.test_pdf import words as pdf_words

from entourage.web.core.models import Brand
from entourage.web.core.templatetags.entourage import span
from entourage.web.service.queries import latest_report, summary

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.data
@pytest.mark.slow  # four commands, a PDF among them; without them the same is tried in results/test_agreement
def test_on_customer_care_page_command_and_print_say_the_same(
    shared_data: Path, database_url: str, tmp_path: Path, client: Client
):
    file, pdf = shared_data / "care_tweets" / "conversations.jsonl", tmp_path / "audit.pdf"
    entourage("import", str(file), "--brand", "care", "--json", database_url=database_url)
    words = ["audit", "--brand", "care", "--own", "RockstarSupport", "--language", "en", "--pdf", str(pdf), "--json"]
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
    assert audit["first_response"]["median_h"] == waited["median_h"][0]
    assert audit["first_response"]["p90_h"] == waited["p90_h"][0]
    # What a person reads: the same words on both pages, in the command's text and in print.
    world.signed_in(client, world.member(brand))
    texts = {
        "audit": _plain(client.get("/b/care/audit/").content.decode()),
        "report": _plain(client.get("/b/care/service/promises/").content.decode()),
        "command": entourage("service", "--brand", "care", database_url=database_url).stdout,
        "print": pdf_words(pdf.read_bytes(), tmp_path),
    }
    for name in ("median_h", "p90_h"):
        value, low, high = (span(one * 3600) for one in waited[name])
        for text in texts.values():
            assert value in text
            assert f"{low} to {high}" in text


def _plain(page: str) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


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
