"""Bluesky as it presents itself; loads nothing."""

from __future__ import annotations

from datetime import timedelta

from entourage.networks.live import Can, Declared, Limits, Setting

SERVICE = "https://bsky.social"
APPVIEW = "https://public.api.bsky.app"

DECLARED = Declared(
    key="bluesky",
    name="Bluesky",
    settings=(
        Setting(key="handle", label="Handle", help="For example, brand.bsky.social or brand.com."),
        Setting(
            key="app_password",
            label="App password",
            help="To answer, and to hear at once. In Bluesky: Settings, Privacy and security, App passwords. "
            "Without it only what is public is read.",
            secret=True,
            required=False,
        ),
        Setting(
            key="service",
            label="Server of the account",
            help="Other than bsky.social only if the account lives elsewhere.",
            required=False,
            default=SERVICE,
        ),
        Setting(
            key="appview",
            label="Public server",
            help="Where what is public is read without an app password.",
            required=False,
            default=APPVIEW,
        ),
        Setting(
            key="stream",
            label="Stream",
            help="A Jetstream or relay to listen to, wss://…; it tells all that anybody writes. Without it, Bluesky is "
            "asked every second.",
            required=False,
        ),
    ),
    can=frozenset({Can.READ, Can.LISTEN, Can.REPLY, Can.LIKE, Can.HIDE, Can.DELETE, Can.HISTORY, Can.VERIFY}),
    limits=Limits(length=300, unit="graphemes", attachments=4, attachment_bytes=2_000_000),
    every=timedelta(minutes=1),
)
