"""How does a ZIP leave as it is made? Its files come in pieces, and what is compressed of them is handed on at once."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# From which size on a file in a ZIP has to say so before it begins, in a form that not every program reads.
LARGE = zipfile.ZIP64_LIMIT
# Of compression: 6, which is usual, saves an eighth more and takes more than twice as long.
LEVEL = 3


class Member(NamedTuple):
    """A file of a ZIP: its name, its bytes in pieces, and whether they may be many."""

    name: str
    pieces: Iterable[bytes]
    may_be_large: bool = False


class _Sink:
    """A file that is written to, and holds what was not taken yet."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, content: bytes) -> int:
        self.waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def close(self) -> None:
        """What was taken is somebody else's."""

    def taken(self) -> Iterator[bytes]:
        content = b"".join(self.waiting)
        self.waiting.clear()
        if content:
            yield content


def zip_pieces(members: Iterable[Member]) -> Iterator[bytes]:
    """A ZIP of these files, all of its first moment. RuntimeError where a file grows large that was not to."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for member in members:
            with archive.open(member.name, "w", force_zip64=member.may_be_large) as file:
                for piece in member.pieces:
                    file.write(piece)
                    yield from sink.taken()
    yield from sink.taken()
