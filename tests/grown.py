"""What if the record held every row many times? For tests of what a large table must not do to a page or a slide."""

from dataclasses import replace

import pandas as pd

from data.record.load import Library

# The columns by which a row, or what several rows tell of, is itself alone.
IDS = {"figures": ("figure_id",), "events": ("event_id", "event_group")}


def grown(library: Library, times: int) -> Library:
    """The record with each of its figures and events so many times, each copy under ids of its own."""
    return replace(
        library, tables={**library.tables, **{name: _copies(library[name], ids, times) for name, ids in IDS.items()}}
    )


def _copies(frame: pd.DataFrame, ids: tuple[str, ...], times: int) -> pd.DataFrame:
    copies = [frame.assign(**{name: frame[name] + f"-S{nth}" for name in ids}) for nth in range(1, times)]
    return pd.concat([frame, *copies], ignore_index=True)
