"""The open font that charts and print share, from its package: no font of the machine changes the bytes."""

from __future__ import annotations

from pathlib import Path

import font_source_sans_pro

#: Holds Source Sans Pro as .otf and .ttf (SIL Open Font License).
FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
FONT_NAME = "Source Sans Pro"
