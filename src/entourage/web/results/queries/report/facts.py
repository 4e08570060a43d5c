"""Names and words for the keys of an audit: a constant number of queries, and the erased are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from entourage.web.listen.models import Activity
from entourage.web.listen.queries import web_address
from entourage.web.people.queries import people_of
from entourage.web.results.queries.charts import charts, operation_names
from entourage.web.results.queries.report.parts import Facts, Said
from entourage.web.results.queries.words import page_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.web.results.models import Audit

LISTS = ("closest", "angry", "drifting", "quiet", "back", "unanswered")


def facts(audit: Audit) -> Facts:
    """Read all that the report of this audit needs."""
    names, operations = page_names(audit), operation_names(audit)
    return Facts(
        audit=audit,
        people=people_of(audit.brand, {one["person"] for one in _told(audit.figures)}),
        said=_said(audit),
        pages=names,
        operations=operations,
        charts=charts(audit, names, operations),
    )


def _told(figures: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in LISTS:
        yield from figures["people"].get(name, [])
    yield from figures["monday"]["answer"]
    yield from figures["monday"]["thank"]


def _said(audit: Audit) -> dict[UUID, Said]:
    monday = audit.figures["monday"]
    keys = [UUID(one["message"]) for one in (*monday["answer"], *monday["thank"])]
    rows = Activity.objects.of(audit.brand_id).filter(id__in=keys, deleted_at__isnull=True)
    return {key: Said(text, web_address(url), network, at) for key, text, url, network, at in
            rows.values_list("id", "text", "url", "network", "at")}  # fmt: skip
