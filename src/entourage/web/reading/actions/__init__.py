"""What members do about readings: correct them, take a correction back, have the reader taught."""
