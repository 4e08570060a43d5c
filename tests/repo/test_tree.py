"""The tree itself: sizes, words that must not stand in it, files that point to each other."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 300  # lines; what fits a head
# Written in two parts, so that this file does not find itself.
LEFT_OVER = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX:", "[Cc]oming so" + "on", "Lorem ip" + "sum")))
MACHINE = re.compile(
    "|".join(("/wo" + "rk/", "/ro" + "ot/", "/op" + "t/", "/home/[a-z]", "pythonho" + "sted", "simple/? #"))
)
INDEX = re.compile(r"^\s*(-i|--index-url|--extra-index-url|--find-links|-f)\b|https?://", re.MULTILINE)


def tracked(*suffixes: str) -> list[Path]:
    """The files of the repository, those about to be added with them; the bundle of a library is not ours."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [ROOT / name for name in listed.stdout.splitlines() if not name.endswith("vega.js")]
    return [path for path in found if path.is_file() and (not suffixes or path.suffix in suffixes)]


def texts(*suffixes: str) -> dict[str, str]:
    """Name -> text."""
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in tracked(*suffixes)}


OURS = (".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".in", ".typ", ".po", "")


def test_every_module_fits_a_head() -> None:
    long = {
        name: lines
        for name, text in texts(".py").items()
        if (lines := text.count("\n")) > LONGEST and "/migrations/" not in name
    }
    assert long == {}


def test_nothing_is_left_for_later() -> None:
    assert [name for name, text in texts(*OURS).items() if LEFT_OVER.search(text)] == []


def test_no_path_of_the_machine_it_was_written_on() -> None:
    assert [f"{name}: {hit[0]}" for name, text in texts(*OURS).items() if (hit := MACHINE.search(text))] == []


@pytest.mark.parametrize("name", ["run", "dev"])
def test_requirements_are_pinned_with_hashes_and_name_no_index(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pins = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(pins) > 50
    assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert INDEX.search(text) is None


def test_every_document_that_is_named_is_there() -> None:
    pattern = re.compile(r"\bdocs/(?:methods|guides|decisions)/[\w/-]+\.md")
    named = {(name, path) for name, text in texts(".py", ".md", ".html").items() for path in pattern.findall(text)}
    assert sorted((name, path) for name, path in named if not (ROOT / path).is_file()) == []


def test_every_link_between_documents_leads_somewhere() -> None:
    pattern = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    links = [(path, target) for path in tracked(".md") for target in pattern.findall(path.read_text(encoding="utf-8"))]
    assert [f"{path.name} -> {target}" for path, target in links if not (path.parent / target).exists()] == []


def test_decisions_are_numbered_without_a_gap_and_short() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n:04d}" for n in range(1, len(decisions) + 1)]
    assert [path.name for path in decisions if len(path.read_text().split()) > 400] == []


def test_no_data_set_and_no_secret_is_kept_here() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert [name for name in names if re.search(r"(secret\.key|\.truth\.csv|\.rejects\.csv|\.gz|\.zip)$", name)] == []
    assert [path.name for path in tracked() if path.stat().st_size > 2_000_000] == []
