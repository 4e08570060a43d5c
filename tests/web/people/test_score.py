"""From activities to stored standings: what counts, what does not, and that nothing depends on how often it is run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.people.lives import crowd

from entourage.engine.errors import NotEnoughData
from entourage.engine.log import WEEK
from entourage.engine.ties.closeness import closeness
from entourage.web.core.models import AuditEvent
from entourage.web.listen.models import Activity
from entourage.web.people import actions, bridge, jobs, queries
from entourage.web.people.bridge.looks import standings
from entourage.web.people.bridge.score import STEPS
from entourage.web.people.bridge.store import exchange, stage
from entourage.web.people.bridge.tempers import judged, with_tempers
from entourage.web.people.models import Person, Scoring, Standing

# Arrow reads and writes through a connection of its own: only what is committed is there.
pytestmark = pytest.mark.django_db(transaction=True)

NOW = world.AT + timedelta(days=1)


@pytest.fixture
def tea():
    return world.brand("tea")


@pytest.fixture
def page(tea):
    return crowd(tea)


def scored(brand, **asked):
    return bridge.score(brand=brand, now=NOW, **asked)


def standing(name):
    return Standing.objects.everywhere().select_related("person").get(person__name=name)


def rows(brand):
    return list(Standing.objects.of(brand).order_by("person").values())


def test_everybody_who_engaged_stands_somewhere(tea, page):
    run = scored(tea)
    assert run.people == Standing.objects.of(tea).count() == Person.objects.of(tea).count()
    assert sum(run.counts["rings"].values()) == run.people
    assert run.model in {"bgbb", "hazard"}
    assert queries.latest_scoring(tea) == run


def test_the_stored_figures_are_those_of_the_engine(tea, page):
    run = scored(tea)
    table = closeness(bridge.log(tea, run.at), at=run.at)
    stored = list(Standing.objects.of(tea).order_by("person").values_list("weeks", "low", "high", "p_alive"))
    assert stored == list(zip(*(table[name].to_pylist() for name in ("weeks", "low", "high", "p_alive")), strict=True))


def test_scoring_twice_changes_nothing(tea, page):
    first = scored(tea)
    before = rows(tea)
    second = scored(tea)
    assert rows(tea) == before
    assert (second.counts, second.backtest) == (first.counts, first.backtest)


def test_two_brands_are_scored_apart(tea, page):
    ink = world.brand("ink")
    crowd(ink, seed=8)
    scored(tea)
    before = rows(tea)
    scored(ink)
    assert rows(tea) == before
    assert not {row["person_id"] for row in before} & {row["person_id"] for row in rows(ink)}


def test_thirty_acts_in_a_day_are_one_engaged_week(tea, page):
    ann, bob = world.person(tea, "Ann"), world.person(tea, "Bob")
    for week in range(3):
        world.act(ann, "comment", world.AT - timedelta(days=1, weeks=week), toward=page)
    for minute in range(30):
        world.act(bob, "comment", world.AT - timedelta(days=1, minutes=minute), toward=page)
    scored(tea)
    assert (standing("Ann").engaged, standing("Ann").acts) == (3, 3)
    assert (standing("Bob").engaged, standing("Bob").acts) == (1, 30)
    assert standing("Ann").weeks > standing("Bob").weeks


def test_what_does_not_count(tea, page):
    rival = world.account(tea, "rival", role="competitor")
    day = world.AT - timedelta(days=2)
    table = {
        "Liker": {"what": "like", "toward": page},
        "Poster": {"what": "post"},
        "Theirs": {"what": "comment", "toward": rival},
        "Deleted": {"what": "comment", "toward": page, "deleted_at": day},
        "Staff": {"what": "comment", "toward": page},
        "Alone": {"what": "comment", "toward": page},
        "Counted": {"what": "comment", "toward": page},
        "Unaddressed": {"what": "mention", "toward": None},
    }
    for name, act in table.items():
        kind = "staff" if name == "Staff" else "public"
        world.act(world.person(tea, name, kind=kind, left_alone_at=day if name == "Alone" else None), at=day, **act)
    scored(tea)
    found = set(Standing.objects.of(tea).values_list("person__name", flat=True)) & set(table)
    assert found == {"Counted", "Unaddressed"}


def test_what_was_asked_and_answered_stands_beside_the_prediction(tea, page):
    ann, bob, cyd = (world.person(tea, name) for name in ("Ann", "Bob", "Cyd"))
    day = world.AT - timedelta(days=3)
    later = day + timedelta(hours=2)
    direct = world.act(ann, "comment", day, toward=page)
    world.act(page, "reply", later, reply_to=direct, toward=world.account_of(ann))
    world.act(ann, "share", day, toward=page)
    # Bob asks twice in a thread; one word to him at its end answers both.
    first = world.act(bob, "message", day, toward=page)
    second = world.act(bob, "message", day + timedelta(hours=1), toward=page, reply_to=first)
    world.act(page, "message", later, toward=world.account_of(bob), context=second.context)
    # To Cyd we spoke before she asked, and then no more.
    thread = world.act(cyd, "comment", later, toward=page)
    world.act(page, "comment", day, toward=world.account_of(cyd), context=thread.context)
    scored(tea)
    told = {name: (standing(name).asked, standing(name).answered) for name in ("Ann", "Bob", "Cyd")}
    assert told == {"Ann": (1, 1), "Bob": (2, 2), "Cyd": (1, 0)}


def test_looking_from_an_earlier_moment_sees_nothing_later(tea, page):
    ann = world.person(tea, "Ann")
    world.act(ann, "comment", world.AT - timedelta(days=3), toward=page)
    run = scored(tea, at=world.AT - timedelta(weeks=4))
    assert not Standing.objects.of(tea).filter(person=ann).exists()
    assert run.at == world.AT - timedelta(weeks=4)


def test_by_the_hour_the_horizon_is_a_day(tea, page):
    run = scored(tea, unit="hour")
    assert (run.unit, run.horizon) == ("hour", 24)
    assert Standing.objects.of(tea).filter(weeks__gt=24).count() == 0


def test_too_few_who_came_back_is_said_and_nobody_stands(tea):
    page = world.account(tea, "ourpage", role="own")
    world.act(world.person(tea, "Ann"), "comment", world.AT, toward=page)
    world.standing(Person.objects.of(tea).get())
    run = scored(tea)
    assert run.model == ""
    assert "50" in run.error
    assert run.finished_at is not None
    assert not Standing.objects.of(tea).exists()


def test_reading_is_the_first_step_of_a_run_that_shows_from_its_start(tea, page):
    Activity.objects.of(tea).filter(account__role="public").update(text="Lovely tea, thank you!")
    seen = []

    def progress(done, total):
        seen.append((done / total, total > STEPS, Scoring.objects.of(tea).filter(finished_at=None).exists()))

    scored(tea, progress=progress)
    assert any(reading for _share, reading, _running in seen)
    assert all(running for share, _reading, running in seen if share < 1)
    assert [share for share, *_ in seen] == sorted(share for share, *_ in seen)


def test_a_run_that_fails_while_it_reads_says_so_where_runs_are_shown(tea, page):
    Activity.objects.of(tea).filter(account__role="public").update(text="Lovely tea, thank you!")

    def progress(_done, total):
        if total > STEPS:
            raise OSError("The disk is full.")

    with pytest.raises(OSError, match="full"):
        scored(tea, progress=progress)
    assert Scoring.objects.of(tea).get().error == "OSError: The disk is full."


def test_a_brand_without_a_single_act_is_no_accident(tea):
    run = scored(tea)
    assert (run.model, run.people) == ("", 0)
    assert run.error
    with pytest.raises(NotEnoughData, match="It is empty"):
        bridge.trial(bridge.log(tea, run.at), bridge.asked(tea, now=NOW))


def test_own_thresholds_move_the_rings(tea, page):
    scored(tea)
    inner = Standing.objects.of(tea).filter(ring=3).count()
    tea.ring_thresholds = [0.95, 0.9, 0.85]
    tea.save()
    scored(tea)
    assert Standing.objects.of(tea).filter(ring=3).count() < max(inner, 1)


def test_who_is_left_alone_while_standings_are_written_gets_none(tea, page):
    run = scored(tea)
    table = standings(bridge.log(tea, run.at), bridge.asked(tea, now=NOW))[0]
    staged = stage(tea, with_tempers(table, judged(tea, run.at))[0])
    ann, bob = Person.objects.of(tea).order_by("pk")[:2]
    actions.leave_alone(person=ann, by=None, at=NOW)
    actions.erase(person=bob, by=None, at=NOW)
    from django.db import transaction

    with transaction.atomic():
        exchange(tea, staged, at=run.at)
    assert not Standing.objects.of(tea).filter(person__in=[ann.pk, bob.pk]).exists()
    assert Standing.objects.of(tea).count() == run.people - 2


def test_a_person_whose_account_turned_out_to_be_ours_is_no_person(tea, page):
    ann = world.person(tea, "Ann")
    world.act(ann, "comment", world.AT, toward=page)
    scored(tea)
    account = world.account_of(ann)
    account.role, account.person_id = "own", None
    account.save()
    scored(tea)
    assert not Person.objects.of(tea).filter(pk=ann.pk).exists()


def test_the_job_scores_and_the_trail_says_so(tea, page):
    jobs.score(brand_id=tea.pk)
    assert AuditEvent.objects.of(tea).get().what == "scores.made"
    assert Scoring.objects.of(tea).get().finished_at is not None


def test_a_trial_hides_the_last_horizon_and_names_people_as_their_network_does(tea, page, tmp_path):
    actions.meet(brand=tea)
    question = bridge.asked(tea, now=NOW)
    judged = bridge.trial(bridge.log(tea, question.at), question)
    assert judged.horizon_us == 13 * WEEK // timedelta(microseconds=1)
    path = tmp_path / "predictions.csv"
    bridge.write_predictions(tea, judged, path)
    head, first, *_ = path.read_text().splitlines()
    assert head.replace('"', "").split(",")[:6] == ["person", "predicted", "low", "high", "p_alive", "actual"]
    assert first.startswith('"fan')


def test_whom_the_network_calls_a_bot_is_met_as_one(tea):
    for handle, told in (("prices", "bot"), ("ann", "")):
        world.account(tea, handle, told_kind=told, person_id=100 + len(told))
    actions.meet(brand=tea)
    assert dict(Person.objects.of(tea).values_list("name", "kind")) == {"Prices": "bot", "Ann": "public"}
    actions.mark_kind(person=Person.objects.of(tea).get(name="Prices"), kind="public", by=None, at=NOW)
    actions.meet(brand=tea)
    assert Person.objects.of(tea).get(name="Prices").kind == "public"
