"""Where files and networks become rows: ``entourage.networks`` on one side, ``listen.actions`` on the other."""

from entourage.web.listen.bridge.codes import ask_page
from entourage.web.listen.bridge.doors import check_connection, door, introduce, take_found
from entourage.web.listen.bridge.keeper import Keeper
from entourage.web.listen.bridge.looking import look
from entourage.web.listen.bridge.reconciling import CannotCompare, reconcile, reconcile_quietly
from entourage.web.listen.bridge.running import import_file, run_import
from entourage.web.listen.bridge.turns import read_connection

__all__ = [
    "CannotCompare",
    "Keeper",
    "ask_page",
    "check_connection",
    "door",
    "import_file",
    "introduce",
    "look",
    "read_connection",
    "reconcile",
    "reconcile_quietly",
    "run_import",
    "take_found",
]
