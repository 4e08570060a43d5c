"""Where the service meets the engine: hours, clocks and reports, computed by jobs and never by a page."""

from entourage.web.service.bridge.clocks import set_clocks
from entourage.web.service.bridge.report import make_report

__all__ = ["make_report", "set_clocks"]
