"""What one does at the inbox: claim, answer, note, hand over, put off, resolve, correct."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from tests.web import world
from tests.web.inbox.desk import at, inbox, seen, text_of

from entourage.web.inbox import actions
from entourage.web.inbox.models import Draft, Label, Note, Presence, State
from entourage.web.outbox.models import Outgoing, Sending

pytestmark = pytest.mark.django_db

LABELS = ("late", "kettle", "leaks")


def test_where_nothing_is_connected_one_is_told_before_typing_and_the_answer_waits_to_be_copied(page, talk):
    it = talk.of("Bob")
    assert "Nothing is connected" in text_of(page.get(at(it)))
    page.post(at(it, "answer"), {"text": "We do, Bob.", "seen": seen(talk, "Bob")})
    out = Outgoing.objects.of(talk.brand).get()
    assert out.state == Sending.BY_HAND
    shown = text_of(page.get(at(it)))
    assert "We do, Bob." in shown
    assert "I have sent it" in shown
    page.post(f"/b/tea/inbox/outgoing/{out.pk}/sent/")
    out.refresh_from_db()
    assert out.state == Sending.SENT


def test_an_answer_taken_back_is_a_draft_again(page, talk, agent):
    it = talk.of("Bob")
    page.post(at(it, "answer"), {"text": "We do, Bob.", "seen": seen(talk, "Bob")})
    assert not Draft.objects.of(talk.brand).exists()
    out = Outgoing.objects.of(talk.brand).get()
    page.post(f"/b/tea/inbox/outgoing/{out.pk}/undo/")
    out.refresh_from_db()
    assert out.state == Sending.WITHDRAWN
    assert Draft.objects.of(talk.brand).get(member=agent).text == "We do, Bob."


def test_what_somebody_else_holds_cannot_be_answered_and_ones_words_stay(page, talk, agent, bea):
    it = talk.of("Dee")
    actions.claim(conversation=it, by=bea, at=timezone.now())
    shown = page.get(at(it)).content.decode()
    assert "bea@tea.example has this conversation" in unescape(shown)
    assert re.search(r'id="send-answer"[^>]* disabled', shown)
    answer = page.post(at(it, "answer"), {"text": "Sorry, Dee.", "seen": seen(talk, "Dee")}, follow=True)
    assert not Outgoing.objects.of(talk.brand).exists()
    assert "Sorry, Dee." in answer.content.decode()
    assert Draft.objects.of(talk.brand).get(member=agent).text == "Sorry, Dee."


def test_who_has_not_seen_the_newest_message_is_shown_it_first(page, talk):
    before = seen(talk, "Dee")
    talk.one("f", 0.5, "Dee", "d", intent="complaint", text="and it burnt me")
    talk.thread()
    answer = page.post(at(talk.of("Dee"), "answer"), {"text": "Sorry.", "seen": before}, follow=True)
    assert not Outgoing.objects.of(talk.brand).exists()
    assert "and it burnt me" in answer.content.decode()


def test_who_begins_to_write_has_it_and_what_is_written_is_kept(page, talk, agent, bea):
    it = talk.of("Dee")
    assert page.post(at(it, "draft"), {"text": "Sor"}).status_code == 204
    assert talk.of("Dee").claimed_by == agent
    assert ">Sor</textarea>" in page.get(at(it)).content.decode()
    page.post(at(it, "draft"), {"text": "  "})
    assert not Draft.objects.of(talk.brand).exists()


def test_claim_let_go_hand_over_each_is_a_line_of_the_thread(page, talk, agent, bea):
    it = talk.of("Dee")
    page.post(at(it, "claim"))
    assert talk.of("Dee").claimed_by == agent
    page.post(at(it, "release"))
    assert talk.of("Dee").claimed_by is None
    page.post(at(it, "hand-over"), {"to": bea.pk, "why": "you know kettles"})
    assert talk.of("Dee").assignee == bea
    assert Note.objects.of(talk.brand).get().named == [bea.pk]
    shown = text_of(page.get(at(it)))
    for words in ("olga@tea.example claimed it", "olga@tea.example let it go", "handed it over to bea@tea.example"):
        assert words in shown


def test_whoever_dies_between_handing_over_and_its_word_about_why_has_handed_over_nothing(page, talk, bea, monkeypatch):
    def dies(**told):
        raise SystemExit

    it = talk.of("Dee")
    monkeypatch.setattr("entourage.web.inbox.views.deeds.actions.note", dies)
    with pytest.raises(SystemExit):
        page.post(at(it, "hand-over"), {"to": bea.pk, "why": "you know kettles"})
    it.refresh_from_db()
    assert it.assignee is None


def test_a_conversation_is_handed_to_nobody_but_who_may_answer(page, talk):
    ida = world.member(talk.brand, "analyst", email="ida@tea.example")
    answer = page.post(at(talk.of("Dee"), "hand-over"), {"to": ida.pk}, follow=True)
    assert "Choose somebody of the team who answers." in text_of(answer)
    assert talk.of("Dee").assignee is None


def test_snooze_resolve_open_again(page, talk):
    it = talk.of("Dee")
    page.post(at(it, "snooze"), {"for": "tomorrow"})
    snoozed = talk.of("Dee")
    assert snoozed.state == State.SNOOZED
    assert timedelta(0) < snoozed.snoozed_until - timezone.now() < timedelta(hours=49)
    page.post(at(it, "reopen"))
    assert talk.of("Dee").state == State.OPEN
    page.post(at(it, "resolve"))
    assert talk.of("Dee").state == State.RESOLVED
    assert "Open again" in text_of(page.get(at(it)))


@pytest.mark.parametrize("told", [{"for": ""}, {"for": "never"}, {"until": "2001-01-01T09:00"}, {"until": "soon"}])
def test_one_snoozes_only_until_a_moment_to_come(page, talk, told):
    shown = text_of(page.post(at(talk.of("Dee"), "snooze"), told, follow=True))
    assert "Choose a moment to come." in shown or "valid date" in shown
    assert talk.of("Dee").state == State.OPEN


def test_a_label_is_made_put_on_and_taken_off(page, talk):
    it = talk.of("Dee")
    page.post(at(it, "label"), {"new": "kettle"})
    label = Label.objects.of(talk.brand).get()
    assert talk.of("Dee").labels == [label.pk]
    assert "kettle" in text_of(page.get(inbox(label=label.pk)))
    page.post(at(it, "label"), {"labels": [], "had": [label.pk]})
    assert talk.of("Dee").labels == []
    page.post(f"/b/tea/inbox/labels/{label.pk}/remove/")
    assert not Label.objects.of(talk.brand).exists()


def test_of_two_pages_that_each_change_other_labels_neither_undoes_the_other(page, talk, agent, bea):
    it = talk.of("Dee")
    late, kettle, leaks = (actions.label(conversation=it, name=one, by=bea, at=timezone.now()).pk for one in LABELS)
    actions.unlabel(conversation=it, label=Label.objects.of(talk.brand).get(pk=leaks), by=bea, at=timezone.now())
    had = re.findall(r'name="had" value="(\d+)"', page.get(at(it)).content.decode())
    assert set(had) == {str(late), str(kettle)}
    # Meanwhile a colleague puts one on and takes one off.
    actions.label(conversation=it, name="leaks", by=bea, at=timezone.now())
    actions.unlabel(conversation=it, label=Label.objects.of(talk.brand).get(pk=kettle), by=bea, at=timezone.now())
    page.post(at(it, "label"), {"had": had, "labels": [kettle], "new": "blue"})
    names = dict(Label.objects.of(talk.brand).values_list("pk", "name"))
    assert [names[one] for one in talk.of("Dee").labels] == ["leaks", "blue"]


def test_a_note_names_a_colleague_and_stays_in_the_house(page, talk, agent, bea):
    it = talk.of("Dee")
    page.post(at(it, "note"), {"text": "@bea was it the blue one?"})
    note = Note.objects.of(talk.brand).get()
    assert note.named == [bea.pk]
    assert "note for colleagues" in text_of(page.get(at(it)))
    assert not Outgoing.objects.of(talk.brand).exists()


def test_route_says_the_department_and_who_has_it(page, talk, bea):
    page.post(at(talk.of("Dee"), "route"), {"department": "rnd", "assignee": bea.pk})
    routed = talk.of("Dee")
    assert (routed.department, routed.assignee) == ("rnd", bea)


def test_a_correction_teaches_the_reader(page, talk):
    it = talk.of("Dee")
    key = talk.lines["d"].pk
    answer = page.post(at(it, "correct"), {"message": key, "intent": "idea"}, follow=True)
    assert "From now on these words read as you said." in text_of(answer)
    assert page.post(at(talk.of("Bob"), "correct"), {"message": key, "intent": "idea"}).status_code == 404
    assert "Load the page anew." in text_of(page.post(at(it, "correct"), {"message": "no key"}, follow=True))


def test_others_see_who_reads_and_who_writes(page, client, talk, agent, bea):
    it = talk.of("Dee")
    actions.mark_seen(conversation=it, by=bea, at=timezone.now(), writing=True)
    assert "bea@tea.example is writing." in text_of(page.post(at(it, "here"), {"writing": ""}))
    assert page.post(at(it, "here"), {"gone": "1"}).status_code == 204
    assert not Presence.objects.of(talk.brand).filter(member=agent).exists()


def test_an_answer_by_htmx_brings_the_parts_that_changed(page, talk):
    told = {"text": "We do.", "seen": seen(talk, "Bob")}
    answer = page.post(at(talk.of("Bob"), "answer"), told, headers={"HX-Request": "true"}).content.decode()
    for part in ("beat", "rows", "thread", "toolbar", "answer", "side"):
        assert f'id="{part}"' in answer
    assert answer.count('id="send"') == 1
    assert "<html" not in answer


def test_a_refusal_by_htmx_leaves_the_box_alone(page, talk):
    answer = page.post(at(talk.of("Bob"), "answer"), {"text": " "}, headers={"HX-Request": "true"}).content.decode()
    assert "Write an answer first." in answer
    assert 'id="answer-text"' not in answer
