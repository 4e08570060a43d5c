"""What each network asks for before it is connected. Written by ``python -m tools.offers``."""
# ruff: noqa: E501 - a text that is translated stands on one line

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from entourage.web.listen.queries.offering import Field, Offer

OFFERS: dict[str, Offer] = {
    "bluesky": Offer(
        key="bluesky",
        name="Bluesky",
        by_code="",
        needs=_("Needs a key that you make on the network."),
        can=(
            "delete",
            "hide",
            "history",
            "like",
            "listen",
            "read",
            "reply",
            "verify",
        ),
        fields=(
            Field(
                key="handle",
                label=_("Handle"),
                help=_("For example, brand.bsky.social or brand.com."),
                secret=False,
                required=True,
                default="",
            ),
            Field(
                key="app_password",
                label=_("App password"),
                help=_(
                    "To answer, and to hear at once. In Bluesky: Settings, Privacy and security, App passwords. Without it only what is public is read."
                ),
                secret=True,
                required=False,
                default="",
            ),
            Field(
                key="service",
                label=_("Server of the account"),
                help=_("Other than bsky.social only if the account lives elsewhere."),
                secret=False,
                required=False,
                default="https://bsky.social",
            ),
            Field(
                key="appview",
                label=_("Public server"),
                help=_("Where what is public is read without an app password."),
                secret=False,
                required=False,
                default="https://public.api.bsky.app",
            ),
            Field(
                key="stream",
                label=_("Stream"),
                help=_(
                    "A Jetstream or relay to listen to, wss://…; it tells all that anybody writes. Without it, Bluesky is asked every second."
                ),
                secret=False,
                required=False,
                default="",
            ),
        ),
    ),
    "email": Offer(
        key="email",
        name="E-mail",
        by_code="",
        needs=_("Needs the mailbox and its password."),
        can=(
            "history",
            "listen",
            "message",
            "read",
        ),
        fields=(
            Field(
                key="address",
                label=_("Address"),
                help=_("The one that the public writes to."),
                secret=False,
                required=True,
                default="",
            ),
            Field(
                key="imap_host",
                label=_("IMAP server"),
                help=_("Where mail is read, such as imap.example.com."),
                secret=False,
                required=True,
                default="",
            ),
            Field(
                key="user",
                label=_("User"),
                help=_("If it is not the address."),
                secret=False,
                required=False,
                default="",
            ),
            Field(
                key="password",
                label=_("Password"),
                help=_("Of the mailbox, or an app password."),
                secret=True,
                required=True,
                default="",
            ),
            Field(
                key="smtp_host",
                label=_("SMTP server"),
                help=_("Where answers leave. Empty: only read."),
                secret=False,
                required=False,
                default="",
            ),
            Field(
                key="name",
                label=_("Name"),
                help=_("What the people you answer see."),
                secret=False,
                required=False,
                default="",
            ),
            Field(key="folder", label=_("Folder"), help="", secret=False, required=False, default="INBOX"),
            Field(
                key="sent",
                label=_("Sent folder"),
                help=_("Empty: as the server says."),
                secret=False,
                required=False,
                default="",
            ),
            Field(
                key="imap_security",
                label=_("Security of IMAP"),
                help=_("tls, starttls, plain (only to this machine) or plain-anywhere"),
                secret=False,
                required=False,
                default="tls",
            ),
            Field(
                key="imap_port",
                label=_("Port of IMAP"),
                help=_("Empty: the usual one."),
                secret=False,
                required=False,
                default="",
            ),
            Field(
                key="smtp_security",
                label=_("Security of SMTP"),
                help=_("tls, starttls, plain (only to this machine) or plain-anywhere"),
                secret=False,
                required=False,
                default="tls",
            ),
            Field(
                key="smtp_port",
                label=_("Port of SMTP"),
                help=_("Empty: the usual one."),
                secret=False,
                required=False,
                default="",
            ),
            Field(
                key="copy",
                label=_("Blind copy"),
                help=_("yes: a copy to the mailbox, as proof."),
                secret=False,
                required=False,
                default="no",
            ),
        ),
    ),
    "mastodon": Offer(
        key="mastodon",
        name="Mastodon",
        by_code="token",
        needs=_("Needs a key that you make on the network."),
        can=(
            "delete",
            "history",
            "like",
            "listen",
            "message",
            "read",
            "reply",
            "verify",
        ),
        fields=(
            Field(
                key="server",
                label=_("Server"),
                help=_("Where the account lives, as in a browser: mastodon.social"),
                secret=False,
                required=True,
                default="",
            ),
            Field(
                key="token",
                label=_("Access token"),
                help=_("Made by allowing Entourage on the server's own page, or pasted from Preferences, Development."),
                secret=True,
                required=True,
                default="",
            ),
        ),
    ),
}
