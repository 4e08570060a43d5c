"""The team: links that let people in once, roles, and a last owner who stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web import world

from entourage.web.core import actions
from entourage.web.core.models import Invitation, Member, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return world.member(world.brand())


def invited(owner, **fields):
    known = {"email": "ann@example.org", "role": "agent", "at": timezone.now()}
    return actions.invite(brand=owner.brand, by=owner, **{**known, **fields})


def join(client, invitation, **fields):
    form = {"name": "Ann", "password": world.PASSWORD, **fields}
    return client.post(f"/join/{invitation.token}/", form)


def test_an_owner_makes_a_link_and_reads_it_on_the_page(client, owner):
    world.signed_in(client, owner)
    page = client.post("/b/tea/team/invite/", {"email": "Ann@example.org", "role": "analyst"}, follow=True)
    made = Invitation.objects.of(owner.brand).get()
    assert (made.email, made.role) == ("ann@example.org", "analyst")
    assert f"http://testserver/join/{made.token}/" in page.content.decode()


def test_who_opens_the_link_makes_an_account_and_is_in(client, owner):
    assert join(client, invited(owner)).url == "/b/tea/"
    member = Member.objects.of(owner.brand).get(user__email="ann@example.org")
    assert (member.role, member.user.name) == ("agent", "Ann")
    assert int(client.session["_auth_user_id"]) == member.user_id


def test_a_link_works_once(client, owner):
    invitation = invited(owner)
    join(client, invitation)
    client.logout()
    assert join(client, invitation, name="Bob").status_code == 410


@pytest.mark.parametrize("days", [7, 30])
def test_a_link_dies_after_seven_days(client, owner, days):
    invitation = invited(owner, at=timezone.now() - timedelta(days=days))
    assert join(client, invitation).status_code == 410
    assert not User.objects.filter(email="ann@example.org").exists()


def test_a_withdrawn_link_lets_nobody_in(client, owner):
    invitation = invited(owner)
    world.signed_in(client, owner).post(f"/b/tea/team/invitations/{invitation.pk}/withdraw/")
    client.logout()
    assert join(client, invitation).status_code == 410


def test_a_second_link_for_the_same_address_replaces_the_first(owner):
    invited(owner)
    second = invited(owner, role="analyst")
    assert list(Invitation.objects.of(owner.brand)) == [second]


@pytest.mark.parametrize("password", ["short", "1234567890", "ann@example.org"])
def test_an_easy_password_is_refused(client, owner, password):
    join(client, invited(owner), password=password)
    assert not User.objects.filter(email="ann@example.org").exists()


def test_who_has_an_account_is_asked_to_sign_in_first(client, owner):
    world.user("ann@example.org")
    page = client.get(f"/join/{invited(owner).token}/").content.decode()
    assert "has an account here already" in page


def test_who_is_signed_in_joins_with_one_press_and_not_by_looking(client, owner):
    client.force_login(world.user("ann@example.org"))
    path = f"/join/{invited(owner).token}/"
    client.get(path)
    assert Member.objects.of(owner.brand).count() == 1
    client.post(path)
    assert Member.objects.of(owner.brand).count() == 2


def test_joining_again_does_not_change_one_s_role(owner):
    actions.accept_invitation(invitation=invited(owner), user=owner.user, at=world.AT)
    assert Member.objects.of(owner.brand).get().role == "owner"


def test_of_two_who_open_a_link_at_the_same_moment_one_gets_in(owner):
    invitation = invited(owner)
    actions.accept_invitation(invitation=invitation, user=world.user("ann@example.org"), at=world.AT)
    with pytest.raises(actions.UsedUp):
        actions.accept_invitation(invitation=invitation, user=world.user("bob@example.org"), at=world.AT)


def test_roles_change_and_people_leave_on_the_trail(client, owner):
    ann = world.member(owner.brand, "agent")
    world.signed_in(client, owner)
    client.post(f"/b/tea/team/{ann.pk}/role/", {"role": "manager"})
    ann.refresh_from_db()
    assert ann.role == "manager"
    client.post(f"/b/tea/team/{ann.pk}/remove/")
    page = client.get("/b/tea/trail/?what=member").content.decode()
    assert page.index("removed a member") < page.index("changed a role")


@pytest.mark.parametrize(("path", "form"), [("role", {"role": "agent"}), ("remove", {})])
def test_the_last_owner_stays(client, owner, path, form):
    page = world.signed_in(client, owner).post(f"/b/tea/team/{owner.pk}/{path}/", form, follow=True)
    assert "keeps at least one owner" in page.content.decode()
    assert Member.objects.of(owner.brand).get().role == "owner"


def test_one_of_two_owners_may_leave(client, owner):
    world.member(owner.brand, "owner", email="olga@example.org")
    world.signed_in(client, owner).post(f"/b/tea/team/{owner.pk}/remove/")
    assert Member.objects.of(owner.brand).get().user.email == "olga@example.org"


def test_a_member_of_another_brand_is_out_of_reach(client, owner):
    stranger = world.member(world.brand("ink"), "agent")
    world.signed_in(client, owner)
    assert client.post(f"/b/tea/team/{stranger.pk}/remove/").status_code == 404
    assert client.post("/b/ink/team/invite/", {"email": "x@example.org", "role": "owner"}).status_code == 404
