"""Loopback ports that are free, and stay so until a server listens on them."""

from __future__ import annotations

import random
import socket
from collections.abc import Collection

LOOPBACK = "127.0.0.1"
# Below those that the kernel gives to outgoing connections, which could take one meanwhile.
_RANGE = (20_000, 32_000)


def is_free(port: int) -> bool:
    """Whether a server could listen on a port now."""
    with socket.socket() as probe:
        # As servers do: a connection that has just been closed does not keep the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(taken: Collection[int] = ()) -> int:
    """A free port that is none of ``taken``."""
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(*_RANGE)
        if port not in taken and is_free(port):
            return port
