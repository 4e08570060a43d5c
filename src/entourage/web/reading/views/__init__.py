"""The pages of the reading room."""
