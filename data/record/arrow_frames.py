"""How does a table of Arrow become a frame? A long one leaves its texts in Arrow's columns, all others hold Python's own."""

from typing import Any

import pandas as pd
import pyarrow as pa

# Texts of a longer table stay in Arrow's columns: pandas reads them one by one a few times as slowly, but a hundred thousand
# rows of them take a sixth of the memory, and none at all until they are looked at where they lie on the disk.
MOST_ROWS_IN_PYTHON = 100_000
IN_ARROW = pd.StringDtype("pyarrow", na_value=float("nan"))


def frame_of(table: pa.Table) -> pd.DataFrame:
    """The columns of a table as a frame; its texts are of pandas' type `str`, whichever way they are held."""
    is_long = table.num_rows > MOST_ROWS_IN_PYTHON
    frame: pd.DataFrame = table.to_pandas(types_mapper=_in_arrow if is_long else None)
    return frame


def _in_arrow(kind: pa.DataType) -> Any:
    return IN_ARROW if pa.types.is_string(kind) or pa.types.is_large_string(kind) else None
