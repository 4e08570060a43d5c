"""One thing at a time where two at once would leave a trace of somebody who asked for none."""

from __future__ import annotations

from entourage.web.core.locks import hold


def standings_lock(brand_id: int) -> None:
    """Hold the brand's standings until the transaction ends.

    Writing a million standings takes seconds; whoever is erased or left alone meanwhile waits for the end of it, and
    then their standing goes, instead of being written behind their back.
    """
    hold("people.standings", brand_id)


def people_lock(brand_id: int) -> None:
    """Be the only one who makes, renames or erases this brand's people until the transaction ends.

    Whoever makes people out of accounts has read them a moment before: an erasure in that moment would be undone.
    """
    hold("people.meet", brand_id)
