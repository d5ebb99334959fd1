"""How does a file of many rows reach its reader? In pieces, each made when the one before it was taken.

Its first byte leaves at once, no more than a piece of it is held, and what its reader does not take is not made. The tag of
such a file is known before its content is: it is made from all that the content is made from.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from components.server.compression import accepted_encoding, compressed_pieces
from components.server.conditional import headers_of, is_text, is_unchanged
from components.server.headers import IDENTITY
from components.server.ranges import ByteRange, requested_range
from components.server.refusals import past_the_end
from data.files.export import Format, file_name
from data.files.extract import Extract
from data.record.load import Library
from data.record.made_by import code_digest
from data.record.single_flight import SingleFlight

# Rows from which on a file leaves as it is made; one with fewer is made whole and kept for the next reader.
MANY_ROWS = 10_000
# How long files are that were made to their end, by their tags; how many rows there are at an address.
LENGTHS, COUNTS = SingleFlight(256), SingleFlight(256)


class LongFile(NamedTuple):
    """A file that leaves in pieces: what makes them, its media type, its name, and the tag of its content."""

    pieces: Callable[[], Iterator[bytes]]
    media_type: str
    name: str
    tag: str

    def length(self) -> int:
        """How many bytes it has; where nobody knows yet, it is made once for that."""
        return LENGTHS.get(self.tag, lambda: sum(map(len, self.pieces())))

    def known_length(self) -> dict[str, str]:
        """The header that says how long it is, once that is known."""
        length = LENGTHS.values.get(self.tag)
        return {} if length is None else {"Content-Length": str(length)}

    def counted(self) -> Iterator[bytes]:
        """Its pieces; when the last was made, its length is known."""
        length = 0
        for piece in self.pieces():
            length += len(piece)
            yield piece
        LENGTHS.get(self.tag, lambda: length)


def may_be_long(library: Library, table: str, file_format: Format | None) -> bool:
    """Whether rows of a table can be so many that they leave as they are made: the format can, and the table has them."""
    return file_format is not None and file_format.pieces is not None and len(library[table]) > MANY_ROWS


def long_file(extract: Extract, file_format: Format | None) -> LongFile | None:
    """The rows of an extract as a file that leaves in pieces; None where they are few, or the format is made whole."""
    if not may_be_long(extract.library, extract.view.table, file_format) or not _has_many_rows(extract):
        return None
    assert file_format is not None and file_format.pieces is not None, "a format that may be long has pieces"
    make, extension = file_format.pieces, file_format.extension
    tag = _tag_of(extract, extension)
    return LongFile(lambda: make(extract), file_format.media_type, file_name(extract, extension), tag)


def _has_many_rows(extract: Extract) -> bool:
    """Whether the rows are many; counted once, since a selection of many takes a while."""
    key = (extract.library.version, extract.address("csv"))
    return COUNTS.get(key, lambda: len(extract.rows)) > MANY_ROWS


def _tag_of(extract: Extract, extension: str) -> str:
    """A digest of all that a file is made from: tables and dictionary, choices, address, and what makes it."""
    library = extract.library
    made_from = [
        code_digest(),
        library.version,
        json.dumps(library.dictionary, sort_keys=True),
        str(library.as_of),
        extract.address(extension),
        extract.short_address(extension),
    ]
    return hashlib.sha256("\0".join(made_from).encode("utf-8")).hexdigest()[:32]


def long_response(request: Request, file: LongFile) -> Response:
    """The file as it is made, compressed where the client accepts that; 304 where the client has it already, 206 or 416 where
    it asks for a part, before which all that stands in front of it is made."""
    etag, ranged = f'"{file.tag}"', "range" in request.headers
    if ranged and is_unchanged(request, etag):
        return Response(status_code=304, headers=headers_of(etag, file.media_type, file.name))
    part = requested_range(request, etag, file.length)
    if part is not None:
        return _part_response(request, file, part)
    encoding = accepted_encoding(request.headers) if is_text(file.media_type) else ""
    headers = headers_of(f'"{file.tag}{encoding}"', file.media_type, file.name)
    if is_unchanged(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    headers |= {"Content-Encoding": encoding} if encoding else IDENTITY | file.known_length()
    if request.method == "HEAD":
        return StreamingResponse(iter(()), headers=headers, media_type=file.media_type)
    pieces = compressed_pieces(file.pieces(), encoding) if encoding else file.counted()
    return _AsMade(pieces, headers=headers, media_type=file.media_type)


def _part_response(request: Request, file: LongFile, part: ByteRange) -> Response:
    if part.is_empty:
        return past_the_end(file.length(), request.scope)
    headers = headers_of(f'"{file.tag}"', file.media_type, file.name) | IDENTITY
    headers |= {"Content-Range": part.in_words(file.length()), "Content-Length": str(part.last + 1 - part.first)}
    return _AsMade(_within(file.pieces(), part), status_code=206, headers=headers, media_type=file.media_type)


def _within(pieces: Iterator[bytes], part: ByteRange) -> Iterator[bytes]:
    """The bytes of a part; what stands behind it is not made."""
    position = 0
    for piece in pieces:
        yield piece[max(part.first - position, 0) : part.last + 1 - position]
        position += len(piece)
        if position > part.last:
            break


class _AsMade(StreamingResponse):
    """An answer in pieces, each made in a thread when the one before it was taken; of one that nobody reads on no more are."""

    def __init__(self, pieces: Iterator[bytes], **more: Any) -> None:
        self.pieces = (piece for piece in pieces if piece)
        super().__init__(self.pieces, **more)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.pieces.close()
