"""Allowing Entourage on one's own Mastodon server: two clicks there, a code, a token.

``app_for`` registers with the server, ``address`` is the page to open, ``token`` turns the code shown there (or carried
back) into the token to connect with. The application's secret and the token are secrets: keep them encrypted.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from entourage.networks.base import Broken
from entourage.networks.http import Client, Effect
from entourage.networks.live import Reconnect
from entourage.networks.payload import Json, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entourage.networks.http import Answered

# The code is shown on the server's page, to be copied: needs no address of ours that the world can reach.
SHOWN = "urn:ietf:wg:oauth:2.0:oob"
#: The least that reads, answers and likes.
SCOPES = "read:accounts read:notifications read:statuses write:favourites write:media write:statuses"


class App(msgspec.Struct, frozen=True, kw_only=True):
    """Entourage as one server knows it. Made once for a server, good for every account there."""

    base: str
    client_id: str
    client_secret: str
    redirect: str = SHOWN


def base_of(server: str) -> str:
    """The address of a server as a person writes it.

    Examples
    --------
    >>> base_of(" mastodon.social/ "), base_of("@tea@mastodon.social"), base_of("http://127.0.0.1:3000")
    ('https://mastodon.social', 'https://mastodon.social', 'http://127.0.0.1:3000')
    """
    name = server.strip().rstrip("/")
    if "://" in name:
        scheme, _, rest = name.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"
    return f"https://{name.partition('/')[0].rpartition('@')[2]}"


def app_for(base: str, *, redirect: str = SHOWN, name: str = "Entourage") -> App:
    """Register with a server. Raises Retry, or Broken where it is no server of Mastodon."""
    form = {"client_name": name, "redirect_uris": redirect, "scopes": SCOPES}
    # Registering twice does no harm: the server forgets applications that nobody uses.
    told = _told(_post(base, "/api/v1/apps", form), "client_id", "client_secret")
    return App(base=base_of(base), redirect=redirect, **told)


def address(app: App, *, state: str = "") -> str:
    """The page of the server where the account's owner allows Entourage; ``state`` comes back with the code."""
    asked = {"response_type": "code", "client_id": app.client_id, "redirect_uri": app.redirect, "scope": SCOPES}
    return f"{app.base}/oauth/authorize?{urlencode({**asked, **({'state': state} if state else {})})}"


def token(app: App, code: str) -> str:
    """The token for a code. A code works once and for minutes; an old one raises Reconnect."""
    form = {
        "grant_type": "authorization_code",
        "code": code.strip(),
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "redirect_uri": app.redirect,
        "scope": SCOPES,
    }
    answered = _post(app.base, "/oauth/token", form, allow=(400, 401, 403))
    if answered.status != 200:  # noqa: PLR2004 - HTTP's own number
        raise Reconnect("The code is not good (any more). Open the server's page again and copy the new one.")
    return _told(answered, "access_token")["access_token"]


def _post(base: str, path: str, form: Mapping[str, str], *, allow: tuple[int, ...] = ()) -> Answered:
    with closing(Client(base_of(base), name="Mastodon")) as client:
        try:
            return client.call("POST", path, effect=Effect.SETTLES, data=form, allow=(*allow, 404, 405, 410))
        except Reconnect:
            raise Broken(_elsewhere(base)) from None


def _told(answered: Answered, *keys: str) -> dict[str, str]:
    node: Json = answered.body if isinstance(answered.body, dict) else {}
    told = {key: text(node, key) for key in keys}
    if not all(told.values()):
        raise Broken("This server does not speak Mastodon. Write the server of your account, as in a browser.")
    return told


def _elsewhere(base: str) -> str:
    return f"{base_of(base)} lets no application register. Paste a token from its page Preferences, Development."
