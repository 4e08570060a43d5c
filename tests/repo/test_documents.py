"""What is written for people is true: the README's commands, the specs, the changelog, the glossary."""

from __future__ import annotations

import ast
import os
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from tools import specs
from typer.main import get_command

from entourage.cli import app
from entourage.engine.simulate import simulate, write

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))


def shown(document: str) -> list[str]:
    """The command lines in a document's shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", document, re.DOTALL)
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def documents() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


COMMANDS = sorted({line for path in documents() for line in shown(path.read_text(encoding="utf-8"))})


@pytest.mark.parametrize("line", [line for line in COMMANDS if re.search(r"(^|\s)make(\s|$)", line)])
def test_a_make_command_that_is_shown_exists(line: str) -> None:
    words = [word for word in shlex.split(line.partition("#")[0]) if "=" not in word]
    assert set(words[1:]) <= TARGETS


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("entourage ")])
def test_a_command_that_is_shown_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.partition("|")[0].partition("&&")[0])
    commands = get_command(app()).commands
    assert words[1] in commands
    known = {name for parameter in commands[words[1]].params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"} <= known


@pytest.mark.slow
def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(simulate(people=900, weeks=52), tmp_path / "simulated.csv")
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    *head, foot = ast.parse(block).body
    said: dict[str, object] = {}
    exec(compile(ast.Module(head, []), "README.md", "exec"), said)  # noqa: S102 - it is ours
    assert isinstance(foot, ast.Expr)
    one, two = eval(compile(ast.Expression(foot.value), "README.md", "eval"), said)  # noqa: S307 - the same
    assert (one.language, two.language, two.sign) == ("fr", "en", 1)


@pytest.mark.parametrize("name", sorted(get_command(app()).commands))
def test_every_command_teaches_itself(name: str) -> None:
    command = get_command(app()).commands[name]
    first, *rest = (command.help or "").strip().splitlines()
    assert first.endswith((".", "?"))
    assert f"entourage {name}" in "\n".join(rest), "the help must end with an example"
    assert [p.name for p in command.params if p.param_type_name == "option" and not p.help and p.name != "help"] == []


def test_make_lists_every_command_with_a_line() -> None:
    phony = MAKEFILE.split(".PHONY:")[1].splitlines()[0].split()
    assert set(phony) == TARGETS


def test_ci_runs_what_the_readme_says() -> None:
    ci = ROOT / ".ci" / "run"
    assert os.access(ci, os.X_OK)
    assert "make check\n" in ci.read_text()
    assert ci.read_text().rstrip().endswith("test-all")


def test_the_specs_say_what_the_tests_say() -> None:
    assert specs.TARGET.read_text(encoding="utf-8") == specs.document(), "run: make docs"


def test_the_changelog_tells_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    entry = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition(f"## {version}\n")[2].partition("\n## ")[0]
    assert entry.strip().startswith("- ")


def test_the_glossary_is_in_order_and_says_each_word_once() -> None:
    words = re.findall(r"^\| \*\*(.+?)\*\* \| .+ \|$", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(words) > 40
    assert words == sorted(set(words))
