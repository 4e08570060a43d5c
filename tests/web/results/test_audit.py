"""The Monday audit: what it finds, what it keeps, and who reads it."""

from __future__ import annotations

import itertools
import sys
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from tests.web import world
from tests.web.results import made

from entourage.engine.errors import NotEnoughData
from entourage.web.core.models import AuditEvent
from entourage.web.people.models import Person
from entourage.web.results.bridge import build
from entourage.web.results.models import Audit, AuditedConversation, AuditState, Picture
from entourage.web.results.queries.report import report

pytestmark = pytest.mark.django_db
AT = world.AT


def finding(audit: Audit, key: str) -> str:
    return next(section.finding for section in report(audit).sections if section.key == key)


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        (8, "Yes: 87% of the conversations that people open with us get no answer."),
        (40, "In part: 33% of the conversations that people open with us get no answer."),
        (60, "No, the page is kept: 0% of the conversations get no answer."),
        (48, "Not clear yet: between 12% and 32% of the conversations get no answer."),
    ],
)
def test_the_page_is_called_what_its_interval_allows(answered, said):
    assert finding(made.audited(answered=answered), "service") == said


def test_under_twenty_conversations_nothing_is_called_deserted():
    assert finding(made.audited(asked=12, answered=0), "service") == "Too few conversations to say: 12 in this period."


def test_a_file_of_answered_conversations_only_is_seen_through():
    brand = world.brand("tea")
    made.conversations(brand, asked=40, answered=40)
    made.conversations(brand, asked=40, answered=40, page="theduquai", role="competitor")
    audit = build(brand=brand, now=AT)
    section = report(audit).sections[0]
    assert section.finding == (
        "Half of those who got an answer waited 2 h 00 min or less; who never got one, this file does not tell."
    )
    assert any(note.startswith("Every conversation here has an answer, on every page") for note in section.notes)
    assert [chart.name for chart in section.charts] == ["answered"]
    assert section.figures[0].value == "\N{EM DASH}"
    assert section.lines[0][0] == "Theduquai: median 2 h 00 min, against our 2 h 00 min; too close to tell apart."
    assert finding(audit, "monday") == "This file holds answered conversations only: it cannot tell who waits."


def test_the_labels_of_curves_that_end_together_stay_apart_and_inside():
    from entourage.web.results.queries.charts import APART, _ends

    together = [{"page": name, "share": share} for name, share in zip("abcd", (1.0, 1.0, 0.99, 0.2), strict=True)]
    places = sorted(end["place"] for end in _ends(together, "page"))
    assert places[-1] <= 1
    assert all(high - low >= APART - 1e-9 for low, high in itertools.pairwise(places))


def test_a_competitor_is_said_to_be_better_only_when_the_interval_says_so():
    brand = world.brand("tea")
    made.conversations(brand, asked=60, answered=20)
    made.conversations(brand, asked=60, answered=57, page="theduquai", role="competitor")
    made.conversations(brand, asked=60, answered=21, page="leafandkettle", role="competitor")
    lines = [line for line, _ in report(build(brand=brand, now=AT)).sections[0].lines]
    assert "Theduquai leaves fewer people alone: 5% without an answer, against our 67%." in lines
    assert "Leafandkettle: 65% without an answer, against our 67%; too close to tell apart." in lines


def test_ten_are_answered_ten_are_thanked_and_nobody_is_both():
    audit = made.audited()
    brand = audit.brand
    for place in range(12):
        helper = world.person(brand, f"Helper {place}")
        world.standing(helper, 5 + place / 10)
        world.act(helper, "help", AT - timedelta(days=2), text="Three minutes, not more.")
    monday = build(brand=brand, now=AT).figures["monday"]
    answer, thank = ({one["person"] for one in monday[name]} for name in ("answer", "thank"))
    assert (len(answer), len(thank), answer & thank) == (4, 10, set())


def test_whoever_is_mostly_left_without_an_answer_is_not_thanked_first():
    audit = made.audited(answered=60)
    for name, asked in (("Eve", 1), ("Fay", 6)):
        someone = world.person(audit.brand, name)
        world.standing(someone, 7, asked=asked, answered=1)
        world.act(someone, "purchase", AT - timedelta(days=2), text="Order 42")
    thanked = build(brand=audit.brand, now=AT).figures["monday"]["thank"]
    assert [Person.objects.of(audit.brand).get(pk=one["person"]).name for one in thanked] == ["Eve"]


def test_the_audit_keeps_numbers_and_keys_and_nobodys_name():
    audit = made.audited()
    stored = str(audit.figures) + "".join(Picture.objects.of(audit.brand).values_list("svg", flat=True))
    assert Picture.objects.of(audit.brand).count() >= 6
    assert not [name for name in made.NAMES if name in stored]
    assert "Question" not in stored


def test_whoever_is_erased_afterwards_is_in_no_part_of_the_report():
    audit = made.audited()
    before = str(report(audit))
    Person.objects.of(audit.brand).filter(name="Ann").delete()
    after = str(report(audit))
    assert "Ann" in before
    assert "Ann" not in after
    assert "Dee" in after


def test_whoever_asked_to_be_left_alone_is_still_answered_but_never_profiled():
    audit = made.audited()
    Person.objects.of(audit.brand).filter(name="Ann").update(left_alone_at=AT)
    sections = {section.key: section for section in report(audit).sections}
    named = {one.key: [line.name for line in one.lines] for key in ("people", "monday") for one in sections[key].lists}
    assert "Ann" not in named["closest"]
    (line,) = [line for line in sections["monday"].lists[0].lines if line.name == "Ann"]
    assert "inner circle" not in line.why


