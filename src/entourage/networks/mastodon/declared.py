"""What Mastodon is, before anything of it is loaded."""

from __future__ import annotations

from datetime import timedelta

from entourage.networks.live import Can, Declared, Limits, Setting

KEY = "mastodon"
# An answer begins with the handle of whom it answers, else nobody is told of it; a name has at most 30 letters, and its
# server's part is not counted.
HANDLE = len("@ ") + 30
LENGTH = 500  # of a server that was not changed; ``check`` tells what this one allows
PICTURE_BYTES = 16 * 2**20

DECLARED = Declared(
    key=KEY,
    name="Mastodon",
    settings=(
        Setting(
            key="server",
            label="Server",
            help="Where the account lives, as in a browser: mastodon.social",
        ),
        Setting(
            key="token",
            label="Access token",
            help="Made by allowing Entourage on the server's own page, or pasted from Preferences, Development.",
            secret=True,
        ),
    ),
    can=frozenset(
        {Can.READ, Can.LISTEN, Can.REPLY, Can.MESSAGE, Can.LIKE, Can.DELETE, Can.HISTORY, Can.VERIFY},
    ),
    limits=Limits(length=LENGTH - HANDLE, attachments=4, attachment_bytes=PICTURE_BYTES),
    every=timedelta(minutes=1),
    by_code="token",
)
