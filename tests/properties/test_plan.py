"""The plan of a day beside a slow twin that tries every order."""

from __future__ import annotations

import math
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from entourage.web.today.queries.planning import Job, plan

JOB = st.builds(Job, st.integers(1, 20), st.integers(0, 50), st.one_of(st.just(math.inf), st.integers(-30, 60)))


def most_kept(jobs: list[Job], budget: int) -> int:
    """In the best of all orders, how many promises that end within the budget are kept."""
    promised = [job for job in jobs if 0 <= job.due <= budget]
    best = 0
    for order in permutations(promised):
        clock = kept = 0
        for job in order:
            if clock + job.minutes <= job.due:
                clock, kept = clock + job.minutes, kept + 1
        best = max(best, kept)
    return best


def kept(jobs: list[Job], budget: int) -> int:
    ours = plan(jobs, budget=budget)
    return sum(good and jobs[place].due <= budget for place, good in zip(ours.order, ours.kept, strict=True))


@given(st.lists(JOB, min_size=1, max_size=6), st.integers(1, 60))
def test_no_order_keeps_more_promises(jobs, budget):
    assert kept(jobs, budget) == most_kept(jobs, budget)


@given(st.lists(JOB, min_size=1, max_size=30), st.integers(1, 90))
def test_nothing_twice_within_the_minutes_and_nothing_that_fits_is_left(jobs, budget):
    ours = plan(jobs, budget=budget)
    assert len(set(ours.order)) == len(ours.order)
    assert ours.minutes <= budget or len(ours.order) == 1
    left = [job.minutes for place, job in enumerate(jobs) if place not in ours.order]
    assert not left or ours.minutes + min(left) > budget


@given(st.lists(JOB, min_size=1, max_size=20), st.integers(1, 90), st.randoms(use_true_random=False))
def test_the_order_in_which_jobs_are_told_keeps_as_many_promises(jobs, budget, chance):
    shuffled = list(jobs)
    chance.shuffle(shuffled)
    assert kept(jobs, budget) == kept(shuffled, budget)
