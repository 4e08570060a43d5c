"""What members say of conversations and write about them; each twice changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world
from tests.web.inbox.talk import NOW, Talk

from entourage.web.inbox import actions, queries
from entourage.web.inbox.models import Draft, Label, Macro, Step, View
from entourage.web.today.queries.candidates import named_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Talk:
    made = Talk(world.brand("tea"))
    made.say("a | 9 | Ann | care_question | where is my parcel?")
    made.thread()
    return made


@pytest.fixture
def olga(talk):
    return world.member(talk.brand, "agent", "olga@example.org")


@pytest.mark.parametrize(
    ("deed", "told", "state"),
    [
        (actions.resolve, {}, "resolved"),
        (actions.snooze, {"until": NOW + timedelta(days=1)}, "snoozed"),
        (actions.set_department, {"department": "hr"}, "open"),
        (actions.label, {"name": "parcels"}, "open"),
    ],
)
def test_done_twice_it_is_done_once_and_stays_when_it_is_threaded_again(talk, olga, deed, told, state):
    for _ in range(2):
        deed(conversation=talk.of("Ann"), by=olga, at=NOW, **told)
    talk.thread(anew=True)
    assert (talk.of("Ann").state, Step.objects.of(talk.brand).count()) == (state, 1)


def test_resolved_nobody_waits_and_opened_again_they_do(talk, olga):
    actions.resolve(conversation=talk.of("Ann"), by=olga, at=NOW)
    assert (talk.of("Ann").waiting_since, talk.of("Ann").resolved_at) == (None, NOW)
    actions.reopen(conversation=talk.of("Ann"), by=olga, at=NOW)
    assert (talk.of("Ann").waiting_since, talk.of("Ann").resolved_at) == (talk.lines["a"].at, None)


def test_a_label_goes_on_and_off_and_away(talk, olga):
    ann = talk.of("Ann")
    made = actions.label(conversation=ann, name="  lost   parcels ", by=olga, at=NOW)
    other = actions.label(conversation=ann, name="urgent", by=olga, at=NOW)
    assert (made.name, talk.of("Ann").labels) == ("lost parcels", [made.pk, other.pk])
    found = queries.listed(talk.brand, olga, queries.Filters(label=str(made.pk)))
    assert [one.pk for one in found.conversations] == [ann.pk]
    actions.unlabel(conversation=ann, label=other, by=olga, at=NOW)
    actions.remove_label(label=made, by=olga, at=NOW)
    assert (talk.of("Ann").labels, [one.name for one in Label.objects.of(talk.brand)]) == ([], ["urgent"])


def test_a_note_names_members_who_find_it_until_they_have_seen_it(talk, olga):
    paul = world.member(talk.brand, "agent", "paul@example.org")
    world.member(talk.brand, "agent", "zoe@example.org")
    made = actions.note(conversation=talk.of("Ann"), text="@paul, can you? @nobody @olga", by=olga, at=NOW)
    assert (made.named, named_in(talk.brand, paul), named_in(talk.brand, olga)) == ([paul.pk], [made], [])
    assert actions.see_notes(member=paul, conversation=talk.of("Ann")) == 1
    assert actions.see_notes(member=paul, conversation=talk.of("Ann")) == 0
    assert named_in(talk.brand, paul) == []


def test_a_draft_is_kept_for_its_writer_until_it_is_empty(talk, olga):
    ann = talk.of("Ann")
    for text in ("On", "On its"):
        actions.draft(conversation=ann, text=text, by=olga, at=NOW)
    assert (queries.draft_of(ann, olga), Draft.objects.of(talk.brand).count()) == ("On its", 1)
    assert queries.draft_of(ann, world.member(talk.brand, "manager")) == ""
    actions.draft(conversation=ann, text="  ", by=olga, at=NOW)
    assert queries.draft_of(ann, olga) == ""


def test_a_macro_is_filled_in_for_whom_one_talks_to(talk, olga):
    text = "Hello {first_name} ({name}, {handle}), {brand} thanks you. {me} {unknown}"
    macro = actions.save_macro(brand=talk.brand, name="Thanks", text=text, by=olga, at=NOW, language="en")
    assert actions.filled(macro, talk.of("Ann"), olga) == "Hello Ann (Ann, ann), Tea thanks you. olga {unknown}"
    again = actions.save_macro(brand=talk.brand, name="Thanks", text="Thank you", by=olga, at=NOW)
    assert (again.pk, queries.macros(talk.brand, language="fr", department="hr")) == (macro.pk, [again])
    actions.remove_macro(macro=macro, by=olga, at=NOW)
    assert not Macro.objects.of(talk.brand).exists()


def test_a_view_is_its_makers_or_everybodys(talk, olga):
    paul = world.member(talk.brand, "agent", "paul@example.org")
    mine = actions.save_view(brand=talk.brand, name="Care", query="department=care", by=olga, at=NOW)
    actions.save_view(brand=talk.brand, name="Care", query="department=care&sort=due", by=olga, at=NOW)
    ours = actions.save_view(brand=talk.brand, name="Vehement", query="state=vehement", by=olga, at=NOW, everybody=True)
    again = actions.save_view(
        brand=talk.brand, name="Vehement", query="state=vehement", by=paul, at=NOW, everybody=True
    )
    assert (queries.views(talk.brand, olga), queries.views(talk.brand, paul), again) == ([mine, ours], [ours], ours)
    actions.remove_view(view=mine, by=olga, at=NOW)
    assert [one.name for one in View.objects.of(talk.brand)] == ["Vehement"]


def test_assigned_twice_it_is_told_once(talk, olga):
    for _ in range(2):
        actions.assign(conversation=talk.of("Ann"), to=olga, by=None, at=NOW)
    actions.assign(conversation=talk.of("Ann"), to=None, by=olga, at=NOW)
    assert [step.what for step in Step.objects.of(talk.brand).order_by("pk")] == ["assigned", "unassigned"]
