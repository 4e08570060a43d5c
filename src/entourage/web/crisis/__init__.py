"""The room in which a crisis is seen, owned and answered."""
