"""Files in, activities out: ``open_source`` looks at what a file is and streams what it holds, in batches."""

from entourage.networks.files.guess import ColumnGuess, Guess, guess
from entourage.networks.files.mapping import FIELDS, Mapping
from entourage.networks.files.presets import PRESETS, Preset
from entourage.networks.files.reading import Batch
from entourage.networks.files.source import Source, open_source

__all__ = [
    "FIELDS",
    "PRESETS",
    "Batch",
    "ColumnGuess",
    "Guess",
    "Mapping",
    "Preset",
    "Source",
    "guess",
    "open_source",
]
