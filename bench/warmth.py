"""Does warmth tell what a person will say next, and where does it lose? The tables of docs/methods/warmth.md, printed.

    python -m bench.warmth

A simulated brand whose people's words are known: what was said before a moment is judged, what comes after is foretold,
beside simpler rules. First with the true signs, then with those that the shipped reader finds in the same messages, as
they are and with the errors that the reader expects of itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from entourage import warmth
from entourage.engine.log import WEEK_US, moment_us
from entourage.engine.ranks import auc
from entourage.engine.simulate import simulate
from entourage.engine.simulate.intents import Intent
from entourage.engine.simulate.people import Role
from entourage.engine.simulate.words import table as worded
from entourage.engine.ties.misread import believed
from entourage.engine.ties.warmth import TEMPERS, warmth_facts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.simulate.simulation import Simulation

    Shares = dict[str, NDArray[np.float64]]
    Errors = NDArray[np.float64] | None

PEOPLE, WEEKS, SEED = 20_000, 78, 5
UNTIL = datetime(2025, 3, 31, 6, tzinfo=UTC)
BACK = (39, 26, 13)
AHEAD = 13
RESAMPLES = 400
#: From so many messages on, the share of each sign that somebody wrote is hardly chance any more.
MUCH = 30
#: What each intent of the simulator is, for the brand or against it; the others are neither.
FOR = (Intent.PRAISE, Intent.REVIEW_GOOD, Intent.THANKS, Intent.FLATTERY)
AGAINST = (Intent.COMPLAINT, Intent.DEFECT, Intent.IRONY, Intent.REVIEW_BAD, Intent.FOLLOWUP)
WORDS = tuple(intent for intent in Intent if intent < Intent.PRICES and intent != Intent.HELP)
RULES = ("warmth", "own share", "last sign", "everybody alike")
#: In this order stand the three shares.
SIGNS = np.array([1, 0, -1])


@dataclass(frozen=True)
class Said:
    """M messages by time: who, when, and the true and the read sign (9 where the reader abstained)."""

    person: NDArray[np.int64]
    at: NDArray[np.int64]
    true: NDArray[np.int64]
    read: NDArray[np.int64]
    #: M x 3: how probable the reader finds positive, neutral, negative.
    probable: NDArray[np.float64]

    def errors(self) -> NDArray[np.float64]:
        """The confusion that the reader's own probabilities tell, as the scores take it."""
        of = [self.read == sign for sign in SIGNS]
        return believed([self.probable[one].mean(axis=0) for one in of], [one.sum() for one in of])


def main() -> None:
    """Print the tables."""
    brand = simulate(people=PEOPLE, weeks=WEEKS, seed=SEED, until=UNTIL)
    said, roles = messages(brand), brand.people.role
    decided = said.read < 9
    right = (said.read[decided] == said.true[decided]).mean()
    print(f"{len(said.at):,} messages; the reader decides {decided.mean():.0%} of them and is right in {right:.0%}.")
    confusion(said)
    for name, signs, errors in (
        ("true signs", said.true, None), ("signs as read", said.read, None),
        ("signs as read, with the reader's errors", said.read, said.errors()),
    ):  # fmt: skip
        print(f"\n**{name.capitalize()}**")
        names(said, signs, roles, errors)
        held(said, signs, errors)
        if errors is not None:
            continue
        print(f"\n{HEAD}\n|{'---|' * (HEAD.count('|') - 1)}")
        for line in [
            foretold(said, signs, cut=moment_us(UNTIL) - back * WEEK_US, label=f"{WEEKS - back} + {AHEAD}")
            for back in BACK
        ]:
            print(line)


