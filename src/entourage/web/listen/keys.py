"""The keys of accounts and activities: hashes that need no look-up, and the fingerprints of the erased."""

from __future__ import annotations

import hmac
from hashlib import blake2b
from uuid import UUID

from django.conf import settings


def account_key(brand_id: int, network: str, network_id: str) -> bytes:
    """Sixteen bytes that name an account of a network as one brand sees it."""
    return blake2b(
        f"{brand_id}\0{network}\0{network_id}".encode("utf-8", "surrogatepass"), digest_size=16, person=b"account"
    ).digest()


def activity_key(brand_id: int, network: str, network_id: str) -> bytes:
    """Sixteen bytes that name an activity of a network as one brand sees it."""
    return blake2b(
        f"{brand_id}\0{network}\0{network_id}".encode("utf-8", "surrogatepass"), digest_size=16, person=b"activity"
    ).digest()


def fingerprint(account: UUID | bytes) -> bytes:
    """What is kept of an erased account: recognisable when it comes back, unreadable without the installation's key."""
    key = account.bytes if isinstance(account, UUID) else account
    return hmac.digest(settings.SECRET_KEY.encode(), b"erased:" + key, "sha256")
