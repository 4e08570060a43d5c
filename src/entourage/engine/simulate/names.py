"""Names of nobody: plausible first names, surnames made up for this simulator."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST: Final = tuple(
    """
    Ann Bob Cyd Dee Léa Manon Chloé Camille Inès Jade Louise Alice Zoé Margaux Lina Sarah Yasmine Aïcha Fatou Mei
    Noémie Juliette Agathe Solène Maëlle Gwenaëlle Océane Élise Hélène Odette Simone Colette Nadia Leïla Samira
    Priya Ingrid Freya Harriet Poppy Imogen Beatrix Edith Hugo Louis Jules Gabriel Arthur Raphaël Lucas Nathan Théo
    Tom Karim Mehdi Youssef Mamadou Ousmane Moussa Kenji Wei Ravi Diego Mateo Luca Gaspard Basile Corentin Erwan
    Loïc Yannick Thibault Aurélien Bastien Florian Kevin Dylan Owen Rhys Callum Angus Fergus Alistair Rupert Barnaby
    Oscar Felix Otto Anton Emil Noah Elias Ivo Marius Sacha Charlie Alix Dominique Claude Morgan Robin Eden Nour Sam
    Toni Joss
    """.split()  # noqa: SIM905 - a list of names is read, not parsed
)
LAST: Final = tuple(
    """
    Levasseroy Kestrelow Okaforth Marchettine Verdelune Marchebois Tillaumes Brindosier Chantefort Larivoire
    Beaucerfeuil Mirandelle Pontfroid Vauxclair Rochemaure Lespérelle Grandviller Fontalbe Cazenoire Delmoulier
    Hautemarne Sauvebois Clairambeau Bellefosse Aubertine Malaucien Charbonnelle Trévennec Kerguidel Lannoédic
    Morvanec Plouhardec Etchebarne Iturralde Bazterrix Castelmur Peyrehorte Montaiguet Ferrandou Vignolière
    Saintourens Boisgelot Merlaudin Quillemont Ravaudière Passeloup Tournefeu Hirondal Passereaux Fauvettier
    Rossignelle Bourdonnet Abeillon Fougeraine Bruyerolle Genestière Aubépin Sureaudy Noisetel Amandier Castaniel
    Pruniaux Cerisol Groseillon Framboisy Myrtillon Ashbourneton Brackenby Cobblewick Dunmarrow Elderfield Fernsby
    Gorsewell Hazeldyne Ivybridger Juniperley Larkhaven Marshwold Nettlecombe Oakhurstle Pebbleton Quillby Rushmere
    Sorrelby Thistlewood Underbarrow Wrenfield Yarrowby Applegarthe Birchenough Copperwaite Dovecotte Fairweatherly
    Greenhalghe Heatherstow Inglebank Kingcupp Lamplough Merriden Northwaite Otterburne Plumleigh Ravenscar
    Silverdell Tamarack Benyoucefi Haddadour Mansourel Zerroukat Cherkaouine Diallonke Kouyatou Traorelle Ndiayemba
    Sissokhan Nguyendo Tranhvi Phamelle Lindqvale Bergstrand Solvangen Rossinelli Ferrantelli Morettola Almeidor
    Carvalhosa Pereirinha Kowalewska Nowakiem Petrovane Horvathel
    """.split()  # noqa: SIM905 - a list of names is read, not parsed
)
#: What the price-watching machines are called; their handles are numbered.
_BOT_NAME, _BOT_HANDLE = "Prix du Thé (relevé)", "prixduthe_releve"
_SEPARATORS: Final = (".", "_", "")


def plain(text: str) -> str:
    """The text in lower-case ASCII, as a handle writes it."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def first_and_last(rng: np.random.Generator, people: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Indices of a first name and a surname for each person; the first four are Ann, Bob, Cyd and Dee."""
    first, last = rng.integers(4, len(FIRST), people), rng.integers(4, len(LAST), people)
    first[:4] = last[:4] = np.arange(4)
    return first, last


def spelled(first: NDArray[np.int64], last: NDArray[np.int64], *, bot: NDArray[np.bool_]) -> pa.Array:
    """Names as they are shown."""
    people = pc.binary_join_element_wise(
        pa.array(FIRST).take(pa.array(first)), pa.array(LAST).take(pa.array(last)), " "
    )
    return pc.if_else(pa.array(bot), _BOT_NAME, people)


def handles(
    first: NDArray[np.int64], last: NDArray[np.int64], style: NDArray[np.int64], *, bot: NDArray[np.bool_]
) -> pa.Array:
    """A handle for each person, all different: namesakes are numbered in the order they come."""
    separators = pa.array(_SEPARATORS).take(pa.array(style % len(_SEPARATORS)))
    firsts = pa.array([plain(name) for name in FIRST]).take(pa.array(first))
    lasts = pa.array([plain(name) for name in LAST]).take(pa.array(last))
    key = (first * len(LAST) + last) * len(_SEPARATORS) + style % len(_SEPARATORS)
    people = pc.binary_join_element_wise(firsts, separators, lasts, _numbers(key), "")
    machines = pc.binary_join_element_wise(_BOT_HANDLE, pa.array(np.cumsum(bot)).cast(pa.string()), "")
    return pc.if_else(pa.array(bot), machines, people)


def _numbers(key: NDArray[np.int64]) -> pa.Array:
    """Nothing for the first bearer of a key, then 2, 3 ..."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    start = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    place = np.arange(len(key)) - np.maximum.accumulate(np.where(start, np.arange(len(key)), 0))
    number = np.empty(len(key), np.int64)
    number[order] = place + 1
    return pc.if_else(pa.array(number > 1), pa.array(number).cast(pa.string()), "")
