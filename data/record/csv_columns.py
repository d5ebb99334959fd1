"""How is a large table read in little memory? Column by column, in pieces, where nothing about its file is odd.

The strict reader of `data/record/csv_file.py` says of a file that is no plain table where and why, for which it holds
all of its cells at a time. What it would pass without a word is read here in pieces; where anything is out of the ordinary
this gives up, and leaves the file to it.
"""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.record.arrow_frames import frame_of
from data.record.csv_file import Limits, is_hidden

ROWS_AT_A_TIME = 20_000
BYTES_AT_A_TIME = 2**20
# Bytes of an ordinary line: the signs of ASCII that are seen, and the ends of lines.
ORDINARY = bytes([*range(0x20, 0x7F), 0x0A, 0x0D])


class Odd(Exception):
    """Raised where a file has something that has to be looked at more closely."""


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, some at a time."""
    with path.open("rb") as file:
        while piece := file.read(BYTES_AT_A_TIME):
            yield piece


def columns_of(path: Path, columns: list[str], limits: Limits) -> pd.DataFrame | None:
    """The cells of a file as text, one column for each name; None where the file has to be looked at more closely."""
    try:
        _refuse_odd_signs(path, limits)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _frame_of(file, columns, limits)
    except (Odd, csv.Error, UnicodeDecodeError):
        return None


def _refuse_odd_signs(path: Path, limits: Limits) -> None:
    """Odd where a file is large beyond measure, or holds a tab, a sign that cannot be seen, or bytes that are no text."""
    if not 0 < path.stat().st_size <= limits.bytes:
        raise Odd
    signs: set[str] = set()
    with path.open("rb") as file:
        if file.read(len(BOM_UTF8)) != BOM_UTF8:
            file.seek(0)
        while piece := file.read(BYTES_AT_A_TIME):
            if piece.translate(None, ORDINARY):
                # a piece ends with a line, so that no letter is torn
                signs |= set((piece + file.readline()).decode("utf-8"))
    if any(is_hidden(sign) for sign in signs - set("\r\n")):
        raise Odd


def _frame_of(file: io.TextIOBase, columns: list[str], limits: Limits) -> pd.DataFrame:
    reader = csv.reader(file, strict=True)
    header = next(reader, [])
    if sorted(header) != sorted(columns) or len(header) > limits.columns:
        raise Odd
    pieces = [_piece(records, header, limits) for records in _in_pieces(reader)]
    rows = sum(piece.num_rows for piece in pieces)
    # a cell of several lines makes a file longer than its rows are
    if not 0 < rows <= limits.rows or reader.line_num != rows + 1:
        raise Odd
    _refuse_notes_below(pieces[-1])
    return frame_of(pa.concat_tables(pieces).select(columns))


def _in_pieces(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    while records := list(islice(reader, ROWS_AT_A_TIME)):
        yield records


def _piece(records: list[list[str]], header: list[str], limits: Limits) -> pa.Table:
    """Some rows as columns of text. Odd where one of them has more or fewer cells, no first cell, or a very long cell."""
    if set(map(len, records)) != {len(header)}:
        raise Odd
    columns = [pa.array(cells, pa.large_string()) for cells in zip(*records, strict=True)]
    if not all(cell.strip() for cell in columns[0].unique().to_pylist()):
        raise Odd
    if any(pc.max(pc.utf8_length(cells)).as_py() > limits.letters for cells in columns):
        raise Odd
    return pa.table(columns, names=header)


def _refuse_notes_below(last: pa.Table) -> None:
    """Odd where the last row holds one cell alone, as a note below the rows does."""
    (row,) = last.slice(last.num_rows - 1).to_pylist()
    if sum(bool(cell.strip()) for cell in row.values()) < 2:
        raise Odd
