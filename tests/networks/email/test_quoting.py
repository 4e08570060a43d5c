"""History and signatures go; not one word of an author goes with them."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entourage.networks.email.quoting import newly_written

HISTORY = [
    "On Fri, 20 Nov 2026 at 09:12, Maison Tilleul <care@tea.example> wrote:",
    "On Fri, 20 Nov 2026 at 09:12, Maison Tilleul of the Lime Street\n<care@tea.example> wrote:",
    "Le ven. 20 nov. 2026 à 09:12, Maison Tilleul <care@tea.example> a écrit :",
    "Le 20/11/2026 à 09:12, Maison Tilleul a écrit\xa0:",
    "Le ven. 20 nov. 2026 à 09:12, Maison Tilleul <care@tea.example>\na écrit :",
    "Am 20.11.2026 um 09:12 schrieb Maison Tilleul <care@tea.example>:",
    "El vie, 20 nov 2026 a las 9:12, Maison Tilleul (<care@tea.example>) escribió:",
    "Il giorno ven 20 nov 2026 alle ore 09:12 Maison Tilleul <care@tea.example> ha scritto:",
    "-----Original Message-----\nFrom: Maison Tilleul\nSent: Friday\nTo: Ann\nSubject: Your pot",
    "-----Message d'origine-----\nDe : Maison Tilleul\nEnvoyé : vendredi\nÀ : Ann\nObjet : Votre théière",
    "From: Maison Tilleul <care@tea.example>\nSent: Friday, 20 November 2026 09:12\nTo: Ann\nSubject: Your pot",
    "________________________________\nDe : Maison Tilleul\nEnvoyé : vendredi\nÀ : Ann\nObjet : Votre théière",
    "*Von:* Maison Tilleul\n*Gesendet:* Freitag\n*An:* Ann\n*Betreff:* Ihre Kanne",
]
each = pytest.mark.parametrize("head", HISTORY, ids=lambda head: head[:24])


@each
def test_history_below_an_answer_goes(head):
    assert newly_written(f"No, it leaks.\n\n{head}\n\nIs it whole?\nYours, Tilleul\n") == "No, it leaks."
    assert newly_written(f"No, it leaks.\n\n{head}\n\n> Is it whole?\n>\n> Yours, Tilleul\n") == "No, it leaks."


@each
def test_an_answer_between_the_lines_stays_word_for_word(head):
    between = f"{head}\n\n> Is it whole?\n\nNo, it leaks.\n\n> And the lid?\nCracked,\ntoo.\n> Yours, Tilleul\n"
    assert newly_written(between) == "No, it leaks.\n\nCracked,\ntoo."
    assert newly_written("Hello,\n\n" + between) == "Hello,\n\nNo, it leaks.\n\nCracked,\ntoo."


@each
@pytest.mark.parametrize(
    "above", ["", "Bonjour,", "Dear team,", "My answers are below, in red.", "Mes réponses dans le texte"]
)
def test_unmarked_history_that_may_hold_the_answer_stays(head, above):
    kept = newly_written(f"{above}\n\n{head}\n\nIs it whole?\nNo, it leaks.\n")
    assert kept.endswith("Is it whole?\nNo, it leaks.")
    assert kept.startswith(above)


@pytest.mark.parametrize(
    "words",
    [
        "I am angry\n>:(",
        ">100 EUR for a pot that leaks!",
        "Your colleague wrote:\nyou will get your money. That was in May 2024.",
        "As I wrote: it leaks.",
        "From: Lyon\nTo: Paris\nIt took three weeks.",
        "Two things:\n-----\nthe pot\n-----\nthe lid",
        "a\n--\n" + "\n".join(f"line {n}" for n in range(20)),
        "On 3 May 2026 I ordered a pot.\nIt leaks.",
        "Le 3 mai 2026 j'ai commandé une théière.\nElle fuit.",
        "Sent from a shop that I trusted.",
    ],
)
def test_words_that_only_look_like_history_stay(words):
    assert newly_written(words) == words


def test_a_signature_goes_and_so_does_what_a_telephone_adds():
    assert newly_written("It leaks.\n-- \nAnn\n12 Lime Street") == "It leaks."
    assert newly_written("It leaks.\n\nSent from my iPhone") == "It leaks."
    assert newly_written("Elle fuit.\n\nEnvoyé de mon iPhone\n") == "Elle fuit."
    assert newly_written("Elle fuit.\n\nEnvoyé à partir de Outlook pour Android\n") == "Elle fuit."


def test_a_signature_above_the_history_does_not_take_the_answers_below_it():
    text = """\
        See my answers.
        --\x20
        Ann

        On Fri, 20 Nov 2026 at 09:12, Tilleul <care@tea.example> wrote:
        > Is it whole?
        No, it leaks.
        > Yours
        --\x20
        Ann
        """
    assert newly_written(dedent(text)) == "See my answers.\n\nNo, it leaks."


def test_what_is_sent_on_stays_whole():
    text = "Is this yours?\n\n---------- Forwarded message ---------\nFrom: Eve\nDate: today\n\n> Pay here.\n-- \nEve"
    assert newly_written(text) == text.replace("-- \n", "--\n")
    below = "See below.\n\nFrom: Eve\nSent: today\nTo: Ann\nSubject: Pay\n\nPay here."
    assert newly_written(below, forwarded=True) == below


def test_a_mail_of_nothing_but_quoted_lines_keeps_them():
    assert newly_written("> Is it whole?\n> Yours\n") == "> Is it whole?\n> Yours"


WORDS = st.from_regex(r"[a-z]{2,8}( [a-z]{2,8}){0,5}[.!?]", fullmatch=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=20), st.sampled_from(HISTORY))
def test_between_marked_lines_no_word_of_the_author_is_ever_lost(lines, head):
    """Any interleaving of quoted and own lines below any attribution: the own ones come out, the others do not."""
    text = "\n".join(f"> {words}" if quoted else words for words, quoted in [("is it whole?", True), *lines])
    own = [words for words, quoted in lines if not quoted]
    kept = newly_written(f"{head}\n{text}")
    if own:
        assert re.findall(r"\S+", kept) == re.findall(r"\S+", " ".join(own))