def messages(brand: Simulation) -> Said:
    """What people wrote to the brand on its own ground; help to another customer is not turned to it."""
    parts = []
    for week, _ in brand.history():
        rows = week.rows
        words = np.isin(rows["intent"], WORDS) & (rows["author"] >= 0) & (rows["page"] == 0)
        rows = rows[words]
        texts = worded(rows, brand.directory, brand.plan)["text"].to_pylist()
        parts.append((rows, texts))
    rows = np.concatenate([part for part, _ in parts])
    true = np.select([np.isin(rows["intent"], FOR), np.isin(rows["intent"], AGAINST)], [1, -1], 0)
    found = read([text for _, part in parts for text in part])
    return Said(rows["author"].astype(np.int64), rows["at"], true, found[:, 0].astype(np.int64), found[:, 1:])


def read(texts: list[str]) -> NDArray[np.float64]:
    """The sign that the shipped reader finds in each, and how probable it finds each; the same words are read once."""
    from entourage.engine.text.reading import Reader

    reader, different = Reader(languages=("fr", "en")), sorted(set(texts))
    found: dict[str, tuple[float, ...]] = {}
    for start in range(0, len(different), 4_000):
        batch = different[start : start + 4_000]
        for text, one in zip(batch, reader.read(batch, reasons=False), strict=True):
            found[text] = (9 if one.sign is None else one.sign, one.positive, one.neutral, one.negative)
    return np.array([found[text] for text in texts])


def confusion(said: Said) -> None:
    """What the reader makes of each true sign."""
    print("\n| truly | read for | neither | against | abstained |\n|---|---|---|---|---|")
    for name, sign in (("for", 1), ("neither", 0), ("against", -1)):
        of = said.read[said.true == sign]
        shares = " | ".join(f"{(of == other).mean():.0%}" for other in (1, 0, -1, 9))
        print(f"| {name} | {shares} |")


HEAD = "| weeks | people | next messages | {} | {} |".format(
    " | ".join(f"{rule}, log loss" for rule in RULES), " | ".join(f"{rule}, AUC" for rule in RULES)
)


def foretold(said: Said, signs: NDArray[np.int64], *, cut: int, label: str) -> str:
    """Print how each rule foretells the next quarter of people judged before; answer with the differences."""
    known = signs < 9
    past = known & (said.at < cut)
    next_ones = known & (said.at >= cut) & (said.at < cut + AHEAD * WEEK_US) & np.isin(said.person, said.person[past])
    ids, shares = rules(said.person[past], signs[past])
    who, truth = said.person[next_ones], signs[next_ones]
    place = np.searchsorted(ids, who)
    loss = {rule: _loss(shares[rule][place], truth) for rule in RULES}
    areas = {rule: auc(shares[rule][place, 2], truth == -1) for rule in RULES}
    cells = [f"{loss[rule].mean():.3f}" for rule in RULES] + [f"{areas[rule]:.3f}" for rule in RULES]
    print(f"| {label} | {len(np.unique(who)):,} | {len(who):,} | {' | '.join(cells)} |")
    told = [f"{rule} {_interval(loss['warmth'] - loss[rule], who)}" for rule in RULES[1:]]
    return f"\n{label}: log loss of warmth minus that of: {'; '.join(told)}."


def rules(person: NDArray[np.int64], signs: NDArray[np.int64]) -> tuple[NDArray[np.int64], Shares]:
    """P people in order, and what each rule says of them: shares of positive, neutral, negative, P x 3."""
    table = warmth(pa.table({"person": person, "sign": signs}))
    facts = warmth_facts(table)
    mean = np.array([facts["mean"][name] for name in ("positive", "neutral", "negative")])
    counts = np.column_stack([table[name].to_numpy() for name in ("positive", "neutral", "negative")])
    ids, total = table["person"].to_numpy(), counts.sum(axis=1, keepdims=True)
    own = facts["concentration"]
    everybody = np.array([(signs == sign).mean() for sign in SIGNS])
    shrunk, alone = (counts + own * mean) / (total + own), (counts + 1 / 3) / (total + 1)
    after = _after_sign(person, signs)
    last = dict(zip(person.tolist(), signs.tolist(), strict=True))
    lasts = np.array([after[1 - last[one]] for one in ids.tolist()])
    return ids, {
        "warmth": shrunk, "own share": alone, "last sign": lasts,
        "everybody alike": np.tile(everybody, (len(ids), 1)),
    }  # fmt: skip


