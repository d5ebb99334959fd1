"""What do the tables hold? Reads, checks and types them, once.

They stand in `data/tables`, or in the folder that the environment variable DATA_DIR names.
"""

import json
import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from data.record.check import TABLES, TablesBroken, check_folder, digest_of
from data.record.columnar_copy import digest_of_all, folder_of_copies, read_copy, write_copy
from data.record.combinations import rows_by_cells
from data.record.dates import span_between
from data.record.dictionary_shape import DICTIONARY
from data.record.problems import Frames
from data.record.single_flight import SingleFlight, cached_with_owner, computed_once
from data.record.tables import tables_with_dates

__all__ = [
    "DATA_DIR",
    "TABLES",
    "Library",
    "allowed_in",
    "allowed_values",
    "cached_with_library",
    "digest_of",
    "folder_of_tables",
    "library",
    "load_library",
    "typed",
]
DATA_DIR = "DATA_DIR"
# Of functions of a Library: what they come to is kept with it.
cached_with_library = cached_with_owner
NUMBERS = {"integer": "Int64", "number": "Float64"}


@dataclass(frozen=True, eq=False)
class Library:
    """All tables, typed by the dictionary; a text that is missing is "", a number that is missing is NA.

    Shared by every reader: never changed, only selected from; one Library is itself alone, so that what is computed from
    it is kept in its `cache`, and goes when it goes. `years` is the first and the last year that any dated row
    touches; views of fewer rows keep it, and say in `as_of` for which day of publication they are. `digest` is made from the tables and changes when they do.
    """

    tables: Frames
    dictionary: dict[str, Any]
    years: tuple[int, int] = (1950, 2026)
    as_of: date | None = None
    digest: str = ""
    cache: SingleFlight = field(default_factory=SingleFlight, init=False, repr=False)

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    @property
    def version(self) -> str:
        """The version that the dictionary gives the tables, and the digest of what they hold: 2.1.0+5f0c3a1b."""
        return f"{self.dictionary['version']}+{self.digest}"

    def describe(self, table: str) -> dict[str, Any]:
        """The dictionary's entry of one table: title, description, schema."""
        return next(resource for resource in self.dictionary["resources"] if resource["name"] == table)

    def fields(self, table: str) -> list[dict[str, Any]]:
        """The dictionary's fields of one table, in the order of its columns."""
        return list(self.describe(table)["schema"]["fields"])


def allowed_in(library: Library, table: str, column: str) -> list[str]:
    """The words that the dictionary allows in a column of a table, in its order."""
    return allowed_values(next(entry for entry in library.fields(table) if entry["name"] == column))


def allowed_values(field: dict[str, Any]) -> list[str]:
    """The words that the dictionary allows in a column, in its order; none where it allows any."""
    return [str(value) for value in field.get("itemEnum") or field.get("constraints", {}).get("enum", [])]


def load_library(folder: Path = TABLES) -> Library:
    """Tables of a folder as a Library. Raises TablesBroken with every problem where a table breaks a rule.

    Tables that were checked before load from the copy of their columns, where a folder for copies is named.
    """
    copies = folder_of_copies()
    digest = _digest_of_all(folder) if copies else ""
    tables = read_copy(copies, digest) if copies and digest else None
    if tables is not None:
        dictionary = json.loads((folder / DICTIONARY).read_text(encoding="utf-8"))
    else:
        dictionary, written, problems = check_folder(folder)
        if problems:
            raise TablesBroken(problems)
        tables = {name: typed(frame, dictionary, name) for name, frame in written.items()}
        # a table that was written to while it was read is not the one that was checked
        if copies and digest and digest == _digest_of_all(folder):
            write_copy(copies, digest, tables)
    return Library(tables, dictionary, _years_of(tables), digest=digest_of(folder, dictionary))


def _digest_of_all(folder: Path) -> str:
    """Digits of all that the tables of a folder are checked by; empty where something cannot be read, which the check says."""
    try:
        return digest_of_all(folder, TABLES / DICTIONARY)
    except OSError:
        return ""


def folder_of_tables() -> Path:
    """Where this process reads its tables: what DATA_DIR says, or the folder beside the code."""
    return Path(os.environ.get(DATA_DIR) or TABLES)


@computed_once(1)
def library() -> Library:
    """The Library of this process, read once."""
    return load_library(folder_of_tables())


def _years_of(tables: Frames) -> tuple[int, int]:
    periods = {(row[a], row[b]) for frame, (a, b) in tables_with_dates(tables) for _, row in rows_by_cells(frame, a, b)}
    known = [span for period in periods if (span := span_between(*period))]
    return min(span.first.year for span in known), max(span.last.year for span in known)


def typed(frame: pd.DataFrame, dictionary: dict[str, Any], table: str) -> pd.DataFrame:
    """A table of texts with the types that the dictionary gives its columns; an empty number is NA."""
    resource = next(entry for entry in dictionary["resources"] if entry["name"] == table)
    kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    types = {name: NUMBERS[kind] for name, kind in kinds.items() if kind in NUMBERS}
    return frame.assign(**{name: frame[name].replace("", pd.NA) for name in types}).astype(types)
