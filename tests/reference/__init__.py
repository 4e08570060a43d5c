"""Slow twins of the kernels, written to be read; and the drawings that tests are made of."""
