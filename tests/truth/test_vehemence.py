"""Vehemence beside two raters who saw neither it nor each other; see docs/methods/vehemence.md."""

from __future__ import annotations

import pytest
from bench import vehemence
from tools.models import corpus

from entourage import read

needs_data = pytest.mark.skipif(not corpus.DATA.is_dir(), reason="needs ../shared/data")


def test_the_raters_agree_as_published() -> None:
    agreed = vehemence.raters()
    assert (agreed["messages"], agreed["kappa_quadratic"], agreed["kappa_linear"]) == (324, 0.946, 0.898)


@pytest.mark.data
@needs_data
def test_french_vehemence_ranks_messages_as_the_raters_do_and_better_than_the_sign_alone() -> None:
    found = vehemence.french()
    assert found["rho"] >= 0.45
    assert found["rho"] > found["rho_of_the_sign_alone"]
    assert found["auc_clear"] >= 0.85


@pytest.mark.data
@needs_data
def test_english_anger_is_told_apart() -> None:
    assert vehemence.anger()["auc"] >= 0.82


def test_irony_is_mostly_heard_and_few_sincere_twins_are_taken_for_it() -> None:
    found = vehemence.irony()
    assert found["heard"] >= 0.6 * found["pairs"]
    assert found["more_vehement_than_its_twin"] >= 0.8 * found["pairs"]
    # Three are flagged today, their praise not told: none at all would mean that flags are not counted.
    assert 1 <= len(found["sincere_taken_for_irony"]) <= 4


HEARD = """
    Trois heures d'attente et personne ne répond, c'est une honte !!! | honte
    C'EST INADMISSIBLE, je vais saisir mon avocat                    | INADMISSIBLE
    Troisième message, toujours rien                                 | Troisième message
    You are all crooks, never again                                  | crooks
"""


@pytest.mark.parametrize("line", HEARD.strip().splitlines())
def test_a_vehement_message_shows_its_cues(line: str) -> None:
    text, cue = (part.strip() for part in line.split("|"))
    (reading,) = read([text])
    assert reading.vehemence >= 0.4
    assert cue.lower() in " ".join(reason.words for reason in reading.reasons if reason.about == "vehemence").lower()


@pytest.mark.parametrize(
    "text", ["TROP BIEN !!!! JE VOUS ADORE 😍😍", "Le magasin ouvre à 9 h", "I LOVE IT SO MUCH!!!"]
)
def test_loud_joy_and_plain_news_are_not_vehement(text: str) -> None:
    assert read([text])[0].vehemence < 0.15
