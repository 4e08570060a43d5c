"""A network that does everything wrong, by a seed, and keeps a true ledger: for tests and rehearsals, not users."""
