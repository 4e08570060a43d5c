"""What the hostile network is; listed only with ENTOURAGE_HOSTILE=1."""

from __future__ import annotations

from datetime import timedelta

from entourage.networks.live import Can, Declared, Limits, Setting

KEY = "hostile"

DECLARED = Declared(
    key=KEY,
    name="Hostile network",
    settings=(
        Setting(
            key="seed", label="Seed", help="The same seed does the same wrong things.", required=False, default="1"
        ),
        Setting(
            key="began",
            label="Began",
            help="The first moment of its story, ISO 8601.",
            default="2026-11-22T08:00:00+00:00",
        ),
        Setting(key="minutes", label="Minutes", help="How long its story is.", required=False, default="60"),
        Setting(key="acts", label="Acts", help="How many acts it tells of.", required=False, default="300"),
        Setting(
            key="cruelty",
            label="Cruelty",
            help="How often a call goes wrong, from 0 to below 1.",
            required=False,
            default="0.3",
        ),
        Setting(
            key="keyed",
            label="Keyed",
            help="1: it honours idempotency keys, and lets things arrive late.",
            required=False,
        ),
        Setting(
            key="ledger",
            label="Ledger",
            help="A name (kept in memory) or a path (a file that several processes share).",
            required=False,
            default="ledger",
        ),
    ),
    can=frozenset(Can),
    limits=Limits(length=500),
    every=timedelta(seconds=10),
)
