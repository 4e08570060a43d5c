"""What pages offer to connect, written down: a page must not load the networks, and its words must be translated.

``python -m tools.offers`` writes ``web/listen/queries/offers.py`` from what the networks declare; a test fails while
the two differ.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entourage.networks.live import Declared, Setting

ROOT = Path(__file__).parents[1]
OFFERS = ROOT / "src" / "entourage" / "web" / "listen" / "queries" / "offers.py"
HEAD = '''"""What each network asks for before it is connected. Written by ``python -m tools.offers``."""
# ruff: noqa: E501 - a text that is translated stands on one line

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from entourage.web.listen.queries.offering import Field, Offer

OFFERS: dict[str, Offer] = {
'''


def written() -> str:
    """The module, as the networks declare themselves today."""
    from entourage.networks import registry

    os.environ.pop("ENTOURAGE_HOSTILE", None)
    told = [_offer(declared) for _key, declared in sorted(registry.all_declared().items())]
    return _formatted(HEAD + "".join(told) + "}\n")


def _offer(declared: Declared) -> str:
    fields = "".join(f"{_field(setting)}, " for setting in declared.settings)
    can = ", ".join(repr(str(each)) for each in sorted(declared.can))
    facts = "".join(f"{name}={getattr(declared, name)!r}, " for name in ("key", "name", "by_code"))
    needs = f"needs=_({declared.needs!r}), "
    return f"    {declared.key!r}: Offer({facts}{needs}can=({can},), fields=({fields})),\n"


def _field(setting: Setting) -> str:
    help_ = f"_({setting.help!r})" if setting.help else "''"
    facts = f"secret={setting.secret}, required={setting.required}, default={setting.default!r}"
    return f"Field(key={setting.key!r}, label=_({setting.label!r}), help={help_}, {facts})"


def _formatted(code: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(OFFERS), "-"]
    return subprocess.run(command, input=code, capture_output=True, text=True, check=True, cwd=ROOT).stdout


if __name__ == "__main__":
    OFFERS.write_text(written(), encoding="utf-8")
    print(f"{OFFERS.relative_to(ROOT)}: {len(OFFERS.read_bytes())} bytes")
