"""The front door: signing in, choosing how to read, and what stands open."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from tests.web import world

from entourage.web.core.models import User

pytestmark = pytest.mark.django_db


def test_healthz_answers_once_the_database_does(client):
    assert client.get("/healthz").content == b"ok\n"


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/sign/login/?next=/"


def test_a_wrong_password_says_so_and_lets_nobody_in(client):
    world.user("ann@example.org")
    page = client.post("/sign/login/", {"login": "ann@example.org", "password": "wrong"})
    assert "not correct" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_right_password_leads_home(client):
    world.user("ann@example.org")
    answer = client.post("/sign/login/", {"login": "Ann@example.org", "password": world.PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")


def test_five_wrong_passwords_close_the_door_for_a_while(client):
    world.user("ann@example.org")
    for _ in range(5):
        client.post("/sign/login/", {"login": "ann@example.org", "password": "wrong"})
    page = client.post("/sign/login/", {"login": "ann@example.org", "password": world.PASSWORD})
    assert "Too many failed" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_only_brand_is_entered_at_once(client):
    member = world.member(world.brand("tea"))
    assert world.signed_in(client, member).get("/").url == "/b/tea/"


def test_two_brands_are_offered_and_a_third_one_of_others_is_not(client):
    for slug in ("tea", "ink"):
        member = world.member(world.brand(slug), email="olga@example.org")
    world.brand("secret")
    page = world.signed_in(client, member).get("/").content.decode()
    assert "/b/tea/" in page
    assert "/b/ink/" in page
    assert "secret" not in page.lower()


def test_without_a_brand_one_is_told_to_make_it(client):
    client.force_login(world.user())
    assert "Make a brand" in client.get("/").content.decode()


def test_a_reader_may_choose_french_and_stays_where_they_were(client):
    answer = client.post("/language/", {"language": "fr", "next": "/sign/login/"})
    assert answer.url == "/sign/login/"
    assert 'lang="fr"' in client.get("/sign/login/").content.decode()


def test_a_choice_never_leads_to_another_site(client):
    assert client.post("/language/", {"language": "fr", "next": "https://evil.example/"}).url == "/"
    assert client.post("/theme/", {"theme": "dark", "next": "//evil.example/"}).url == "/"


def test_ink_is_kept_and_an_unknown_theme_follows_the_device(client):
    client.post("/theme/", {"theme": "dark", "next": "/"})
    assert 'data-theme="dark"' in client.get("/sign/login/").content.decode()
    client.post("/theme/", {"theme": "neon", "next": "/"})
    assert "data-theme" not in client.get("/sign/login/").content.decode()


def test_nobody_signs_up_without_an_invitation(client):
    page = client.post("/sign/signup/", {"email": "bob@example.org", "password1": world.PASSWORD})
    assert page.status_code == 404
    assert not User.objects.exists()


def test_a_person_renames_themselves_and_changes_language(client):
    client.force_login(world.user("ann@example.org"))
    page = client.post("/account/", {"name": "Ann Levasseur", "language": "fr"}, follow=True)
    assert "Ann Levasseur" in page.content.decode()
    assert page.client.cookies["django_language"].value == "fr"


@pytest.mark.parametrize("path", ["/sign/2fa/", "/sign/password/", "/account/", "/brands/new/"])
def test_the_pages_of_one_s_own_account_open(client, path):
    client.force_login(world.user())
    assert client.get(path, follow=True).status_code == 200


def test_cookies_are_out_of_reach_of_scripts(client):
    world.user("ann@example.org")
    client.post("/sign/login/", {"login": "ann@example.org", "password": world.PASSWORD})
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_no_page_allows_a_script_or_style_inside_it(client):
    policy = client.get("/sign/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_changed_password_opens_and_the_old_one_does_not(client):
    client.force_login(world.user("ann@example.org"))
    form = {"oldpassword": world.PASSWORD, "password1": "an entirely new one", "password2": "an entirely new one"}
    client.post("/sign/password/", form)
    assert not client.login(email="ann@example.org", password=world.PASSWORD)
    assert client.login(email="ann@example.org", password="an entirely new one")


@pytest.mark.parametrize(("chosen", "read"), [("", "fr"), ("en", "en")])
def test_one_s_own_language_is_spoken_unless_the_device_was_told_another(client, chosen, read):
    world.user("ann@example.org", language="fr")
    if chosen:
        client.post("/language/", {"language": chosen, "next": "/"})
    client.post("/sign/login/", {"login": "ann@example.org", "password": world.PASSWORD})
    assert f'lang="{read}"' in client.get("/").content.decode()


def test_a_choice_follows_its_person_to_the_next_device(client):
    ann = world.user("ann@example.org")
    client.force_login(ann)
    client.post("/language/", {"language": "fr", "next": "/"})
    ann.refresh_from_db()
    assert ann.language == "fr"


def test_who_guesses_on_is_told_to_wait(client):
    client.force_login(world.user("ann@example.org"))
    form = {"oldpassword": "a guess", "password1": "an entirely new one", "password2": "an entirely new one"}
    pages = [client.post("/sign/password/", form) for _ in range(6)]
    assert [page.status_code for page in pages] == [200] * 5 + [429]
    assert "Wait a minute" in pages[-1].content.decode()


def test_a_second_step_is_asked_once_it_is_set_up(client):
    user = world.user("ann@example.org")
    TOTP.activate(user, generate_totp_secret())
    answer = client.post("/sign/login/", {"login": "ann@example.org", "password": world.PASSWORD})
    assert answer.url == "/sign/2fa/authenticate/"
    assert client.get("/").url.startswith("/sign/login/")
