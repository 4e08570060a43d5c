"""``entourage audit`` and the demo brand, as a person uses them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from entourage.web.core.models import Brand
from entourage.web.results.queries import latest_audit
from entourage.web.results.queries.report import report

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)


def entourage(*words: str, database_url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "entourage.cli", *words],
        env={**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.data
def test_the_audit_of_care_tweets_copes_with_the_faults_of_that_set(
    shared_data: Path, database_url: str, tmp_path: Path
):
    """Only answered conversations, durations that are wrong for one in twenty, customers who mostly come once."""
    file = shared_data / "care_tweets" / "conversations.jsonl"
    assert entourage("import", str(file), "--brand", "care", "--json", database_url=database_url).returncode == 0
    pdf = tmp_path / "audit.pdf"
    words = ["audit", "--brand", "care", "--own", "RockstarSupport", "--language", "fr", "--pdf", str(pdf), "--json"]
    done = entourage(*words, database_url=database_url)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["conversations"], told["verdict"], told["only_answered_conversations"]) == (89, "only_answered", True)
    assert told["first_response"]["unanswered"] == 0
    assert told["timing"]["derived"] > 0
    assert {"MojangSupport", "TeamYouTube"} <= {one["page"] for one in told["competitors"]}
    assert pdf.read_bytes().startswith(b"%PDF-")


@pytest.mark.data
def test_a_name_that_nobody_has_is_answered_with_the_most_addressed(shared_data: Path, database_url: str):
    file = shared_data / "care_tweets" / "conversations.jsonl"
    entourage("import", str(file), "--brand", "care", database_url=database_url)
    done = entourage("audit", "--brand", "care", "--own", "Rockster", database_url=database_url)
    assert done.returncode == 1
    assert done.stderr.startswith("`--own` must name an account of the log. Got Rockster; most addressed here: Rockst")


def test_a_brand_that_does_not_exist_is_said(database_url: str):
    done = entourage("audit", "--brand", "care", "--json", database_url=database_url)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["message"].startswith("`--brand` must be a brand that exists. Got care;")


@pytest.mark.slow
def test_the_demo_brand_has_a_telling_answer_to_each_question():
    from entourage.web.results.bridge.demo import load_demo

    steps: list[tuple[str, int]] = []
    load_demo(at=datetime(2026, 3, 16, 9, tzinfo=UTC), progress=lambda step, done, _all: steps.append((step, done)))
    brand = Brand.objects.get(slug="maison-tilleul")
    audit = latest_audit(brand)
    assert audit is not None
    sections = {section.question: section for section in report(audit).sections}
    assert brand.simulated
    assert [done for _, done in steps] == sorted(done for _, done in steps)
    assert sections["Is the page deserted?"].finding.startswith("Yes: ")
    assert any("nobody answered, while" in line for line, _ in sections["Is the page deserted?"].lines)
    assert [len(one.lines) for one in sections["Whom to answer, whom to thank"].lists] == [10, 10]
    assert len(sections["Who matters?"].lists[0].lines) == 10
    contest = next(one for one in audit.figures["operations"] if "concours" in report_name(audit, one["operation"]))
    tasting = next(one for one in audit.figures["operations"] if "gustation" in report_name(audit, one["operation"]))
    assert tasting["gap"][1] > 0 > contest["gap"][2]


def report_name(audit, key: int) -> str:
    from entourage.web.results.queries.charts import operation_names

    return operation_names(audit)[key]
