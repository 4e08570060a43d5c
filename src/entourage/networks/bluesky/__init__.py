"""Bluesky: read in public without a key, answered with an app password, over plain XRPC."""
