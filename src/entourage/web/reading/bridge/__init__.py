"""From messages to the engine's reader and back: reading what is new, teaching, reading again."""

from entourage.web.reading.bridge.readers import reader_of, taught_of
from entourage.web.reading.bridge.running import read_again, read_new
from entourage.web.reading.bridge.teaching import teach

__all__ = ["read_again", "read_new", "reader_of", "taught_of", "teach"]