def _after_sign(person: NDArray[np.int64], signs: NDArray[np.int64]) -> NDArray[np.float64]:
    """The shares of each sign after a positive, a neutral and a negative message of the same person."""
    order = np.argsort(person, kind="stable")
    who, said = person[order], signs[order]
    same = who[1:] == who[:-1]
    pairs = [[((said[:-1] == a) & (said[1:] == b) & same).sum() + 1 for b in SIGNS] for a in SIGNS]
    return np.array(pairs) / np.array(pairs).sum(axis=1, keepdims=True)


def _loss(shares: NDArray[np.float64], truth: NDArray[np.int64]) -> NDArray[np.float64]:
    return -np.log(shares[np.arange(len(truth)), 1 - truth])


def _interval(difference: NDArray[np.float64], who: NDArray[np.int64]) -> str:
    """The mean difference a message, with a 95 % interval from resampling people."""
    _, place = np.unique(who, return_inverse=True)
    sums, sizes = np.bincount(place, difference), np.bincount(place)
    rng = np.random.default_rng(7)
    drawn = rng.integers(0, len(sums), (RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return f"{difference.mean():+.3f} ({low:+.3f} to {high:+.3f})"


def names(said: Said, signs: NDArray[np.int64], roles: NDArray[np.uint8], errors: Errors) -> None:
    """What people who were given a name truly said in the quarter after it, and who the angry were."""
    cut = moment_us(UNTIL) - AHEAD * WEEK_US
    past = (signs < 9) & (said.at < cut)
    table = warmth(pa.table({"person": said.person[past], "sign": signs[past]}), confusion=errors)
    temper = dict(zip(table["person"].to_pylist(), table["temper"].to_pylist(), strict=True))
    later = said.at >= cut
    called = np.array([temper.get(one, "") for one in said.person[later].tolist()])
    print("\n| called before | people | truly for, after | neither | against |\n|---|---|---|---|---|")
    for name in ("warm", "mixed", "hostile", TEMPERS[0]):
        true = said.true[later][called == name]
        people = sum(one == name for one in temper.values())
        print(f"| {name} | {people:,} | {' | '.join(f'{(true == sign).mean():.0%}' for sign in SIGNS)} |")
    angry = [temper.get(one, "") for one in np.flatnonzero(roles == Role.VEHEMENT).tolist()]
    heard = [one for one in angry if one not in ("", "unknown")]
    told = ", ".join(f"{heard.count(name)} {name}" for name in ("hostile", "mixed", "warm"))
    print(f"\nOf {len(heard)} angry regulars of the simulation with three judged messages: {told}.")


def held(said: Said, signs: NDArray[np.int64], errors: Errors) -> None:
    """How often the interval holds what people who wrote much truly said, all their messages counted."""
    known = signs < 9
    table = warmth(pa.table({"person": said.person[known], "sign": signs[known]}), confusion=errors)
    ids = table["person"].to_numpy()
    mine = np.isin(said.person, ids)
    place = np.searchsorted(ids, said.person[mine])
    wrote = np.bincount(place, minlength=len(ids))
    truth = np.bincount(place, said.true[mine], minlength=len(ids)) / np.maximum(wrote, 1)
    much = wrote >= MUCH
    inside = (table["low"].to_numpy() <= truth) & (truth <= table["high"].to_numpy())
    wrong = (table["temper"].to_numpy() == "warm") & (truth < 0) | (table["temper"].to_numpy() == "hostile") & (
        truth > 0
    )
    print(
        f"\nOf {much.sum():,} people with {MUCH} messages or more, the 80 % interval holds what they truly said for "
        f"{inside[much].mean():.0%}; {wrong[much].mean():.1%} are called warm or hostile against the truth."
    )


if __name__ == "__main__":
    main()
