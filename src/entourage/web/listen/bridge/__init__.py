"""Where files become rows: the readers of ``entourage.networks`` on one side, ``listen.actions`` on the other."""

from entourage.web.listen.bridge.looking import look
from entourage.web.listen.bridge.running import import_file, run_import

__all__ = ["import_file", "look", "run_import"]
