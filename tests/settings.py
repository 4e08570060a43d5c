"""The application's own settings, with all that they keep away from yours."""

import os
from pathlib import Path

# Before the settings are read: they make the data folder and the secret key.
os.environ["ENTOURAGE_DATA"] = str(Path(__file__).parents[1] / "build" / "test-data")

from entourage.web.settings import *  # noqa: F403

# Accounts are made by the hundred; the slow hash is Django's to test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The close encoder is tried where it is meant; the tests of pages take the fast one wherever they run.
MEANING = "fast"
