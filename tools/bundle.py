"""Write the charts' JavaScript (Vega-Lite, Vega, Vega-Embed) as vl-convert packs it, without the network.

``python tools/bundle.py`` after a new vl-convert; the file is committed, so a clone and the wheel have it.
"""

from __future__ import annotations

from pathlib import Path

import vl_convert

BUNDLE = Path(__file__).parents[1] / "src/entourage/web/static/entourage/vega.js"


def main() -> None:
    BUNDLE.write_text(vl_convert.javascript_bundle())
    print(f"{BUNDLE.name}: {BUNDLE.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
