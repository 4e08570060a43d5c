"""The Reading page: its filters, its pages, its highlights, its buttons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import world

from entourage.web.core.models import AuditEvent
from entourage.web.reading import queries
from entourage.web.reading.models import Label, Reading, Teaching
from entourage.web.reading.queries import messages as pages

pytestmark = pytest.mark.django_db

CAST = """
    name sign intent        language vehemence corrected text
    Ann  1    praise        en       0         no        Lovely tea as ever
    Bob  0    contest_entry en       0         no        I want to win
    Cyd  ?    -             fr       0         no        Et alors
    Dee  -1   complaint     fr       900       no        Jamais plus
    Ann  -1   care_question en       100       yes       Where is my parcel
"""


def drawn(brand, table=CAST):
    """The readings of a table, the newest first."""
    head, *lines = (line.split(maxsplit=6) for line in table.strip().splitlines())
    known = {}
    for back, cells in enumerate(lines):
        row = dict(zip(head, cells, strict=True))
        who = known.setdefault(row["name"], None) or world.person(brand, row["name"])
        known[row["name"]] = who
        said = world.act(who, "comment", world.AT - timedelta(hours=back), text=row["text"])
        world.reading(
            said, None if row["sign"] == "?" else int(row["sign"]), row["intent"].strip("-"),
            language=row["language"], vehemence=int(row["vehemence"]), corrected=row["corrected"] == "yes",
        )  # fmt: skip


@pytest.fixture
def tea():
    return world.brand("tea")


@pytest.fixture
def agent(client, tea):
    return world.signed_in(client, world.member(tea, "agent"))


def names(brand, **asked):
    page = queries.listing(brand, queries.Filters.read(asked))
    return " ".join(one.account.name for one in page.readings)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "Ann Bob Cyd Dee Ann"),
        ({"sign": "negative"}, "Dee Ann"),
        ({"sign": "positive"}, "Ann"),
        ({"intent": "contest_entry"}, "Bob"),
        ({"department": "care"}, "Dee Ann"),
        ({"department": "marketing"}, "Ann Bob"),
        ({"language": "fr"}, "Cyd Dee"),
        ({"state": "unsure_sign"}, "Cyd"),
        ({"state": "unsure_intent"}, "Cyd"),
        ({"state": "vehement"}, "Dee"),
        ({"state": "corrected"}, "Ann"),
        ({"q": "PARCEL"}, "Ann"),
        ({"q": "%"}, ""),
        ({"sign": "negative", "language": "fr"}, "Dee"),
        ({"sign": "negative", "intent": "praise"}, ""),
        ({"sign": "nonsense", "intent": "nonsense"}, "Ann Bob Cyd Dee Ann"),
    ],
)
def test_filters_are_an_address(tea, asked, found):
    drawn(tea)
    assert names(tea, **asked) == found


def test_pages_follow_one_another_without_gap_or_repeat(tea, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    drawn(tea)
    seen, after = [], None
    while True:
        page = queries.listing(tea, queries.Filters(), after=after)
        seen += [one.activity.text for one in page.readings]
        after = page.after
        if after is None:
            break
    assert seen == [line.split(maxsplit=6)[-1] for line in CAST.strip().splitlines()[1:]]


def test_only_so_many_messages_are_looked_through_and_the_next_page_looks_on(tea, monkeypatch):
    monkeypatch.setattr(pages, "LOOKED_THROUGH", 3)
    drawn(tea)
    filters = queries.Filters(sign="negative")
    first = queries.listing(tea, filters)
    assert (first.readings, first.until) == ([], world.AT - timedelta(hours=2))
    then = queries.listing(tea, filters, after=first.after)
    assert [one.account.name for one in then.readings] == ["Dee", "Ann"]
    assert then.after is None


def test_the_page_asks_as_many_questions_for_thirty_messages_as_for_one(agent, tea, django_assert_num_queries):
    ann = world.person(tea, "Ann")
    for n in range(30):
        world.reading(world.act(ann, text=f"Message {n}"), 0)
        if n in {0, 29}:
            # who, member and brand; the messages; the reader and its labels; the brands of the switcher
            with django_assert_num_queries(7):
                agent.get("/b/tea/reading/")
    with django_assert_num_queries(8):
        agent.get("/b/tea/reading/?sign=negative")


def test_no_markup_of_a_message_reaches_the_page(agent, tea):
    text = '<script>alert("x")</script> & <b>never</b> again'
    said = world.act(world.person(tea, "Dee"), text=text)
    world.reading(said, -1, reasons=[["sentiment", 0, 8, 1.0], ["vehemence", 36, 45, 2.0]])
    for path in ("/b/tea/reading/", f"/b/tea/reading/{said.pk}/"):
        page = agent.get(path).content.decode()
        assert "<script>alert" not in page
        assert '<mark class="why-sentiment">&lt;script&gt;</mark>alert(&quot;x&quot;)' in page
        assert "<b>never" not in page


@pytest.mark.parametrize(
    ("reasons", "drawn_as"),
    [
        ([], "No reply again!"),
        ([["sentiment", 0, 2, -1.0]], "[No] reply again!"),
        ([["vehemence", 9, 99, 1.0]], "No reply {again!}"),
        ([["sentiment", 0, 8, 1.0], ["vehemence", 3, 15, 2.0]], "[No ]{reply}{ again!}"),
        ([["sentiment", 5, 5, 1.0], ["sentiment", -3, 2, 1.0], ["sentiment", 90, 99, 1.0]], "No reply again!"),
    ],
)
def test_the_words_that_decided_are_marked_and_the_weightier_reason_wins(reasons, drawn_as):
    signs = {"sentiment": "[{}]", "vehemence": "{{{}}}", "": "{}"}
    found = queries.pieces("No reply again!", reasons)
    assert "".join(signs[piece.about].format(piece.text) for piece in found) == drawn_as


def test_a_long_message_is_cut_around_the_first_words_that_decided():
    text = "la " * 5_000 + "never again" + " la" * 5_000
    found = queries.brief(text, [["vehemence", 15_000, 15_011, 1.0]])
    assert [piece.text for piece in found if piece.about] == ["never again"]
    assert sum(len(piece.text) for piece in found) < 700
    assert (found[0].text, found[-1].text) == ("… ", " …")
    assert "".join(piece.text for piece in queries.pieces(text, [])) == text


def test_a_correction_by_htmx_answers_with_the_message_as_it_reads_now(agent, tea):
    said = world.act(world.person(tea, "Dee"), text="Bravo, another parcel lost")
    world.reading(said, 1, "praise")
    sent = {"sentiment": "negative", "intent": "complaint", "language": ""}
    answer = agent.post(f"/b/tea/reading/{said.pk}/correct/", sent, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.startswith('<li data-row class="read at"')
    assert "sign-negative" in page
    assert "corrected" in page
    assert dict(Label.objects.of(tea).values_list("about", "value")) == {"sentiment": "negative", "intent": "complaint"}


def test_a_correction_without_javascript_comes_back_to_the_list_as_it_was_filtered(agent, tea):
    said = world.act(world.person(tea, "Dee"), text="Bravo")
    world.reading(said, 1, "praise")
    sent = {"sentiment": "negative", "query": "sign=positive&evil=1"}
    answer = agent.post(f"/b/tea/reading/{said.pk}/correct/", sent)
    assert answer["Location"] == f"/b/tea/reading/?sign=positive#m-{said.pk}"


def test_a_message_answered_in_its_place_still_knows_how_its_list_was_filtered(agent, tea):
    said = world.act(world.person(tea, "Dee"), text="Bravo")
    world.reading(said, 1, "praise")
    sent = {"query": "sign=positive&evil=1"}
    answer = agent.post(f"/b/tea/reading/{said.pk}/confirm/", sent, headers={"HX-Request": "true"})
    assert 'name="query" value="sign=positive"' in answer.content.decode()


def test_words_that_are_not_of_the_list_are_refused(agent, tea):
    said = world.act(world.person(tea, "Dee"), text="Bravo")
    world.reading(said, 1, "praise")
    sent = {"sentiment": "furious", "intent": "praise", "language": "en"}
    answer = agent.post(f"/b/tea/reading/{said.pk}/correct/", sent, headers={"HX-Request": "true"})
    assert "Choose among the words of the list." in answer.content.decode()
    assert not Label.objects.of(tea).exists()


def test_agreeing_teaches_the_sign_and_the_intent_but_nothing_that_was_not_sure(agent, tea):
    dee = world.person(tea, "Dee")
    sure, unsure = world.act(dee, text="Lovely"), world.act(dee, text="Hm")
    world.reading(sure, 1, "praise")
    world.reading(unsure, None, "chatter")
    for said in (sure, unsure):
        agent.post(f"/b/tea/reading/{said.pk}/confirm/")
    labels = Label.objects.of(tea).order_by("pk").values_list("activity__text", "about", "value")
    assert list(labels) == [
        ("Lovely", "sentiment", "positive"), ("Lovely", "intent", "praise"), ("Hm", "intent", "chatter"),
    ]  # fmt: skip
    assert "agreed" in agent.get(f"/b/tea/reading/{sure.pk}/").content.decode()


def test_words_that_decided_otherwise_are_no_reasons_any_more(agent, tea):
    said = world.act(world.person(tea, "Dee"), text="Bravo, a prize to win")
    reasons = [["sentiment", 0, 5, 1.0], ["intent", 9, 21, 1.0]]
    world.reading(said, 1, "contest_entry", reasons=reasons)
    agent.post(f"/b/tea/reading/{said.pk}/correct/", {"sentiment": "negative"})
    page = agent.get(f"/b/tea/reading/{said.pk}/").content.decode()
    assert "why-sentiment" not in page
    assert '<mark class="why-intent">prize to win</mark>' in page
    agent.post(f"/b/tea/reading/{said.pk}/put-back/")
    assert '<mark class="why-sentiment">Bravo</mark>' in agent.get(f"/b/tea/reading/{said.pk}/").content.decode()


def test_putting_back_is_one_press(agent, tea):
    said = world.act(world.person(tea, "Dee"), text="Lovely")
    world.reading(said, 1, "praise")
    agent.post(f"/b/tea/reading/{said.pk}/correct/", {"sentiment": "negative", "intent": "none", "language": "fr"})
    agent.post(f"/b/tea/reading/{said.pk}/put-back/")
    told = Reading.objects.of(tea).get()
    assert (told.sign, told.intent, told.language, told.corrected) == (1, "praise", "en", False)


def test_an_analyst_sees_and_corrects_nothing(client, tea):
    said = world.act(world.person(tea, "Dee"), text="Lovely")
    world.reading(said, 1, "praise")
    analyst = world.signed_in(client, world.member(tea, "analyst"))
    assert "Put back" not in (page := analyst.get("/b/tea/reading/").content.decode())
    assert "That is right" not in page
    assert analyst.post(f"/b/tea/reading/{said.pk}/confirm/").status_code == 403


def test_teaching_is_asked_for_and_written_on_the_trail(agent, tea):
    assert agent.post("/b/tea/reading/teach/").status_code == 302
    assert Teaching.objects.of(tea).get().state == "waiting"
    assert AuditEvent.objects.of(tea).filter(what="reader.asked").exists()
    assert "being taught" in agent.get("/b/tea/reading/reader/", headers={"HX-Request": "true"}).content.decode()


def test_exactness_stands_beside_the_shipped_reader_s_with_its_interval(agent, tea):
    told = {
        "about": "sentiment", "n": 40, "share": 0.8, "low": 0.7, "high": 0.87, "shipped": 0.6, "shipped_low": 0.5,
        "shipped_high": 0.69, "used": True,
    }  # fmt: skip
    said = world.act(world.person(tea, "Dee"), text="Lovely")
    world.reading(said, 1, "praise")
    agent.post(f"/b/tea/reading/{said.pk}/confirm/")
    Teaching.objects.of(tea).update_or_create(
        brand=tea, defaults={"state": "done", "accuracy": {"abouts": [told]}, "taught_at": world.AT}
    )
    page = agent.get("/b/tea/reading/").content.decode()
    for figure in ("80%", "70%–87%", "60%", "50%–69%"):
        assert figure in page


def test_an_empty_page_says_what_to_do(agent, tea):
    assert "Import a file" in agent.get("/b/tea/reading/").content.decode()
    drawn(tea)
    assert "Show all messages" in agent.get("/b/tea/reading/?q=xyzzy").content.decode()
