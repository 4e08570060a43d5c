"""What is kept of the outside world: the log, the files that brought it, the connections that bring it."""

from entourage.web.listen.models.connections import Connection, ConnectionState
from entourage.web.listen.models.imports import Import, ImportState, SavedMapping
from entourage.web.listen.models.log import Account, AccountRole, Activity, Attachment, Erased, Subject, Tie

__all__ = [
    "Account",
    "AccountRole",
    "Activity",
    "Attachment",
    "Connection",
    "ConnectionState",
    "Erased",
    "Import",
    "ImportState",
    "SavedMapping",
    "Subject",
    "Tie",
]
