"""Keeping somebody who was erased out of what others wrote, of lists of refused rows, of files looked at."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entourage.web.listen.models import Import, ImportState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entourage.web.core.models import Brand

#: What stands in a message where somebody who was erased was named.
BLANK = "[…]"
#: Turned to somebody who was erased: nobody any more, and still not to us.
NOBODY = "00000000-0000-0000-0000-000000000000"
#: A row is read as a whole; a longer cell than this is none of a list that we wrote.
LONGEST_CELL = 64 << 20


@dataclass(frozen=True, slots=True)
class Traces:
    """What names a person: handles and ids on their networks, names, addresses of their profiles."""

    handles: frozenset[str]
    names: frozenset[str]
    links: frozenset[str]

    @classmethod
    def of(cls, accounts: Iterable[tuple[str, str, str, str]], *, name: str = "") -> Traces:
        """The traces of accounts, each told as its id, handle, name and address."""
        told = list(accounts)
        handles = {word.lstrip("@") for network_id, handle, _, _ in told for word in (network_id, handle)}
        names, links = {name, *(one[2] for one in told)}, {one[3] for one in told}
        return cls(frozenset(handles - {""}), frozenset(names - {""}), frozenset(links - {""}))

    @property
    def pattern(self) -> str:
        """For PostgreSQL, what names them in a message: @handles, links, and full names of two words.

        A handle without its sign or a first name alone may be anybody, or an ordinary word.
        """
        signs = [f"@{re.escape(handle)}" for handle in self.handles]
        full = [re.escape(name) for name in self.names if len(name.split()) > 1]
        told = sorted([*signs, *full, *map(re.escape, self.links)], key=lambda word: (-len(word), word))
        # A word must end where the name ends: @ann is not @annabel.
        return "(?:" + "|".join(told) + r")(?![[:alnum:]_])"

    def tells(self, text: str) -> bool:
        """Whether one of the words, as it stands, is in the text: for rows, where no sign stands before a handle."""
        words = "|".join(re.escape(word) for word in self.handles | self.names | self.links)
        return bool(words) and re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE) is not None


def forget_in_imports(brand: Brand | int, traces: Traces) -> None:
    """Take a person's rows out of the lists of refused rows, and out of what was shown of files. Safe to repeat.

    A file that still waits to be taken in leaves them out then, and is removed.
    """
    for begun in Import.objects.of(brand).exclude(options__look=None):
        _forget_look(begun)
    finished = Import.objects.of(brand).exclude(rejects_path="").exclude(state=ImportState.RUNNING)
    for path in finished.values_list("rejects_path", flat=True):
        if Path(path).is_file():
            _strike(Path(path), traces)


def _forget_look(begun: Import) -> None:
    look = begun.options["look"]
    if begun.state == ImportState.WAITING:
        columns = [{**column, "samples": []} for column in look.get("columns", ())]
        begun.options["look"] = {**look, "acts": [], "rejects": [], "columns": columns}
    else:
        del begun.options["look"]
    begun.save(update_fields=["options"])


def _strike(path: Path, traces: Traces) -> None:
    """Write the list anew without their rows; killed in between, the old one is whole."""
    draft = path.with_name(f".{path.name}.draft")
    csv.field_size_limit(LONGEST_CELL)
    draft.touch(mode=0o600)
    with path.open(encoding="utf-8-sig", newline="") as old, draft.open("w", encoding="utf-8-sig", newline="") as new:
        kept = csv.writer(new)
        kept.writerows(row for row in csv.reader(old) if not any(traces.tells(cell) for cell in row))
    draft.replace(path)
