"""Whether the accounts that an import was told about are who they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.web.listen.queries import find_account

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entourage.web.core.models import Brand


def doubts(brand: Brand, names: Iterable[str]) -> Iterator[str]:
    """A sentence for each name that nobody has, or that several accounts of one network share."""
    for name in names:
        found = find_account(brand, name)
        networks = [account.network for account in found]
        if not found:
            yield f"No account is called {name}, in this file or before; check how it is written."
        elif len(networks) > len(set(networks)):
            several = ", ".join(f"{account} ({account.network} {account.network_id})" for account in found[:5])
            yield (
                f"{len(found)} accounts are called {name}, and all of them were marked: {several}. A namesake among "
                "them is marked public again on the page Accounts; next time, name yours by its id."
            )
