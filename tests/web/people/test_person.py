"""One person's page: the sentence, the reasons, what was said; and how far the prediction can be trusted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web import world

from entourage.engine.log import MEANINGFUL as COUNTED
from entourage.web.people import queries
from entourage.web.people.models import Scoring
from entourage.web.people.queries.acts import MEANINGFUL, acts_in_words

pytestmark = pytest.mark.django_db

MEASURES = [
    {"name": "closeness", "auc": 0.78, "mae": 0.755, "forecast": 900.0, "actual": 1000.0},
    {"name": "frequency", "auc": 0.71, "mae": 1.041, "forecast": 1500.0, "actual": 1000.0},
]
DIFFERENCES = [
    {"baseline": "frequency", "measure": "auc", "value": 0.07, "low": 0.05, "high": 0.09},
    {"baseline": "frequency", "measure": "mae", "value": -0.286, "low": -0.31, "high": -0.26},
]


def found(code="trust", **changed):
    """A backtest as the engine tells it."""
    verdict = {"code": code, "auc": 0.78, "auc_low": 0.76, "returned": 400, "forecast": 900.0, "actual": 1000.0}
    return {
        "at_us": 1_765_000_000_000_000, "horizon_us": 7_862_400_000_000, "unit_us": 604_800_000_000,
        "opportunities": 13, "model": "bgbb", "people": 2000, "returned": 400, "newcomers": 12, "measures": MEASURES,
        "differences": DIFFERENCES, "auc_low": 0.76, "auc_high": 0.8, "pit": [0.05] * 20,
        "deciles": [{"people": 200, "forecast": 9.0 * n, "actual": 10.0 * n, "returned": 4 * n} for n in range(10)],
        "verdict": {**verdict, "baseline": "frequency"}, "sampled": False, "one_in": 1, **changed,
    }  # fmt: skip


def scored(brand, backtest=None, **fields):
    known = {"unit": "week", "horizon": 13, "model": "bgbb", "counts": {}, "backtest": backtest or {}}
    moments = {"at": world.AT, "started_at": world.AT, "finished_at": timezone.now()}
    return Scoring.objects.create(brand=brand, **{**known, **moments, **fields})


@pytest.fixture
def tea():
    return world.brand("tea", time_zone="UTC")


@pytest.fixture
def ann(tea):
    return world.person(tea, "Ann")


@pytest.fixture
def ours(tea):
    return world.account(tea, "ourpage", role="own")


def page_of(client, brand, person, query=""):
    world.signed_in(client, world.member(brand, "agent"))
    return client.get(f"/b/{brand.slug}/people/{person.pk}/{query}").content.decode()


def test_pages_and_engine_agree_on_what_engagement_is():
    assert set(MEANINGFUL) == set(COUNTED)


def test_acts_are_counted_in_words():
    assert acts_in_words({"share": 1, "comment": 3, "unheard": 2}) == "3 comments, 1 share"


@pytest.mark.parametrize(
    ("movement", "sentence"),
    [
        ("", "Ann engaged in 9 of 10 weeks; we expect 11 to 13 of the next 13 weeks."),
        (
            "quiet",
            "Ann was close, engaged in 9 of 10 weeks, and has gone quiet; we expect 11 to 13 of the next 13 weeks.",
        ),
        ("drifting", "Ann is drifting away, engaged in 9 of 10 weeks; we expect 11 to 13 of the next 13 weeks."),
    ],
)
def test_one_sentence_says_what_was_and_what_we_expect(tea, ann, movement, sentence):
    world.standing(ann, 12.0, low=11, high=13, engaged=9, opportunities=9, movement=movement)
    assert queries.story(ann, scoring=scored(tea)).sentence == sentence


def test_the_reasons_are_the_engaged_weeks_counted_back_from_the_scores(tea, ann, ours):
    week = timedelta(weeks=1)
    second = timedelta(seconds=1)
    for at in (world.AT - second, world.AT - week, world.AT - week - second):
        world.act(ann, "comment", at, toward=ours)
    world.act(ann, "share", world.AT - week - second, toward=ours)
    world.act(ann, "like", world.AT - 5 * week, toward=ours)
    world.act(ann, "comment", world.AT + second, toward=ours)
    world.standing(ann)
    cells = queries.story(ann, scoring=scored(tea)).cells
    told = {place: cell.words for place, cell in enumerate(cells) if cell.engaged}
    # An act exactly one week before belongs to the newest week, as in the engine.
    assert told == {0: "2 comments", 1: "1 comment, 1 share"}
    # Five weeks before to the second is the end of the fifth week back, which begins just after it.
    assert cells[4].other == {"like": 1}


def test_acts_towards_others_are_seen_and_do_not_count(tea, ann):
    rival = world.account(tea, "rival", role="competitor")
    world.act(ann, "comment", world.AT - timedelta(days=1), toward=rival)
    world.standing(ann)
    cell = queries.story(ann, scoring=scored(tea)).cells[0]
    assert (cell.engaged, cell.other) == ({}, {"comment": 1})


def test_what_was_said_stands_with_its_answer(client, tea, ann, ours):
    asked = world.act(ann, "comment", world.AT - timedelta(days=2), toward=ours, text="Where is my parcel?")
    world.act(
        ours, "reply", world.AT - timedelta(days=1), toward=world.account_of(ann), reply_to=asked, text="On its way"
    )
    page = page_of(client, tea, ann)
    assert page.index("Where is my parcel?") < page.index("On its way")
    assert "Nobody has been scored yet" in page


def test_messages_are_paged_newest_first(tea, ann, ours):
    for number in range(45):
        world.act(ann, "comment", world.AT - timedelta(hours=number // 2), toward=ours, text=f"m{number}")
    seen, before = [], None
    while True:
        page, before = queries.said(ann, before=before)
        seen.append([one.activity.pk for one in page])
        if before is None:
            break
    assert [len(part) for part in seen] == [20, 20, 5]
    assert len({pk for part in seen for pk in part}) == 45


def test_an_address_that_is_no_web_page_is_no_link(tea, ann):
    world.act(ann, "comment", url="javascript:alert(1)")
    world.act(ann, "comment", url="https://x.example/1")
    links = sorted(one.link for one in queries.said(ann)[0])
    assert links == ["", "https://x.example/1"]


def test_what_somebody_wrote_is_text_and_never_markup(client, tea, ann, ours):
    world.act(ann, "comment", toward=ours, text="<script>alert('x')</script>")
    page = page_of(client, tea, ann)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("acts", [1, 40])
def test_the_page_costs_the_same_number_of_queries_at_any_size(client, django_assert_num_queries, ann, ours, acts):
    tea = ann.brand
    for number in range(acts):
        one = world.act(ann, "comment", world.AT - timedelta(days=number), toward=ours, text="hello")
        world.act(ours, "reply", world.AT, reply_to=one, toward=world.account_of(ann))
    world.standing(ann)
    scored(tea)
    world.signed_in(client, world.member(tea))
    # Session, user, member, brands; person, scores, accounts thrice, what counted for and against, timeline, messages,
    # their signs, answers.
    with django_assert_num_queries(16):
        client.get(f"/b/tea/people/{ann.pk}/")


def test_a_person_is_found_by_number_handle_and_name(tea, ann):
    for who in (str(ann.pk), "@ann", "ANN"):
        assert queries.find_person(tea, who) == [ann]
    assert queries.find_person(tea, "nobody") == []
    assert queries.find_person(world.brand("ink"), "ann") == []


@pytest.mark.parametrize(
    ("code", "begins"),
    [
        ("trust", "These predictions can be trusted"),
        ("trust_ranking_only", "Trust the order, not the totals"),
        ("baseline_ranks_better", "Use the order with care"),
        ("do_not_trust", "Do not trust these predictions"),
        ("too_few_returned", "Too few people came back (400)"),
    ],
)
def test_the_verdict_is_one_sentence(client, tea, code, begins):
    scored(tea, found(code))
    world.signed_in(client, world.member(tea, "analyst"))
    assert begins in client.get("/b/tea/trust/").content.decode()


def test_the_trust_page_shows_rules_beside_each_other_and_pictures_with_tables(client, tea):
    scored(tea, found())
    world.signed_in(client, world.member(tea))
    page = client.get("/b/tea/trust/").content.decode()
    assert "closeness ranks better" in page
    assert "0.050 to 0.090" in page
    assert "Show the table" in page
    assert "400 of them came back" in page


def test_a_trial_that_could_not_be_made_says_so(client, tea):
    scored(tea, {"error": "The cut must leave a past before it."})
    world.signed_in(client, world.member(tea))
    page = client.get("/b/tea/trust/").content.decode()
    assert "cannot be tried on the past yet" in page
    assert "The cut must leave a past before it." in page


def test_without_scores_the_trust_page_says_what_to_do(client, tea):
    world.signed_in(client, world.member(tea))
    assert "There is no prediction yet" in client.get("/b/tea/trust/").content.decode()


def test_scoring_anew_is_left_to_the_worker(client, tea, django_capture_on_commit_callbacks):
    from procrastinate.contrib.django.models import ProcrastinateJob

    world.signed_in(client, world.member(tea, "agent"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/b/tea/people/score/")
    jobs = ProcrastinateJob.objects.filter(args__brand_id=tea.pk)
    assert list(jobs.values_list("task_name", "args")) == [("people.score", {"brand_id": tea.pk})]
