"""The demo brand: a year of Maison Tilleul, simulated, through the ordinary import, scores and audit."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from entourage.engine.simulate import demo, write
from entourage.web.core.actions import make_brand
from entourage.web.core.jobs import defer_once
from entourage.web.core.models import Brand, Goal
from entourage.web.inbox.actions import thread
from entourage.web.listen.bridge import import_file
from entourage.web.operations.actions import mark_operation
from entourage.web.operations.models import OperationKind
from entourage.web.people.bridge import score
from entourage.web.results.bridge import STEPS, build

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from entourage.engine.simulate import Simulation

#: Chosen once: the same people greet everybody, whenever they come.
SEED = 7
NAME, SLUG = "Maison Tilleul", "maison-tilleul"
GOALS = (Goal.FEWER_CALLS, Goal.MORE_SALES, Goal.INNOVATION)
KINDS = {"contest": OperationKind.CONTEST, "tasting": OperationKind.TASTING, "paid": OperationKind.PAID}
#: How much of the whole each part takes, of a hundred: what the bar shows.
PARTS = {"simulate": (0, 20), "import": (20, 60), "score": (60, 80), "audit": (80, 100)}

Progress = "Callable[[str, int, int], None]"


def load_demo(*, at: datetime, progress: Callable[[str, int, int], None]) -> Brand:
    """Make the demo brand with all that a newcomer looks at; if it cannot be finished, nothing of it stays."""
    simulation = demo(seed=SEED, until=at)
    brand = make_brand(
        name=NAME, by=None, at=at, slug=SLUG, language="fr", time_zone="Europe/Paris", goals=GOALS, simulated=True
    )
    try:
        _fill(brand, simulation, at, progress)
    except BaseException:
        brand.delete()
        raise
    return brand


def _fill(brand: Brand, simulation: Simulation, at: datetime, progress: Callable[[str, int, int], None]) -> None:
    with TemporaryDirectory(prefix="entourage-demo-") as folder:
        file = Path(folder) / "maison-tilleul.jsonl.gz"
        write(simulation, file, progress=_part(progress, "simulate"))
        import_file(brand=brand, path=file, own=(simulation.own[0].handle,), now=at, progress=_part(progress, "import"),
                    competitors=tuple(page.handle for page in simulation.competitors))  # fmt: skip
    for operation in simulation.operations:
        mark_operation(
            brand=brand,
            name=operation.name_fr,
            kind=KINDS[operation.key],
            starts_at=operation.starts,
            ends_at=operation.ends,
            hashtag=operation.hashtag,
            origin=operation.origin,
            by=None,
            at=at,
        )
    score(brand=brand, now=at, progress=_part(progress, "score"))
    # What was read for the scores says whose turn it is.
    thread(brand, now=at)
    defer_once("service.route", brand_id=brand.pk)
    steps = _part(progress, "audit")
    build(brand=brand, now=at, progress=lambda step, _done, _all: steps(STEPS.index(step), len(STEPS)))
    progress("done", 100, 100)


def _part(progress: Callable[[str, int, int], None], part: str) -> Callable[[int, int], None]:
    """A part's own progress as progress of the whole."""
    first, last = PARTS[part]
    return lambda done, every: progress(part, first + (last - first) * done // max(every, 1), 100)
