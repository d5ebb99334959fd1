"""How do many rows become text at once? Column by column: each different cell is written once, and Arrow joins the rows.

Some rows at a time, so that a file of any length leaves in pieces and none of it has to be held.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

ROWS_AT_A_TIME = 4096
# A large_string array of Arrow's, which has no types of its own: a text for each row, a null where a row has none.
Texts = Any


class Writing(NamedTuple):
    """How a format writes a cell: what makes its text, None for a missing one; a pattern that finds all texts that need it
    and may find others, and what stands before and after the rest. Texts longer than so many letters need it, too."""

    write: Callable[[Any], str | None]
    special: str
    before: str = ""
    after: str = ""
    longest: int | None = None


def slices(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of a frame, some at a time; none of an empty one."""
    for first in range(0, len(frame), ROWS_AT_A_TIME):
        yield frame.iloc[first : first + ROWS_AT_A_TIME]


def written(cells: "pd.Series[Any]", writing: Writing, missing: str | None = None) -> Texts:
    """A text for each cell of a column, and another for those that are missing."""
    if cells.dtype == object:  # whose cells may be equal and of two kinds, such as 1 and 1.0
        return texts_of([missing if pd.isna(cell) else writing.write(cell) for cell in cells.tolist()])
    column = pa.array(cells)
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    column = column.dictionary_encode()
    texts = _written_once(column.dictionary, writing).take(column.indices)
    return texts if missing is None else texts.fill_null(missing)


def _written_once(different: Any, writing: Writing) -> Texts:
    if not (pa.types.is_string(different.type) or pa.types.is_large_string(different.type)):
        return texts_of([writing.write(cell) for cell in different.to_pylist()])
    different = different.cast(pa.large_string())
    special = pc.match_substring_regex(different, writing.special)
    if writing.longest is not None:
        special = pc.or_(special, pc.greater(pc.utf8_length(different), writing.longest))
    texts = joined(writing.before, different, writing.after)
    mended = [writing.write(cell) for cell in different.filter(special).to_pylist()]
    return pc.replace_with_mask(texts, special, texts_of(mended)) if mended else texts


def texts_of(texts: Sequence[str | None]) -> Texts:
    return pa.array(texts, pa.large_string())


def joined(*parts: str | Texts) -> Texts:
    """The parts of each row in one text; a null where a part of it is one."""
    return pc.binary_join_element_wise(*map(_as_arrow, parts), _as_arrow(""))


def bytes_of(*parts: str | Texts) -> bytes:
    """The parts of each row, and the rows one after the other, in UTF-8; a null is nothing."""
    rows = pc.binary_join_element_wise(
        *map(_as_arrow, parts), _as_arrow(""), null_handling="replace", null_replacement=""
    )
    length = pc.sum(pc.binary_length(rows)).as_py()
    return bytes(rows.buffers()[2].slice(0, length).to_pybytes()) if length else b""


def _as_arrow(part: str | Texts) -> Any:
    return pa.scalar(part, pa.large_string()) if isinstance(part, str) else part
