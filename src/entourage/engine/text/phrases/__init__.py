"""Finding words and phrases: a list of patterns becomes one automaton, a batch of texts one pass over it."""

from entourage.engine.text.phrases.book import Entry, Hits, Phrasebook, bits, phrasebook
from entourage.engine.text.phrases.letters import Line, line

__all__ = ["Entry", "Hits", "Line", "Phrasebook", "bits", "line", "phrasebook"]
