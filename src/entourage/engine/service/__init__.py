"""Service: how soon, how often and whom the brand answers."""
