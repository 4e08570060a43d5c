"""``python -m entourage.cli``: the same as ``entourage``, for machines whose PATH does not have it."""

from entourage.cli import main

main()
