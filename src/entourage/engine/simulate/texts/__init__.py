"""What the simulated public and its pages say, in French and English."""

from entourage.engine.simulate.texts.bank import Bank, bank

__all__ = ["Bank", "bank"]
