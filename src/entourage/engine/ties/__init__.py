"""Ties: who is close, who drifts, who came back."""
