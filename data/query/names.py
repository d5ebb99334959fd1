"""What is a row called where a reader sees it? A name in words for each id, and texts without ids."""

import re

import pandas as pd

from data.query.compute import computed_by_id
from data.query.rows import tables_with_ids
from data.record.load import Library, cached_with_library
from data.record.wording import POINTER, ROW_ID_PATTERN, Row, figure_in_words

# Columns that name a row of a table without a number, the first that is there.
NAMING_COLUMNS = ("title", "name", "topic", "term", "what", "opens_with", "reason", "scope", "place_as_named", "kind")
ROW_ID = re.compile(ROW_ID_PATTERN)


@cached_with_library
def names_of_rows(library: Library) -> dict[str, str]:
    """Each row's number with its hedge, or its title, by its id."""
    return {
        str(next(iter(row.values()))): _name_of(row)
        for table in tables_with_ids(library)
        for row in library[table].to_dict("records")
    }


def name_of_row(library: Library, row_id: str) -> str:
    """The name of a row, computed ones too; the id itself where no row has it."""
    computed = computed_by_id(library, row_id) if row_id.endswith("-computed") else None
    return figure_in_words(computed) if computed else names_of_rows(library).get(row_id, row_id)


def with_names(library: Library, text: str) -> str:
    """A text in which the ids of rows are replaced by their names, and mere pointers to rows are left out."""
    names = names_of_rows(library)
    return ROW_ID.sub(lambda found: names.get(found[0], found[0]), POINTER.sub("", text))


def _name_of(row: Row) -> str:
    if row.get("qualifier") and pd.notna(row.get("value", pd.NA)):
        return figure_in_words(row)
    return next((str(row[name]) for name in NAMING_COLUMNS if row.get(name)), str(next(iter(row.values()))))
