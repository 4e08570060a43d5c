"""One run of the scores of a brand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
from django.db import transaction
from django.utils import timezone

from entourage.engine.errors import NotEnoughData
from entourage.web.core.actions import record
from entourage.web.core.locks import alone
from entourage.web.people.actions import meet
from entourage.web.people.bridge.counts import counts
from entourage.web.people.bridge.log import log
from entourage.web.people.bridge.looks import standings
from entourage.web.people.bridge.question import Question, asked
from entourage.web.people.bridge.store import COLUMNS, exchange, stage
from entourage.web.people.bridge.tempers import confusion, judged, with_tempers
from entourage.web.people.bridge.trust import relation, trust
from entourage.web.people.models import Scoring
from entourage.web.reading.bridge import read_new

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member

STEPS = 7


class Progress(Protocol):
    """Told how many steps are done, of how many."""

    def __call__(self, done: int, total: int, /) -> None: ...


def score(
    *,
    brand: Brand,
    now: datetime,
    at: datetime | None = None,
    unit: str | None = None,
    horizon: int | None = None,
    by: Member | None = None,
    progress: Progress | None = None,
) -> Scoring:
    """Predict for everybody around a brand how often they will engage, and store where each stands.

    Pages see the old standings until the new ones are all there. Twice with the same log changes nothing.

    Parameters
    ----------
    now : the moment of the run
    at : the moment to look from, else the end of what is known (``listen.queries.horizon_end``)
    unit, horizon : the opportunity ("hour", "day", "week") and how many of them ahead; else the brand's and its usual

    Returns
    -------
    the run; where too few people have come back to predict anything, its ``model`` is empty, its ``error`` says how
    many are needed, and nobody has a standing.
    """
    question = asked(brand, now=now, at=at, unit=unit, horizon=horizon)
    run = Scoring(brand=brand, at=question.at, unit=question.unit_name, horizon=question.horizon, started_at=now)
    run.save()
    with alone("people.score", brand.pk):
        try:
            return _run(run, question, by, progress or (lambda _done, _total: None))
        except Exception as error:
            Scoring.objects.of(brand).filter(pk=run.pk).update(error=f"{type(error).__name__}: {error}")
            raise


def _run(run: Scoring, question: Question, by: Member | None, progress: Progress) -> Scoring:
    progress(0, STEPS)
    # Standings rest on the sign of what people said: nothing may be left unread. All of it is the first step.
    read_new(run.brand, now=run.started_at, progress=lambda done, total: progress(done, total * STEPS))
    progress(1, STEPS)
    meet(brand=run.brand)
    progress(2, STEPS)
    acts = log(run.brand, run.at)
    run.activities = len(acts)
    progress(3, STEPS)
    table = _predict(run, question, acts)
    progress(4, STEPS)
    if run.model:
        run.backtest = trust(acts, question, people=len(table))
    del acts
    progress(5, STEPS)
    if run.model:
        errs = confusion(run.brand, run.at)
        table, run.tone = with_tempers(table, judged(run.brand, run.at), confusion=errs)
    progress(6, STEPS)
    staged = stage(run.brand, table)
    with transaction.atomic():
        run.people = exchange(run.brand, staged, at=run.at)
        run.counts = counts(run.brand)
        run.finished_at = timezone.now()
        run.save()
        record(brand=run.brand, by=by, at=run.finished_at, what="scores.made", subject=run.pk, people=run.people)
    progress(STEPS, STEPS)
    return run


def _predict(run: Scoring, question: Question, acts: pa.Table) -> pa.Table:
    """The standings of the run; none, and the reason on the run, where the engine finds too little to go by."""
    try:
        table, run.model = standings(relation(acts), question)
    except NotEnoughData as error:
        run.error = str(error)
        return pa.table({name: pa.array([], pa.int64()) for name in COLUMNS})
    return table
