"""Loaded into the server under test: notes every look-up of, or connection to, another host and refuses it."""

import os
import socket

LOG = os.environ["OUTSIDE_LOG"]
HERE = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::", None, "")
_connect, _look_up = socket.socket.connect, socket.getaddrinfo


def _note(what: object) -> None:
    if LOG == "-":  # on a read-only disk: said with all else that the server says
        os.write(2, f"outside: {what}\n".encode())
        return
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(f"{what}\n")


def connect(self: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and address[0] not in HERE:
        _note(f"connect {address}")
        raise ConnectionRefusedError(f"outside connection refused: {address}")
    _connect(self, address)


def getaddrinfo(host: object, *more: object, **named: object) -> object:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in HERE:
        _note(f"look-up {name}")
        raise socket.gaierror(f"outside look-up refused: {name}")
    return _look_up(host, *more, **named)


socket.socket.connect = connect
socket.getaddrinfo = getaddrinfo
