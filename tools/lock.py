"""Pin what Entourage depends on, with hashes, for every system: requirements/run.txt and dev.txt.

The compiler (uv) lives in a virtual environment that is thrown away; the index is whatever this machine is set to use,
and no address of it is written. ``make lock`` takes newer versions; ``python -m tools.lock --keep`` only adds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
MANNER = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]
SECRET = ["--no-emit-index-url", "--no-emit-find-links"]


def main() -> int:
    """Compile both files; the second keeps to the first."""
    upgrade = [] if "--keep" in sys.argv else ["--upgrade"]
    with tempfile.TemporaryDirectory() as folder:
        uv = _uv(Path(folder))
        run = [uv, "pip", "compile", *MANNER, *SECRET, *upgrade, "pyproject.toml", "requirements/build.in"]
        dev = [*run, "--group", "dev", "--constraint", "requirements/run.txt"]
        for command, name in ((run, "run"), (dev, "dev")):
            subprocess.run([*command, "-o", f"requirements/{name}.txt"], cwd=ROOT, check=True)
    return 0


def _uv(folder: Path) -> str:
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"], check=True, env=os.environ)
    return str(folder / "bin" / "uv")


if __name__ == "__main__":
    sys.exit(main())
