"""Proof: survival curves and intervals that say what is known and what is not."""