def test_the_goals_are_set_beside_and_nothing_is_said_to_cause_them():
    audit = made.audited()
    (goals,) = [section for section in report(audit).sections if section.key == "goals"]
    assert goals.finding == "What this audit says beside 2 goals."
    told = " ".join(line for line, _ in goals.lines) + goals.source
    assert "associated" in goals.source
    assert not [verb for verb in ("because", "thanks to", "brought", "increased", "led to") if verb in told]


def test_the_trust_in_the_prediction_is_one_sentence():
    (people,) = [section for section in report(made.audited()).sections if section.key == "people"]
    assert people.lead == [
        (
            "This can be trusted: tried on the last period, hidden, it put the person who came back before the one who "
            "did not in 81 of 100 pairs, and forecast 410 weeks of engagement where there were 402."
        )
    ]


def test_a_quarter_with_too_few_conversations_is_made_longer():
    brand = world.brand("tea")
    page, ann = world.account(brand, "ourpage", role="own"), world.person(brand, "Ann")
    for weeks in range(1, 40):
        world.act(ann, "comment", AT - timedelta(weeks=weeks), toward=page, text="?")
    world.act(page, "post", AT)
    audit = build(brand=brand, now=AT + timedelta(days=1))
    assert audit.figures["widened"]
    assert (audit.ends_at - audit.starts_at).days == 26 * 7


def test_without_an_import_the_audit_says_what_to_do():
    with pytest.raises(
        NotEnoughData, match=r"The audit of tea needs at least one import. Got none; import a file with"
    ):
        build(brand=world.brand("tea"), now=AT)


def test_without_an_own_account_the_most_addressed_are_named_and_the_row_says_so():
    brand = world.brand("tea")
    page = world.account(brand, "maisontilleul")
    world.act(world.person(brand, "Ann"), "comment", AT - timedelta(days=1), toward=page, text="?")
    with pytest.raises(NotEnoughData, match=r"Got none marked; say it with `--own NAME`. Most addressed here: mais"):
        build(brand=brand, now=AT)
    failed = Audit.objects.of(brand).get()
    assert failed.state == AuditState.FAILED
    assert "Got none marked" in failed.error


def test_only_the_newest_audit_keeps_its_conversations():
    first = made.audited()
    second = build(brand=first.brand, now=AT)
    assert not AuditedConversation.objects.of(first.brand).filter(audit=first).exists()
    assert AuditedConversation.objects.of(first.brand).filter(audit=second).count() == 60
    assert AuditEvent.objects.of(first.brand).filter(what="audit.made").count() == 2


def test_the_page_shows_the_newest_audit_with_a_constant_number_of_queries(client, django_assert_max_num_queries):
    audit = made.audited()
    world.signed_in(client, world.member(audit.brand, "analyst"))
    with django_assert_max_num_queries(14):
        answer = client.get(reverse("results:audit", args=[audit.brand.slug]))
    page = answer.content.decode()
    assert "Yes: 67% of the conversations that people open with us get no answer." in page
    assert "What to do on Monday" in page
    assert page.count("<h1") == 1


def test_the_page_speaks_the_language_of_its_reader():
    audit = made.audited()
    with translation.override("fr"):
        assert report(audit).sections[0].question == "La page est-elle désertée\N{NARROW NO-BREAK SPACE}?"


def test_the_conversations_behind_the_share_are_as_many_as_it_says(client):
    audit = made.audited()
    world.signed_in(client, world.member(audit.brand, "agent"))
    address = reverse("results:conversations", args=[audit.brand.slug])
    first = client.get(address, {"unanswered": "1"}).content.decode()
    assert first.count("data-row") == 40
    every = client.get(address)
    assert every.content.decode().count("data-row") == 50
    older = client.get(address, {"before": every.context["found"].after})
    assert older.content.decode().count("data-row") == 10


@pytest.mark.parametrize(
    "nonsense", ["x", "2026-03-16", "2026-13-45T00:00:00+00:00,4", ",", "2026-03-16T00:00:00+00:00,y"]
)
def test_an_address_that_makes_no_sense_shows_the_beginning(client, nonsense):
    audit = made.audited()
    world.signed_in(client, world.member(audit.brand, "agent"))
    address = reverse("results:conversations", args=[audit.brand.slug])
    assert client.get(address, {"before": nonsense, "hour": nonsense}).content.decode().count("data-row") == 50


def test_asking_twice_while_one_waits_makes_one_audit(client, django_capture_on_commit_callbacks):
    brand = world.brand("tea")
    world.signed_in(client, world.member(brand, "agent"))
    with django_capture_on_commit_callbacks(execute=True) as deferred:
        for _ in range(2):
            client.post(reverse("results:start", args=["tea"]))
    assert Audit.objects.of(brand).count() == 1
    assert len(deferred) == 1


def test_while_an_audit_is_made_the_page_shows_its_step_and_asks_again(client):
    brand = world.brand("tea")
    world.signed_in(client, world.member(brand, "agent"))
    audit = Audit.objects.create(brand=brand, starts_at=AT, ends_at=AT, state=AuditState.RUNNING, step="people")
    page = client.get(reverse("results:audit", args=["tea"])).content.decode()
    assert 'aria-current="step">Looking up who matters' in page
    assert '<meta http-equiv="refresh"' in page
    audit.state = AuditState.DONE
    audit.save()
    done = client.get(reverse("results:progress", args=["tea"]), headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_no_page_of_this_room_loads_the_engine(client):
    audit = made.audited()
    world.signed_in(client, world.member(audit.brand))
    loaded = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith("entourage.engine")}
    try:
        for name in ("results:audit", "results:conversations", "results:pdf", "operations:list", "operations:new"):
            assert client.get(reverse(name, args=[audit.brand.slug])).status_code == 200
        assert not [name for name in sys.modules if name.startswith("entourage.engine")]
    finally:
        sys.modules.update(loaded)
