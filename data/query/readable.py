"""How does a cell read to a person? Names in the place of ids, days in words, numbers with commas, nothing where it is empty."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from data.query.names import name_of_row, with_names
from data.record.dates import date_in_words
from data.record.load import Library, cached_with_library
from data.record.rules import DATE_COLUMNS

# Columns that hold ids of rows, though the dictionary gives them no table that they lead to.
NAMING_ROWS = ("event_group", "told_by", "tellings", "same_statement", "current_id")
# Columns of use to programs alone; the first column of a table, which holds the ids of its rows, is one of them too.
FOR_PROGRAMS = ("evidence_id", "evidence_table", "date_precision")
# What a table's first column holds where it is words, not ids.
FIRST_IN_WORDS = ("term",)
DAYS = (*DATE_COLUMNS, "source_published")
# What this record writes itself, and where it may name other rows.
OWN_PROSE = ("note", "text", "why", "reason", "definition", "coordinate_note")
# Numbers that are no quantities.
WITHOUT_COMMAS = ("latitude", "longitude")
# Flags whose word is one of this record's own.
WORDS_OF_FLAGS = {"spine": "main series"}
Field = Mapping[str, Any]


def is_technical(table_columns: list[str], name: str) -> bool:
    """Whether a column of a table is of use to programs alone."""
    return name in FOR_PROGRAMS or (name == table_columns[0] and name not in FIRST_IN_WORDS)


def head_of(table_columns: list[str], field: Field) -> str:
    """The title of a column above its cells as a person reads them: "Series", not "Series ID", where they are names."""
    title = str(field["title"])
    return title if is_technical(table_columns, field["name"]) else title.removesuffix(" ID")


def technical_columns(frame: pd.DataFrame) -> list[str]:
    """The columns of a frame that are of use to programs alone, in their order."""
    columns = [str(name) for name in frame.columns]
    return [name for name in columns if is_technical(columns, name)]


def cell_in_words(library: Library, field: Field, cell: Any) -> str:
    """A cell as a person reads it; empty where it holds nothing."""
    if pd.isna(cell) or cell == "":
        return ""
    if not isinstance(cell, str):
        return str(cell) if field["name"] in WITHOUT_COMMAS else f"{cell:,}"
    words = _words_of(library, field)
    return words(cell) if words else cell


def frame_in_words(library: Library, fields: Sequence[Field], frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with names in the place of ids and with lists and notes as a person reads them; days and numbers as they are."""
    by_name = {field["name"]: field for field in fields if field["name"] not in DAYS}
    named = {}
    for name in frame.columns:
        words = _words_of(library, by_name[name]) if name in by_name else None
        if words and not is_technical(list(frame.columns), str(name)):
            named[str(name)] = [words(str(cell)) if cell else "" for cell in frame[name]]
    return frame.assign(**named)


def _words_of(library: Library, field: Field) -> Callable[[str], str] | None:
    """What turns a text of a column into words; None where it is in words already."""
    name = field["name"]
    if name in DAYS:
        return date_in_words
    if _names_rows(library, field):
        return lambda cell: "; ".join(dict.fromkeys(name_of_row(library, row_id) for row_id in cell.split(";")))
    if name == "flags":
        return lambda cell: "; ".join(WORDS_OF_FLAGS.get(flag, flag) for flag in cell.split(";"))
    if "listOf" in field or name == "coordinate_precision":
        return lambda cell: cell.replace(";", "; ")
    return (lambda cell: with_names(library, cell)) if name in OWN_PROSE else None


def _names_rows(library: Library, field: Field) -> bool:
    """Whether a column holds ids of rows, of one table or of several."""
    tables = {*library.tables, "rows"}
    return field["name"] in NAMING_ROWS or field.get("listOf") in tables or field["name"] in _foreign_keys(library)


@cached_with_library
def _foreign_keys(library: Library) -> set[str]:
    """Columns that the dictionary says to lead to another table."""
    keys = [key for resource in library.dictionary["resources"] for key in resource["schema"].get("foreignKeys", [])]
    return {name for key in keys for name in key["fields"]}
