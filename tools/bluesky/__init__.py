"""The real Bluesky network on loopback, from npm: installed once outside of the repository, started for the tests."""

from tools.bluesky.install import Absent, Installed, installed
from tools.bluesky.server import Addresses, started

__all__ = ["Absent", "Addresses", "Installed", "installed", "started"]
