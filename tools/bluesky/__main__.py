"""Install what the real Bluesky network needs; ends with 3, and says why, where it cannot be had."""

import sys

from tools.bluesky.install import Absent, installed

try:
    installed(fetch=True)
except Absent as absent:
    print(f"The real Bluesky network cannot be had here. {absent}", file=sys.stderr)
    sys.exit(3)
