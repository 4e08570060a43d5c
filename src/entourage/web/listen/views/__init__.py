"""The pages of Import: files going in, and whose accounts they hold."""
