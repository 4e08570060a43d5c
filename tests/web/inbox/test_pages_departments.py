"""Departments of the brand's own are called by their names wherever people are answered."""

from __future__ import annotations

import pytest
from tests.web import world
from tests.web.inbox.desk import at, inbox, text_of

from entourage.web.inbox import actions, queries
from entourage.web.inbox.models import Conversation
from entourage.web.service.actions import save_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(talk, agent):
    """Bob's conversation is for a department of ours, set by a member."""
    save_desk(brand=talk.brand, key="workshops", name="Ateliers de thé", by=agent, at=world.AT)
    actions.set_department(conversation=talk.of("Bob"), department="workshops", by=agent, at=world.AT)
    return talk.of("Bob")


def test_rows_facts_choices_filters_and_steps_tell_its_name(page, bob, agent):
    row = page.get(inbox()).content.decode().partition('id="rows"')[2]
    assert "Ateliers de thé" in row
    shown = text_of(page.get(at(bob)))
    for words in ("for Ateliers de thé", f"{agent} sent it to Ateliers de thé", "Department: Ateliers de thé"):
        told = shown if "Department:" not in words else text_of(page.get(inbox(department="workshops")))
        assert words in told
    assert '<option value="workshops" selected>Ateliers de thé</option>' in page.get(at(bob)).content.decode()
    assert ">workshops<" not in page.get(at(bob)).content.decode()


def test_one_with_no_conversation_yet_can_be_chosen_and_filtered_by(page, talk, agent):
    save_desk(brand=talk.brand, key="vans", name="Tea vans", by=agent, at=world.AT)
    assert "Tea vans" in page.get(inbox()).content.decode()
    page.post(at(talk.of("Ann"), "route"), {"department": "vans", "assignee": ""})
    assert talk.of("Ann").department == "vans"
    assert "for Tea vans" in text_of(page.get(at(talk.of("Ann"))))


def test_one_that_is_gone_is_shown_by_its_short_name(page, talk, bob):
    talk.brand.desks.of(talk.brand).all().delete()
    assert "for workshops" in text_of(page.get(at(bob)))


def test_another_brand_s_departments_are_not_offered(page, talk):
    save_desk(brand=world.brand("ink"), key="pens", name="Pens of ink", by=None, at=world.AT)
    assert "Pens of ink" not in page.get(inbox()).content.decode()
    assert page.post(at(talk.of("Bob"), "route"), {"department": "pens"}).status_code == 302
    assert talk.of("Bob").department != "pens"


def test_names_are_asked_once_for_a_page_however_many_there_are(page, talk, bob, agent, django_assert_max_num_queries):
    def asked(told) -> int:
        return sum('FROM "service_desk"' in one["sql"] for one in told.captured_queries)

    with django_assert_max_num_queries(36) as few:
        page.get(at(bob))
    for number in range(9):
        save_desk(brand=talk.brand, key=f"own{number}", name=f"Own {number}", by=agent, at=world.AT)
        actions.set_department(conversation=bob, department=f"own{number}", by=agent, at=world.AT)
    Conversation.objects.of(talk.brand).update(department="own1")
    with django_assert_max_num_queries(36) as many:
        assert f"{agent} sent it to Own 8" in text_of(page.get(at(bob)))
    assert (asked(few), asked(many)) == (1, 1)
    assert len(many) == len(few)


def test_the_six_are_there_without_any_room_above(talk, monkeypatch):
    monkeypatch.setattr("entourage.web.inbox.queries.naming._ALSO", [])
    assert queries.departments(talk.brand)["care"] == "customer care"
    assert len(queries.departments(talk.brand)) == 6
