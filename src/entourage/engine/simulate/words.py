"""Rows of numbers put into words: who wrote it, where it stands, what it says. A few array operations a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from entourage.engine.log import ACTS
from entourage.engine.simulate import names
from entourage.engine.simulate.intents import GESTURES, Intent
from entourage.engine.simulate.operations import ORIGINS, Plan
from entourage.engine.simulate.pages import PAGES
from entourage.engine.simulate.people import NETWORKS, People, Role
from entourage.engine.simulate.placing import X
from entourage.engine.simulate.rows import ACT, Rows
from entourage.engine.simulate.texts.bank import GREETED, LANGUAGES, bank, greetings

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What names the data as simulated in each file, on each row.
SIMULATED: Final = "entourage simulate"
_TAGGED: Final = (Intent.ENTRY, Intent.TASTING, Intent.POST_CONTEST, Intent.POST_TASTING)
_ORDERS: Final = (
    "Commande 18 EUR",
    "Commande 24 EUR",
    "Commande 34 EUR",
    "Commande 42 EUR",
    "Commande 57 EUR",
    "Commande 80 EUR",
)


@dataclass(frozen=True)
class Directory:
    """Pages, then people, in one list: the place of a page is its number, of a person ``3 + index``."""

    handle: pa.Array
    name: pa.Array
    kind: pa.Array
    first: NDArray[np.int64]

    def place(self, author: NDArray[np.int32]) -> NDArray[np.int64]:
        """The place in the list of each author or addressee of rows."""
        return np.where(author >= 0, author.astype(np.int64) + len(PAGES), -1 - author)


def directory(people: People) -> Directory:
    """Everybody who can write; kinds are "own", "organisation", "bot" or "" as a network would tell."""
    kinds = pa.array(["bot" if role == Role.BOT else "" for role in Role]).take(pa.array(people.role))
    return Directory(
        handle=pa.concat_arrays([pa.array([page.handle for page in PAGES]), people.handle]),
        name=pa.concat_arrays([pa.array([page.name for page in PAGES]), people.name]),
        kind=pa.concat_arrays([pa.array(["own", "organisation", "organisation"]), kinds]),
        first=np.concatenate((np.zeros(len(PAGES), np.int64), people.first)),
    )


def table(rows: Rows, known: Directory, plan: Plan) -> pa.Table:
    """One line a row, in the columns of the CSV file, and ``person`` (-1 - page for pages) and ``at_us``."""
    network = _coded(NETWORKS, rows["network"])
    actor, to = known.place(rows["author"]), known.place(rows["to"])
    handle, to_handle = known.handle.take(pa.array(actor)), known.handle.take(pa.array(to))
    public = (rows["act"] == ACT["post"])[:]
    own_thread = rows["thread"] == rows["id"]
    wordless = np.isin(rows["intent"], GESTURES)
    return pa.table({
        "person": rows["author"].astype(np.int64),
        "at_us": rows["at"],
        "network": network,
        "id": _note(network, rows["id"]),
        "at": spelled(rows["at"]),
        "act": _coded(ACTS, rows["act"]),
        "actor_id": account(network, handle),
        "actor_handle": handle,
        "actor_name": known.name.take(pa.array(actor)),
        "actor_kind": known.kind.take(pa.array(actor)),
        "to_id": _where(~public, account(network, to_handle)),
        "to_handle": _where(~public, to_handle),
        "in_reply_to": _where(rows["target"] != 0, _note(network, rows["target"])),
        "context": _where(~wordless & ~own_thread, _note(network, rows["thread"])),
        "text": _texts(rows, known, to, to_handle, plan),
        "tags": _tags(rows, plan),
        "origin": _coded(ORIGINS, rows["origin"]),
    })  # fmt: skip


def _coded(words: tuple[str, ...], code: NDArray[np.uint8]) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(code))


def _where(condition: NDArray[np.bool_], values: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(condition), values, "")


def _note(network: pa.Array, number: NDArray[np.int64]) -> pa.Array:
    return pc.binary_join_element_wise(
        "https://", network, ".simulated.example/n/", pa.array(number).cast(pa.string()), ""
    )


def account(network: pa.Array, handle: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise("https://", network, ".simulated.example/@", handle, "")


def spelled(at_us: NDArray[np.int64]) -> pa.Array:
    seconds = pa.array(at_us // 1_000_000).cast(pa.timestamp("s")).cast(pa.string())
    return pc.binary_join_element_wise(pc.replace_substring(seconds, " ", "T", max_replacements=1), "Z", "")


def _tags(rows: Rows, plan: Plan) -> pa.Array:
    hashtags = ("", *(operation.hashtag for operation in plan.operations))
    return _where(np.isin(rows["intent"], _TAGGED), _coded(hashtags, rows["origin"]))


def _texts(rows: Rows, known: Directory, to: NDArray[np.int64], to_handle: pa.Array, plan: Plan) -> pa.Array:
    """An address, a greeting, the sentence, a hashtag; an order says its amount."""
    mention = (rows["network"] == X) & (rows["act"] == ACT["mention"])
    addressed = _where(mention, pc.binary_join_element_wise("@", to_handle, " ", ""))
    tags = _tags(rows, plan)
    hashtag = pc.if_else(pc.equal(tags, ""), "", pc.binary_join_element_wise(" #", tags, ""))
    said = bank().texts(rows["language"], rows["intent"], rows["words"])
    text = pc.binary_join_element_wise(addressed, _greeted(rows, known.first[to]), said, hashtag, "")
    order = pa.array(_ORDERS).take(pa.array((rows["words"] % np.uint64(len(_ORDERS))).astype(np.int64)))
    return pc.if_else(pa.array(rows["act"] == ACT["purchase"]), order, text)


def _greeted(rows: Rows, first: NDArray[np.int64]) -> pa.Array:
    spoken = pa.array([greeting for code in range(len(LANGUAGES)) for greeting in greetings(code, names.FIRST)])
    place = rows["language"].astype(np.int64) * len(names.FIRST) + first
    return _where(np.isin(rows["intent"], GREETED), spoken.take(pa.array(place)))
