"""Conversations of customer care, as collected: what was said, and the answer that closed it."""
