"""From messages to the engine's reader and back: reading what is new, teaching, reading again."""
