"""What leaves the house: a row first, sent once, and never more than a person can bear."""
