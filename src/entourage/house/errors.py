"""The house's one error: something around Entourage (disk, rights, port, server) must be mended by a person."""


class HouseError(Exception):
    """What is wrong around Entourage, what came, and the cure, in one sentence; the command line exits with 3."""
