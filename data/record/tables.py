"""Which tables does a rule or a view speak of? Those that have the columns it needs, in the order of the dictionary."""

from collections.abc import Container

import pandas as pd

from data.record.problems import Frames

# The document that the record is held against.
BRIEF = "brief-2012"
# Its first column holds the ids of rows that are no longer there.
FORMER_IDS = "former_ids"
# What every row has that a source printed on a day: who says it, and when it was published.
STATEMENT = ("attributed_to", "published")
# What the brief and today says of a quantity without a newer row, and of a version of which nothing could be read.
NONE_NEWER, NOT_READ = "nothing newer found", "not read"
# Columns of the brief and today: the row that a line names, what is said of it, and the words of a line that names none.
VERDICTS = (
    ("newest_row_id", "newest", NONE_NEWER),
    ("row_2015", "version_2015", NOT_READ),
    ("row_oct_2015", "version_oct_2015", NOT_READ),
    ("row_dec_2018", "version_dec_2018", NOT_READ),
)
# Columns of tables whose rows are compared with each other, number by number.
COMPARED = {
    "disagreements": ("row_ids",),
    "then_and_now": ("brief_row_id", *(row_id for row_id, _, _ in VERDICTS)),
}
# How many Americans are unaccounted for: the series that the dashboard is about.
SERIES_OF_COUNTS = "unaccounted_for_total"
# Flags of figures that are never the newest of their series.
PASSED_OVER = {"stale", "outlier", "conflict", "secondary source"}


def tables_with(frames: Frames, *columns: str) -> list[str]:
    """Names of the tables that have all of these columns."""
    return [name for name, frame in frames.items() if set(columns) <= set(frame.columns)]


def tables_with_dates(frames: Frames) -> list[tuple[pd.DataFrame, tuple[str, str]]]:
    """The tables whose rows have dates of their own, each with the columns of the first and the last."""
    return [(frame, columns) for frame in frames.values() if (columns := period_columns(frame.columns))]


def statement_tables(frames: Frames) -> list[str]:
    """Names of the tables whose rows are statements of a source: figures, events, operations, estimates."""
    return tables_with(frames, *STATEMENT)


def is_passed_over(flags: set[str]) -> bool:
    """Whether flags make a figure stale, outlying, contested or second-hand; one of the drawn series may be contested."""
    return bool((flags - {"conflict"} if "spine" in flags else flags) & PASSED_OVER)


def period_columns(columns: Container[str]) -> tuple[str, str] | None:
    """The columns that hold the first and the last date of a row; the same one twice where a row has one date.

    None for a table whose rows have no date of their own.
    """
    for first, last in (("start", "end"), ("period_start", "date"), ("date", "date")):
        if first in columns and last in columns:
            return first, last
    return None
