"""The two clicks on a network's own page: where it is, and what its code is worth."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.db import transaction

from entourage.networks import registry
from entourage.networks.base import Broken, NetworkError
from entourage.web.listen.actions.codes import APP, CODE
from entourage.web.listen.actions.secrets import sealed, secrets_of, without_secrets
from entourage.web.listen.models import Connection

if TYPE_CHECKING:
    from entourage.networks.live import Authorisation


def ask_page(connection_id: int) -> None:
    """Register with the network and note where its page is, or what went wrong, on the connection. Safe to repeat."""
    connection = Connection.objects.everywhere().filter(pk=connection_id, allow_url="").first()
    if connection is None:
        return
    rows = Connection.objects.of(connection.brand_id).filter(pk=connection_id)
    try:
        page, first = _page(connection), registry.declared(connection.network).settings[0]
        app = page.app_for(connection.settings.get(first.key, ""))
        facts = {name: getattr(app, name) for name in ("base", "client_id", "client_secret", "redirect")}
        rows.update(allow_url=page.address(app), secrets=sealed({APP: json.dumps(facts)}))
    except NetworkError as error:
        rows.update(error=without_secrets(str(error), connection))
    except Exception as error:  # noqa: BLE001 - whatever a network does wrong, its connection says so
        rows.update(error=f"Entourage itself failed at this network ({type(error).__name__}). Please report it.")


@transaction.atomic
def redeemed(connection: Connection) -> dict[str, str]:
    """The keys of a connection, its code turned into one if it still holds a code. A code works once: we are alone.

    Raises
    ------
    KeysLost: they cannot be read any more. NetworkError: the network does not take the code.
    """
    held = Connection.objects.of(connection.brand_id).select_for_update().get(pk=connection.pk)
    keys = secrets_of(held)
    if CODE not in keys:
        return keys
    by_code = registry.declared(held.network).by_code
    keys = {by_code: _page(held).token(SimpleNamespace(**json.loads(keys[APP])), keys[CODE])}
    held.secrets, held.allow_url = sealed(keys), ""
    held.save(update_fields=["secrets", "allow_url"])
    return keys


def _page(connection: Connection) -> Authorisation:
    page = registry.authorisation(connection.network)
    if page is None:
        raise Broken(f"{connection.network} has no page that gives keys for a code. Connect it with its keys.")
    return page
