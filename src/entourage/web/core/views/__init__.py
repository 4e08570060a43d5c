"""The pages of the house: the front door, brands, the team, the trail, errors."""
