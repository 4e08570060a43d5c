"""Who lost their password gets a new one from whoever runs the installation."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from entourage.cli.frame import JSON, Failed, house_open, say

commands = typer.Typer()


@commands.command()
def password(
    email: Annotated[str, typer.Argument(help="The e-mail address that they sign in with.")],
    json: JSON = False,
) -> None:
    """Give somebody a new password, shown this once; wherever they were signed in, they are signed out.

    Example: [bold]entourage password ann@tea.example[/]
    """
    with house_open():
        from entourage.web.core import actions, queries

        user = queries.user_called(email)
        if user is None:
            names = ", ".join(queries.addresses(limit=5))
            known = f"there are {names}" if names else "there is nobody yet (`entourage up` makes the owner)"
            raise Failed(f"`EMAIL` must be the address of somebody who signs in here. Got {email}; {known}.")
        new = secrets.token_urlsafe(12)
        actions.change_password(user=user, password=new)
    say({"email": user.email, "password": new}, json=json, text=f"{user.email} signs in with {new}  (shown this once)")
