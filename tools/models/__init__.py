"""The models that ship, made from ``../shared/data``: ``make models``, or ``python -m tools.models [encoder ...]``."""
