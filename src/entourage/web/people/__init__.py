"""People: who they are, how close, and what they asked of us about their own data."""
