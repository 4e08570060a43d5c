"""Where keys may go, and what a server's words may show: one server only, and none of our secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from entourage.networks.base import Broken, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
SAID = ("error_description", "message", "error")  # where servers put their words


def server(base: str, *, name: str) -> httpx.URL:
    """The address of a server that keys may go to: https, or plain http on loopback; ``Broken`` for any other.

    Examples
    --------
    >>> str(server("https://mastodon.example/ ", name="Mastodon"))
    'https://mastodon.example'
    """
    try:
        url = httpx.URL(base.strip().rstrip("/"))
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.host and not url.userinfo and (url.scheme == "https" or (url.scheme == "http" and url.host in LOOPBACK)):
        return url
    raise Broken(f"The address of {name} must start with https://. Got {shown(base)!r}. Write it as in a browser.")


def ours(address: str, *, base: httpx.URL, name: str) -> str:
    """A path of this server, or a whole address that is one (a redirect, the next page): keys go nowhere else."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise Broken(f"{name} gave an address that cannot be opened. Check the one you connected.") from None
    mine = (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port)
    if mine or (url.is_relative_url and not url.host):
        return address
    raise Broken(
        f"{name} at {base.host} sends on to {shown(url.host)}, where our keys must not go. "
        "Connect the address that it names, if you trust it."
    )


def said(body: Any, *, secrets: Iterable[str]) -> str:
    """A server's own words on a refusal, short, and without any of our keys should it repeat them."""
    told = body if isinstance(body, dict) else {}
    words = next((told[key] for key in SAID if told.get(key)), "")
    text = words if isinstance(words, str) else ""
    for secret in secrets:
        for part in (secret, secret.rpartition(" ")[2]):  # "Bearer abc" and "abc"
            text = text.replace(part, "…") if part else text
    return shown(text).rstrip(".")
