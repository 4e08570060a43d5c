"""From the tables to the engine and back: the scores of a brand, and how far they can be trusted."""

from entourage.web.people.bridge.log import log
from entourage.web.people.bridge.question import Question, asked
from entourage.web.people.bridge.score import score
from entourage.web.people.bridge.trust import named, trial, trust, write_predictions

__all__ = ["Question", "asked", "log", "named", "score", "trial", "trust", "write_predictions"]
