"""What messages mean: the same twice, the same in other words, what a week talks about, what the brand is about."""
