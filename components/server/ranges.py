"""Which part of a file does a client ask for? One range of bytes, as RFC 9110 has it, so that a download can go on.

Starlette answers ranges of files on disk alone. Several ranges at once are answered with the whole file, which the RFC
allows; so is a range that is malformed.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from starlette.requests import Request

# First and last byte; the first left out, the last so many bytes. More digits than any file has bytes are no range.
BYTES = re.compile(r"\s*bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE)


class ByteRange(NamedTuple):
    """The first and the last byte of a part; empty where the content ends before it begins."""

    first: int
    last: int

    @property
    def is_empty(self) -> bool:
        return self.last < self.first

    def in_words(self, length: int) -> str:
        """What the header Content-Range says of it."""
        return f"bytes */{length}" if self.is_empty else f"bytes {self.first}-{self.last}/{length}"


EMPTY = ByteRange(0, -1)


def requested_range(request: Request, etag: str, length: Callable[[], int]) -> ByteRange | None:
    """The part that a request asks for of content with this tag and length; None where the whole is to be sent.

    A part is sent only where the client's other parts are of this very content (If-Range): a tag says that, a day does
    not, since files of one day may differ.
    """
    header, condition = request.headers.get("range"), request.headers.get("if-range")
    if request.method != "GET" or header is None or condition not in (None, etag):
        return None
    found = BYTES.fullmatch(header)
    return byte_range(found[1], found[2], length()) if found else None


def byte_range(first: str, last: str, length: int) -> ByteRange | None:
    """The part from the first to the last byte as they are written, no longer than the content; None for no range."""
    if first:
        if last and int(last) < int(first):
            return None
        end = min(int(last), length - 1) if last else length - 1
        return ByteRange(int(first), end) if int(first) < length else EMPTY
    if not last:
        return None
    return ByteRange(max(0, length - int(last)), length - 1) if int(last) and length else EMPTY
