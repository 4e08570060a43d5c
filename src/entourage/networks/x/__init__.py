"""X, formerly Twitter: API v2."""
