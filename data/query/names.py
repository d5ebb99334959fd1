"""What is a row called where a reader sees it? A name in words for each id, and texts without ids."""

import re

import pandas as pd

from data.query.compute import computed_by_id
from data.query.rows import find_row_of, tables_with_ids
from data.record.load import Library
from data.record.load import library as whole_library
from data.record.wording import POINTER, ROW_ID_PATTERN, Row, figure_in_words, when_in_words

# Columns that name a row of a table without a number, the first that is there.
NAMING_COLUMNS = (
    "title",
    "name",
    "topic",
    "term",
    "what",
    "opens_with",
    "reason",
    "scope",
    "place_as_named",
    "section",
    "kind",
)
ROW_ID = re.compile(ROW_ID_PATTERN)


def _row_of(library: Library, row_id: str) -> Row | None:
    """The row of this very id, which may not be a former one; None where there is none."""
    found = (find_row_of(library, table, row_id) for table in reversed(tables_with_ids(library)))
    return next((row.row for row in found if row), None)


def name_of_row(library: Library, row_id: str) -> str:
    """The name of a row, computed ones too; the id itself where no row has it."""
    computed = computed_by_id(library, row_id) if row_id.startswith("computed-") else None
    row = computed or _row_of(library, row_id)
    return figure_in_words(computed) if computed else _name_of(row) if row else row_id


def with_names(library: Library, text: str) -> str:
    """A text in which the ids of rows are replaced by their names, in quotation marks, and mere pointers to rows are left out."""
    return ROW_ID.sub(lambda found: _quoted_name(library, found[0]), POINTER.sub("", text)) if text else text


def _quoted_name(library: Library, row_id: str) -> str:
    """The name of a row within a sentence, a number with its day; the text itself where it is no id."""
    row = _row_of(library, row_id)
    if row is None:
        return "another record" if _row_of(whole_library(), row_id) else row_id
    when = f", {when_in_words(row)}" if _has_number(row) else ""
    return f"“{_name_of(row)}{when}”"


def _name_of(row: Row) -> str:
    return figure_in_words(row) if _has_number(row) else name_without_number(row)


def _has_number(row: Row) -> bool:
    return bool(row.get("qualifier") and pd.notna(row.get("value", pd.NA)))


def name_without_number(row: Row) -> str:
    """What a row is about: its title, the place it names, its kind; its id where it has nothing of the sort."""
    return next((str(row[name]) for name in NAMING_COLUMNS if row.get(name)), str(next(iter(row.values()))))
