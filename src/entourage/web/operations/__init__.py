"""Operations: what the brand organised to meet people."""
