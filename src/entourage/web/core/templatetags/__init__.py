"""The words and small pictures of every page."""
