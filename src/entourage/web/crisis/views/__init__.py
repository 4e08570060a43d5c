"""The pages of the crisis room."""
