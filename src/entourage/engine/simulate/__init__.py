"""A brand with known truth, at any size: its people, its messages, and what nobody could know."""

from entourage.engine.simulate.operations import Operation, Plan
from entourage.engine.simulate.pages import Page
from entourage.engine.simulate.people import NETWORKS, People, Role
from entourage.engine.simulate.simulation import Simulation, demo, simulate
from entourage.engine.simulate.write import Written, write

__all__ = [
    "NETWORKS",
    "Operation",
    "Page",
    "People",
    "Plan",
    "Role",
    "Simulation",
    "Written",
    "demo",
    "simulate",
    "write",
]
