"""The house: the data folder, its PostgreSQL, its secret, and the processes that live in it. Imports no Django.

::

    with running() as url:      # PostgreSQL is up for as long as anybody is in this block, in any process
        django.setup()

Who holds what, and why a ``kill -9`` of anything is harmless: docs/decisions/0001-a-guardian-for-postgresql.md.
"""

from entourage.house.address import database_parts
from entourage.house.errors import HouseError
from entourage.house.folder import data_folder
from entourage.house.occupancy import running, stopped
from entourage.house.secrets import secret_key

__all__ = [
    "HouseError",
    "data_folder",
    "database_parts",
    "running",
    "secret_key",
    "stopped",
]
