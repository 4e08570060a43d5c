"""The keys of accounts and activities: hashes that need no look-up, and the fingerprints of the erased."""

from __future__ import annotations

import hmac
from hashlib import blake2b
from uuid import UUID

REMEMBERED = 50_000  # keys: a file names its threads close together, and memory must not grow with it
NETWORKS = 10_000  # names of networks: a wrong column may tell another one in each row


def activity_key(brand_id: int, network: str, network_id: str) -> bytes:
    """Sixteen bytes that name an activity of a network as one brand sees it."""
    return blake2b(
        f"{brand_id}\0{network}\0{network_id}".encode("utf-8", "surrogatepass"), digest_size=16, person=b"activity"
    ).digest()


def fingerprint(account: UUID | bytes) -> bytes:
    """What is kept of an erased account: recognisable when it comes back, unreadable without the installation's key."""
    from django.conf import settings  # here only: who makes rows in a process of its own does without Django

    key = account.bytes if isinstance(account, UUID) else account
    return hmac.digest(settings.SECRET_KEY.encode(), b"erased:" + key, "sha256")


class Keys:
    """The same keys, twice as fast: what all keys of a network share is hashed once."""

    def __init__(self, brand_id: int, kind: bytes) -> None:
        self._brand_id = brand_id
        self._kind = kind
        self._begun: dict[str, blake2b] = {}
        self._met: dict[tuple[str, str], bytes] = {}

    def __call__(self, network: str, network_id: str) -> bytes:
        begun = self._begun.get(network) or self._begin(network)
        hashed = begun.copy()
        try:
            hashed.update(network_id.encode())
        except UnicodeEncodeError:  # half a surrogate pair
            hashed.update(network_id.encode("utf-8", "surrogatepass"))
        return hashed.digest()

    def again(self, network: str, network_id: str) -> bytes:
        """The key of what is named again and again, as a thread is by all its answers: hashed once in a while."""
        met, named = self._met, (network, network_id)
        key = met.get(named)
        if key is None:
            if len(met) >= REMEMBERED:
                met.clear()
            key = met[named] = self(network, network_id)
        return key

    def _begin(self, network: str) -> blake2b:
        prefix = f"{self._brand_id}\0{network}\0".encode("utf-8", "surrogatepass")
        if len(self._begun) >= NETWORKS:
            self._begun.clear()
        self._begun[network] = blake2b(prefix, digest_size=16, person=self._kind)
        return self._begun[network]


def account_keys(brand_id: int) -> Keys:
    """The keys of a brand's accounts."""
    return Keys(brand_id, b"account")


def activity_keys(brand_id: int) -> Keys:
    """The keys of a brand's activities."""
    return Keys(brand_id, b"activity")
