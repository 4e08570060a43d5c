"""Instagram: media and comments of the Graph."""
