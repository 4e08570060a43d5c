"""Today: whom to answer, thank and follow up, in the minutes one has."""
