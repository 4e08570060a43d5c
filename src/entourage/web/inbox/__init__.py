"""Conversations: who waits for what, who looks after it, and what was said."""
