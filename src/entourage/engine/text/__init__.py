"""What people say: language, sign, vehemence, intent, meaning; one pass over the characters feeds all of it."""
