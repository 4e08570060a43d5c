"""From a brand's hours to alarms, and from what is against us to groups: what only the engine can tell."""

from entourage.web.crisis.bridge.gathering import gather
from entourage.web.crisis.bridge.watching import look

__all__ = ["gather", "look"]
