"""The keys of a text: where the very same words stand again, without keeping them twice; whether it has changed."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b, md5
from uuid import UUID

from django.conf import settings


def text_key(text: str) -> UUID:
    """Sixteen bytes that name a text; without the installation's secret nobody can try words against them.

    White space is folded, as the engine's reader folds it: a line broken elsewhere says the same.
    """
    told = " ".join(text.split()).encode("utf-8", "surrogatepass")
    return UUID(bytes=blake2b(told, digest_size=16, key=_secret(), person=b"text").digest())


def md5_of(text: str) -> UUID:
    """As PostgreSQL's ``md5(text)::uuid``: whether a message still says what it said when it was fetched."""
    return UUID(bytes=md5(text.encode(), usedforsecurity=False).digest())


@cache
def _secret() -> bytes:
    return blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
