"""Write docs/specs.md from tests/spec: what each measure means, in sentences and in tables drawn as text.

A test's name is its sentence, its docstring the reason, and each text of several lines in it a table.
``--check`` writes nothing and exits with 1 when the file is not what the tests say.
"""

from __future__ import annotations

import ast
import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests" / "spec"
TARGET = ROOT / "docs" / "specs.md"
HEAD = """# What each measure means

Written by `make docs` from the tests in tests/spec, which run with all others: what stands here holds.
"""


def document() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(part for path in sorted(TESTS.glob("test_*.py")) for part in _chapter(path))])


def _chapter(path: Path) -> Iterator[str]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    title, _, rest = (ast.get_docstring(module) or path.stem.removeprefix("test_")).partition("\n")
    yield f"## {title.rstrip('.')}\n"
    if rest.strip():
        yield f"{rest.strip()}\n"
    # A table outside the tests is one that several of them read.
    yield from _tables([node for node in module.body if not isinstance(node, ast.FunctionDef)][1:])
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield from _statement(node)


def _statement(test: ast.FunctionDef) -> Iterator[str]:
    yield f"### {_sentence(test.name)}\n"
    reason = ast.get_docstring(test)
    if reason:
        yield f"{reason}\n"
    yield from _tables([*test.decorator_list, *(test.body[1:] if reason else test.body)])


def _sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    for person in ("ann", "bob", "cyd", "dee"):
        words = " ".join(word.capitalize() if word == person else word for word in words.split())
    return words[0].upper() + words[1:]


def _tables(nodes: list[ast.AST] | list[ast.stmt]) -> Iterator[str]:
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.count("\n") > 1:
                yield f"```\n{inspect.cleandoc(part.value)}\n```\n"


def main() -> int:
    """Write the page, or check it."""
    wanted = document()
    if "--check" not in sys.argv:
        TARGET.write_text(wanted, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == wanted:
        return 0
    print("docs/specs.md must say what tests/spec say. It does not. Run: make docs")
    return 1


if __name__ == "__main__":
    sys.exit(main())
