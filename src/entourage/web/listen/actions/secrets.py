"""The keys of connections: encrypted with a key that stands outside the database, and read nowhere but here."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.encoding import force_str

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.fernet import MultiFernet

    from entourage.web.listen.models import Connection

# Keeps this key apart from all else that the installation's secret key is used for.
PURPOSE = b"entourage connections 1"
# What stands in a sentence where a key stood; a shorter secret than this is found in ordinary words.
STRUCK, SHORTEST = "…", 4


class KeysLost(Exception):  # noqa: N818 - it names what happened
    """The stored keys cannot be read any more."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The keys of {name} must be read with the secret key that they were stored under. That key has changed. "
            "Connect anew, or put the old secret.key (or ENTOURAGE_SECRET_KEY) back from a backup."
        )


def sealed(secrets: Mapping[str, str]) -> bytes:
    """These keys, readable only with the installation's secret key."""
    return _box().encrypt(json.dumps(dict(secrets), sort_keys=True).encode())


def secrets_of(connection: Connection) -> dict[str, str]:
    """The keys of a connection, by the names of the network's settings. They go to the network and nowhere else.

    Raises
    ------
    KeysLost: the installation's secret key is not the one that they were stored under.
    """
    from cryptography.fernet import InvalidToken

    if not connection.secrets:
        return {}
    try:
        opened: dict[str, str] = json.loads(_box().decrypt(bytes(connection.secrets)))
    except InvalidToken:
        raise KeysLost(connection.name) from None
    return opened


def without_secrets(sentence: str, connection: Connection) -> str:
    """The sentence with every key of the connection struck out: what a network says may repeat what it was sent."""
    try:
        told = secrets_of(connection).values()
    except KeysLost:
        return sentence
    for secret in sorted((value for value in told if len(value) >= SHORTEST), key=len, reverse=True):
        sentence = sentence.replace(secret, STRUCK)
    return sentence


def _box() -> MultiFernet:
    """Encrypts with today's secret key; reads with those before it, too, where the settings still name them."""
    from cryptography.fernet import Fernet, MultiFernet

    keys = map(force_str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    # Imported here: pages that show no connection do without the library.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
