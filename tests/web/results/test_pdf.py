"""The audit in print: readable, in both languages, and the same bytes for the same data."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import translation
from tests.web import world
from tests.web.results import made

from entourage.web.people.models import Person
from entourage.web.results.queries.printed import _legible, file_name, printed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
NARROW = "\N{NARROW NO-BREAK SPACE}"


def words(pdf: bytes, folder: Path) -> str:
    """The text of a PDF; needs poppler's ``pdftotext``, and says so."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not here: the text of the PDF is not read")
    file = folder / "audit.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_the_same_audit_is_printed_to_the_same_bytes():
    audit = made.audited()
    assert printed(audit) == printed(audit)
    assert printed(audit).startswith(b"%PDF-")


def test_the_print_says_whose_audit_of_when_and_what_to_do(tmp_path):
    text = words(printed(made.audited(simulated=True)), tmp_path)
    for told in (
        "The Monday audit",
        "as of 16 March 2026, 10:00",
        "Simulated brand",
        "Yes: 67% of the conversations that people open with us get no answer.",
        "Answer 4 people who wait, Ann first.",
        "Question",
        "Method and limits",
        "5/5",
    ):
        assert told in text


def test_the_print_is_french_where_french_is_asked(tmp_path):
    audit = made.audited()
    with translation.override("fr"):
        text = words(printed(audit), tmp_path)
    assert "La page est-elle désertée" in text
    assert "Que faire lundi" in text
    assert "état au 16 mars 2026, 10:00" in text
    assert "What to do" not in text


def test_whoever_is_erased_is_not_printed(tmp_path):
    audit = made.audited()
    Person.objects.of(audit.brand).filter(name="Ann").delete()
    text = words(printed(audit), tmp_path)
    assert "Ann" not in text
    assert "Bob" in text


def test_what_the_font_cannot_draw_is_left_out_or_said():
    assert _legible("Merci 🙏 beaucoup…") == "Merci beaucoup…"
    assert _legible("Приве́т, Καλημέρα") == "Привет, Καλημέρα"
    assert _legible("こんにちは") == "(in letters that this print does not have: read it on the page)"
    assert _legible("🙏") == "…"


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("manager", 200), ("analyst", 200), ("agent", 403)])
def test_who_may_take_data_out_downloads_it(client, role, status):
    audit = made.audited()
    world.signed_in(client, world.member(audit.brand, role))
    answer = client.get(reverse("results:pdf", args=["tea"]), {"language": "fr"})
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Type"] == "application/pdf"
        assert "audit-tea-2026-03-16-fr.pdf" in answer["Content-Disposition"]


def test_the_file_is_named_after_the_brand_the_day_and_the_language():
    with translation.override("en"):
        assert file_name(made.audited()) == "audit-tea-2026-03-16-en.pdf"
