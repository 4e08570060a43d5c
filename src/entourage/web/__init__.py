"""The application: a house of rooms, one for each of the five verbs, on Django."""
