"""``entourage service``: how promises of service were kept, as the page shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import typer

from entourage.cli.frame import JSON, BrandName, brand_named, house_open, progress, say

commands = typer.Typer()

PROMISED = {"first": "First answers", "next": "Later answers", "resolution": "Resolutions"}


@commands.command("service")
def service(brand: BrandName, json: JSON = False) -> None:
    """How soon people were answered, and which share of what was promised was kept.

    Looks at the last 13 weeks of conversations, as the audit does; targets and hours are set on the page Service.
    Example: [bold]entourage service --brand tea --json[/]
    """
    with house_open():
        from entourage.web.inbox.actions import thread
        from entourage.web.service.bridge import make_report
        from entourage.web.service.models import Report
        from entourage.web.service.queries import summary

        found, now = brand_named(brand), datetime.now(UTC)
        with progress("Counting promises"):
            thread(found, now=now)
            answer = summary(make_report(Report(brand=found, asked_at=now), now=now))
    say(answer, json=json, text=_text(answer))


def _text(answer: dict[str, Any]) -> str:
    waited = answer["first_response"]
    lines = [f"{answer['conversations']:,} conversations, {answer['since'][:10]} to {answer['at'][:10]}"]
    if waited:
        lines.append(f"First answer: median {_hours(waited['median_h'])}, one in ten waits {_hours(waited['p90_h'])}")
        lines.append(f"Unanswered: {waited['unanswered']:,} of {waited['due']:,}")
    lines += [f"{PROMISED[what]}: {_kept(told)}" for what, told in answer["promises"].items()]
    return "\n".join(lines)


def _hours(told: list[float | None]) -> str:
    from entourage.web.core.templatetags.entourage import span

    value, low, high = (None if one is None else span(one * 3600) for one in told)
    return f"{value} [{low or '?'} to {high or '?'}]" if value is not None else "not reached"


def _kept(told: dict[str, Any]) -> str:
    value, low, high = told["share"]
    if value is None:
        return "nothing promised, or nothing due yet"
    whole = told["met"] + told["missed"]
    return f"{told['met']:,} of {whole:,} kept, {value:.0%} [{low:.0%} to {high:.0%}]"
