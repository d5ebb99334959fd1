"""How is a large table read in little memory, and soon? By Arrow, in pieces, where nothing about its file is odd.

The strict reader of `data/record/csv_file.py` says of a file that is no plain table where and why, for which it holds
all of its cells at a time. What it would pass without a word is read here; where anything is out of the ordinary this gives
up, and leaves the file to it. Arrow is less strict than that reader, so that the bytes are looked at before it has them.
"""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from data.record.arrow_frames import frame_of
from data.record.csv_file import Limits, is_hidden

# Arrow would listen for signals while it reads, by a pipe that it holds on to: signals are the server's, and a fork that closes
# what it inherits would end with that pipe.
pa.enable_signal_handlers(False)

BYTES_AT_A_TIME = 2**20
# Bytes of an ordinary line: the signs of ASCII that are seen, and the ends of lines.
ORDINARY = bytes([*range(0x20, 0x7F), 0x0A, 0x0D])
# What is before and behind a cell in quotes.
BESIDE_QUOTES = b",\r\n"


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
        if not 0 < path.stat().st_size <= limits.bytes:
            raise Odd
        lines = _ordinary_lines(path)
        header = _header_of(path, columns, limits)
        table = _table_of(path, header)
        if table.num_rows != lines - 1:
            raise Odd
        _refuse_odd_cells(table, limits)
        return frame_of(table.select(columns))
    except (Odd, csv.Error, UnicodeDecodeError, pa.ArrowInvalid):
        return None


def _ordinary_lines(path: Path) -> int:
    """How many lines a file has. Odd where it holds a tab, a sign that cannot be seen, bytes that are no text, lines that end
    in several ways, or quotes that are not around whole cells of one line."""
    lines, ends, signs = 0, set[bool](), set[str]()
    for piece in _pieces_of_lines(path):
        if unusual := piece.translate(None, ORDINARY):
            piece.decode("utf-8")
            signs |= set(unusual.decode("utf-8"))
        whole = piece.count(b"\n")
        if b"\r" in piece and not piece.count(b"\r") == piece.count(b"\r\n") == whole:
            raise Odd
        ends.add(b"\r" in piece)
        lines += whole + (not piece.endswith(b"\n"))
        _refuse_odd_quotes(piece)
    if len(ends) > 1 or any(is_hidden(sign) for sign in signs):
        raise Odd
    return lines


def _pieces_of_lines(path: Path) -> Iterator[bytes]:
    """The bytes of a file, whole lines at a time, so that no letter is torn; a mark of the encoding at its start is left out."""
    with path.open("rb") as file:
        if file.read(len(BOM_UTF8)) != BOM_UTF8:
            file.seek(0)
        while piece := file.read(BYTES_AT_A_TIME):
            yield piece if piece.endswith(b"\n") else piece + file.readline()


def _refuse_odd_quotes(lines: bytes) -> None:
    """Odd where a cell in quotes does not end with its line, or has something before or behind its quotes."""
    inside_and_out = lines.split(b'"')
    if len(inside_and_out) % 2 == 0 or any(b"\n" in cell for cell in inside_and_out[1::2]):
        raise Odd
    first, *between, last = inside_and_out[::2] if len(inside_and_out) > 1 else (b"", b"")
    # nothing between two quotes is a quote within a cell
    if any(part and not (part[0] in BESIDE_QUOTES and part[-1] in BESIDE_QUOTES) for part in between):
        raise Odd
    if (first and first[-1] not in BESIDE_QUOTES) or (last and last[0] not in BESIDE_QUOTES):
        raise Odd


def _header_of(path: Path, columns: list[str], limits: Limits) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file, strict=True), [])
    if sorted(header) != sorted(columns) or len(header) > limits.columns:
        raise Odd
    return header


def _table_of(path: Path, header: list[str]) -> pa.Table:
    """The rows below the header as columns of text. ArrowInvalid where one of them has more or fewer cells."""
    return arrow_csv.read_csv(
        path,
        arrow_csv.ReadOptions(skip_rows=1, column_names=header),
        arrow_csv.ParseOptions(ignore_empty_lines=False),
        arrow_csv.ConvertOptions(column_types=dict.fromkeys(header, pa.large_string()), strings_can_be_null=False),
    )


def _refuse_odd_cells(table: pa.Table, limits: Limits) -> None:
    """Odd where there are too many rows or none, a row has no first cell, a cell is very long, or the last row holds one
    cell alone, as a note below the rows does."""
    if not 0 < table.num_rows <= limits.rows:
        raise Odd
    if not all(cell.strip() for cell in pc.unique(table.column(0)).to_pylist()):
        raise Odd
    if any(pc.max(pc.utf8_length(cells)).as_py() > limits.letters for cells in table.columns):
        raise Odd
    (row,) = table.slice(table.num_rows - 1).to_pylist()
    if sum(bool(cell.strip()) for cell in row.values()) < 2:
        raise Odd
