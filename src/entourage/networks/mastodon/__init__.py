"""Mastodon and the servers that speak its API: notifications, own posts, conversations, and answers."""
