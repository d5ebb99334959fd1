"""How do rows become CSV? UTF-8 (RFC 4180: lines end with CR and LF, so that either sign in a text is quoted), each text
guarded, a missing cell empty."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from data.files.formula_guard import MAY_OPEN, guarded
from data.files.rows_as_text import Texts, Writing, bytes_of, slices, written

QUOTED = re.compile('[,"\r\n]')
END = "\r\n"


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    """A frame as CSV."""
    return b"".join(csv_pieces(list(frame.columns), slices(frame)))


def csv_pieces(columns: Sequence[str], frames: Iterable[pd.DataFrame]) -> Iterator[bytes]:
    """The line of the columns, which stands there before any row is asked for, and the rows of each frame."""
    yield (",".join(map(cell_of_csv, columns)) + END).encode("utf-8")
    for frame in frames:
        yield _rows(columns, frame)


def _rows(columns: Sequence[str], frame: pd.DataFrame) -> bytes:
    parts: list[str | Texts] = []
    for name in columns:
        parts += [written(frame[name], CSV, missing=""), ","]
    return bytes_of(*parts[:-1], END)


def cell_of_csv(cell: Any) -> str:
    """A cell as CSV has it: a text guarded, and in quotation marks where it holds a sign of the format."""
    text = guarded(cell) if isinstance(cell, str) else str(cell)
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


CSV = Writing(cell_of_csv, f"{QUOTED.pattern}|{MAY_OPEN}")
