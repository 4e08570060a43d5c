"""Results: the audit and what it says of the brand's goals."""
