"""The pages of Today."""
