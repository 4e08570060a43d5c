"""Habits of the code that no linter knows."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from django.apps import apps
from tools import messages

import entourage

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "src" / "entourage" / "web" / "settings.py"
MODELS = [model for model in apps.get_models() if model.__module__.startswith("entourage.web.")]
FUNCTIONS = [name for name in entourage.__all__ if inspect.isfunction(getattr(entourage, name))]


def kind(name: str) -> int:
    return 0 if name.isupper() else 1 if name[0].isupper() else 2


def test_the_public_names_are_sorted_and_all_there() -> None:
    names = entourage.__all__
    assert names == sorted(names, key=lambda name: (kind(name), name))
    assert set(names) <= set(dir(entourage))
    assert [name for name in names if getattr(entourage, name, None) is None] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_says_what_it_answers_and_takes_the_data_first(name: str) -> None:
    function = getattr(entourage, name)
    text = inspect.getdoc(function) or ""
    assert text.split("\n\n")[0].rstrip().endswith("."), "the first line is a sentence"
    assert "Examples" in text or "Notes" in text or "Raises" in text
    parameters = list(inspect.signature(function).parameters.values())
    free = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD and p.default is not p.empty]
    assert free == [], "what has a default is given by keyword"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_has_decided_which_columns_are_personal(model: type) -> None:
    assert "personal_data" in vars(model), "say personal_data = (...), empty if there is none"
    columns = {field.name for field in model._meta.get_fields()}
    assert set(model.personal_data) <= columns


def test_every_setting_has_its_reason() -> None:
    """A comment stands above each setting, or above the block of lines that it belongs to."""
    blocks = re.split(r"\n\s*\n", SETTINGS.read_text(encoding="utf-8"))
    silent = [
        re.findall(r"^([A-Z_]+)\b.* = ", block, re.MULTILINE)
        for block in blocks
        if re.search(r"^[A-Z_]+\b.* = ", block, re.MULTILINE) and "#" not in block
    ]
    known = {"INSTALLED_APPS", "MIDDLEWARE", "ROOT_URLCONF", "WSGI_APPLICATION"}  # Django's own lists say themselves
    assert [name for block in silent for name in block if name not in known] == []


def test_the_french_catalogue_is_the_same_at_any_hour() -> None:
    dates = re.findall(rb"Date: ([^\n]*)", messages.as_program(messages.in_step(messages.FRENCH.read_bytes())))
    assert set(dates) == {b"2000-01-01 00:00+0000"}


def test_french_is_complete_and_in_step_with_the_pages() -> None:
    old = messages.FRENCH.read_bytes()
    catalog = messages.in_step(old)
    assert messages.untranslated(catalog) == []
    assert messages.as_text(catalog) == old, "run: make messages"
    assert messages.FRENCH.with_suffix(".mo").read_bytes() == messages.as_program(catalog)


def test_french_keeps_every_name_that_a_text_fills_in() -> None:
    filled = re.compile(r"%\((\w+)\)|\{(\w*)\}")
    wrong = []
    for message in messages.in_step(messages.FRENCH.read_bytes()):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = {name for text in ids for name in filled.findall(text)}
        wrong += [text for text in strings if message.id and text and not set(filled.findall(text)) <= wanted]
    assert wrong == []


TEMPLATE = """
<p title="it's">{% translate "Hello 100%" %} {{ _("Yes") }}</p>
{% blocktranslate count n=3 trimmed %}
  One person's
{% plural %}
  {{ n }} "people"
{% endblocktranslate %}
{% translate "May" context "month" %}
"""


def test_texts_of_templates_are_found_without_gnu_gettext(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(TEMPLATE)
    assert list(messages.texts_of_template(page)) == [
        ("Hello 100%%", None),
        ("Yes", None),
        (("One person's", '%(n)s "people"'), None),
        ("May", "month"),
    ]
