"""Where a hundred real messages are brought: the page on routing says what is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bench import routing

if TYPE_CHECKING:
    from pathlib import Path

PAGE = routing.ROOT / "docs" / "methods" / "routing.md"


def share(part: int, whole: int) -> str:
    low, high = routing.wilson(part, whole, level=0.95)
    return f"| {part} of {whole} | {low:.0%} to {high:.0%} |".replace("% to", " to").replace("% |", " % |")


@pytest.mark.data
def test_the_page_on_routing_says_what_is_measured(shared_data: Path) -> None:
    told = routing.measured(shared_data / "care_tweets" / "conversations.jsonl")
    page = PAGE.read_text(encoding="utf-8")
    lines = {line.split(" | ")[0].strip("| "): line for line in page.splitlines() if line.startswith("| ")}
    assert lines["by the reading alone"].endswith(share(told["right"], told["messages"]))
    assert lines["of those that it sends to a department"].endswith(share(told["sent_right"], told["sent"]))
    assert lines['with the rule "not told for certain: to care"'].endswith(
        share(told["with_rule_right"], told["messages"])
    )
    assert lines["everything to care"].endswith(share(told["care_alone_right"], told["messages"]))


@pytest.mark.data
def test_each_message_of_the_sample_was_judged_and_no_words_are_kept(shared_data: Path) -> None:
    sample = routing.drawn(shared_data / "care_tweets" / "conversations.jsonl")
    assert [one for one, _ in sample] == list(routing.verdicts())
    assert {one for told in routing.verdicts().values() for one in told} <= {
        "",
        "care",
        "marketing",
        "rnd",
        "sales",
        "press",
    }
