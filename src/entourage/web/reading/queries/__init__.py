"""What pages read of the reading room: readings, corrections, how exact the brand's reader is."""

from entourage.web.reading.queries.signs import readings_of, signs_of

__all__ = ["readings_of", "signs_of"]
