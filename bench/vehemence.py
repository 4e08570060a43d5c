"""How far vehemence can be trusted: French raters, English anger, irony; each figure of docs/methods/vehemence.md.

``python -m bench.vehemence --json`` prints the raters' agreement (weighted kappa), the rank correlation of the head
with their mean, how well it tells English tweets of anger apart (a proxy), and every ironic sentence that it took at
its word. With ``--fitted`` the sign comes from a head fitted on the train split alone, which has not seen the rated
tweets.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.stats import spearmanr

from entourage.engine.ranks import auc

if TYPE_CHECKING:
    from numpy.typing import NDArray

HERE: Final = Path(__file__).parents[1] / "tests" / "truth"
RATED: Final = "french/val_text.txt"
CLEAR = 2.0  # from here on both raters together hear clear displeasure


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--fitted", action="store_true", help="with a sign head that has not seen the rated tweets")
    given = asked.parse_args()
    found = {"raters": raters(), "french": french(fitted=given.fitted), "anger": anger(), "irony": irony()}
    print(json.dumps(found, ensure_ascii=False) if given.json else _told(found))


def ratings() -> NDArray[np.int64]:
    """Both raters' figures, 0 to 4, 324 x 2, in the order of the val split."""
    with (HERE / "vehemence_fr.csv").open(encoding="utf-8") as rows:
        return np.array([(int(row["one"]), int(row["two"])) for row in csv.DictReader(rows)])


def raters() -> dict[str, float]:
    """How far the two raters agree beyond chance (Cohen 1968, quadratic and linear weights)."""
    both = ratings()
    return {
        "messages": len(both),
        "kappa_quadratic": round(kappa(both, power=2), 3),
        "kappa_linear": round(kappa(both, power=1), 3),
        "same": round(float((both[:, 0] == both[:, 1]).mean()), 3),
        "displeased_at_all": round(float((both.mean(axis=1) > 0).mean()), 3),
    }


def kappa(both: NDArray[np.int64], *, power: int) -> float:
    """Weighted kappa of two columns of figures from 0 to 4."""
    seen = np.zeros((5, 5))
    np.add.at(seen, (both[:, 0], both[:, 1]), 1)
    apart = np.abs(np.subtract.outer(np.arange(5), np.arange(5))) ** power
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / seen.sum()
    return float(1 - (apart * seen).sum() / (apart * by_chance).sum())


def french(*, fitted: bool = False) -> dict[str, Any]:
    """The head beside the mean of the raters; intervals from resampled tweets."""
    from tools.models import corpus

    texts = corpus.lines(corpus.DATA / "sentiment" / RATED)
    negative = _negative(texts, fitted=fitted)
    score, mean = _vehemence(texts, negative), ratings().mean(axis=1)
    rng = np.random.default_rng(0)
    drawn = [_rho(score[rows], mean[rows]) for rows in rng.integers(0, len(mean), (1_000, len(mean)))]
    return {
        "rho": round(_rho(score, mean), 3),
        "interval": [round(float(edge), 3) for edge in np.quantile(drawn, [0.025, 0.975])],
        "rho_of_the_sign_alone": round(_rho(negative, mean), 3),
        "auc_clear": round(auc(score, mean >= CLEAR), 3),
        "auc_clear_of_the_sign_alone": round(auc(negative, mean >= CLEAR), 3),
        "clear": int((mean >= CLEAR).sum()),
    }


def _negative(texts: list[str], *, fitted: bool) -> NDArray[np.float64]:
    from tools.models import corpus, signs

    from entourage.engine.text import sentiment
    from entourage.engine.text.encoder import see

    head = signs.fitted(corpus.sentiment("train")) if fitted else sentiment.head()
    return head.predict(see(texts))[:, 0].astype(np.float64)


def _vehemence(texts: list[str], negative: NDArray[np.float64]) -> NDArray[np.float64]:
    from entourage.engine.text.sight import look
    from entourage.engine.text.vehemence import vehemence

    return vehemence(look(texts), negative).score


def _rho(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(spearmanr(one, other)[0])


def anger() -> dict[str, float]:
    """English tweets filed under anger, told from joy, optimism and sadness: a proxy, not vehemence."""
    from tools.models.vehemence import emotion

    texts, truth = emotion("val")
    negative = _negative(texts, fitted=False)
    return {
        "auc": round(auc(_vehemence(texts, negative), truth), 3),
        "auc_of_the_sign_alone": round(auc(negative, truth), 3),
    }


def irony() -> dict[str, Any]:
    """Ironic sentences beside sincere twins: which is the more vehement, whose irony is heard, whose taken at its word.

    A sincere twin is taken for irony where cues of irony are found in it: its praise is then not told.
    """
    from entourage import read

    rows = [
        line.split(" | ") for line in (HERE / "irony.txt").read_text("utf-8").splitlines() if not line.startswith("#")
    ]
    meant, plain = [row[1] for row in rows], [row[2] for row in rows]
    both = zip(read(meant), read(plain), strict=True)
    return {
        "pairs": len(rows),
        "more_vehement_than_its_twin": sum(one.vehemence > other.vehemence for one, other in both),
        "heard": len(_ironic(meant)),
        "taken_at_its_word": [text for text, one in zip(meant, read(meant), strict=True) if one.sign == 1],
        "sincere_taken_for_irony": _ironic(plain),
    }


def _ironic(texts: list[str]) -> list[str]:
    """Those in which cues of irony are found."""
    from entourage.engine.text.sight import look
    from entourage.engine.text.vehemence import ironic, vehemence

    flags = ironic(vehemence(look(texts), _negative(texts, fitted=False)))
    return [text for text, flag in zip(texts, flags.tolist(), strict=True) if flag]


def _told(found: dict[str, Any]) -> str:
    return "\n".join(
        f"{part}\n" + "\n".join(f"  {name:>28} {value}" for name, value in told.items()) for part, told in found.items()
    )


if __name__ == "__main__":
    main()
