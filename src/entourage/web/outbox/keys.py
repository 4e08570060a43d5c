"""Who is held out: drawn by a keyed hash, so that the same people are for ever, and nobody can guess who."""

from __future__ import annotations

import hmac

from django.conf import settings

#: As many lots as eight bytes tell apart.
LOTS = 1 << 64


def lot(brand_id: int, person_id: int) -> float:
    """The person's lot with this brand, in [0, 1): who drew less than the share held out is not contacted first."""
    told = f"holdout:{brand_id}:{person_id}".encode()
    return int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), told, "sha256")[:8], "big") / LOTS
