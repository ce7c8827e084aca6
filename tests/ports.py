"""Ports for servers that tests start, stop and start again."""

import random
import socket

# below the range that outgoing connections are given, or somebody else's connection may sit there at a restart
LOWEST, HIGHEST = 18_000, 32_000


def free_port(*, together: int = 1) -> int:
    """The first of `together` neighbouring ports that nobody listens at."""
    while True:
        port = random.randrange(LOWEST, HIGHEST)
        if all(_is_free(port + step) for step in range(together)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
