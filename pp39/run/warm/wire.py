"""How the three processes talk: JSON objects over a Unix socket, each behind its length."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

CALL = b"?"
"""Goes before a request that hands over a file descriptor, since a message may be of any length."""

_LENGTH = struct.Struct("!Q")


class Closed(Exception):
    """The other side is gone."""


def send(wire: socket.socket, message: dict[str, Any]) -> None:
    """Send one message.

    Raises
    ------
    Closed
        If the other side is gone.
    """
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        wire.sendall(_LENGTH.pack(len(body)) + body)
    except (BrokenPipeError, ConnectionResetError):
        raise Closed from None


def receive(wire: socket.socket) -> dict[str, Any]:
    """Receive one message, waiting as long as the socket's time-out allows.

    Raises
    ------
    Closed
        If the other side is gone.
    TimeoutError
        If nothing came in time.
    """
    (length,) = _LENGTH.unpack(_exactly(wire, _LENGTH.size))
    message: dict[str, Any] = json.loads(_exactly(wire, length).decode("utf-8", "surrogatepass"))
    return message


def _exactly(wire: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = wire.recv(min(size - len(parts), 1 << 20))
        except ConnectionResetError:
            raise Closed from None
        if not part:
            raise Closed
        parts += part
    return bytes(parts)
