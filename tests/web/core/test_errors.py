"""Pages that cannot be shown say what to do next, in the reader's language."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from tests.web import world

from entourage.web.core.views import errors

pytestmark = pytest.mark.django_db


def test_an_unknown_address_says_so(client):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "Nothing stands at this address" in page.content.decode()


def test_a_role_that_is_too_small_is_told_who_can_help(client):
    world.signed_in(client, world.member(world.brand(), "analyst"))
    page = client.get("/b/tea/team/")
    assert page.status_code == 403
    assert "An owner of the brand can change your role" in page.content.decode()


def test_a_brand_of_others_does_not_exist(client):
    world.brand("secret")
    world.signed_in(client, world.member(world.brand()))
    assert client.get("/b/secret/goals/").status_code == client.get("/b/none/goals/").status_code == 404


def test_what_breaks_is_said_without_asking_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = errors.broken(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "nothing was half-saved" in page.content.decode()


def test_a_form_without_its_token_changes_nothing_and_says_how_to_go_on():
    client = Client(enforce_csrf_checks=True)
    world.signed_in(client, world.member(world.brand()))
    page = client.post("/b/tea/goals/", {"name": "Stolen"})
    assert page.status_code == 403
    assert "press once more" in page.content.decode()


def test_a_damaged_request_is_answered_in_words():
    page = errors.bad_request(RequestFactory().get("/"))
    assert page.status_code == 400
