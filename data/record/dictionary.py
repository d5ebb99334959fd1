"""What do tables hold that their dictionary does not allow? Plain words for what a Table Schema says of a cell.

The dictionary is a Table Schema, and frictionless reads it; its findings are put into the words that a host and a reader
understand, by the constraint that the dictionary names.
"""

import difflib
import json
import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Any

import frictionless
import pandas as pd

from data.record.combinations import rows_by_cell
from data.record.csv_file import names_in_words
from data.record.dates import DATE_RULE
from data.record.problems import Frames, Problem, problem_at, problems_in, quoted

MOST_DIGITS = 12
# How a number stands in a cell, by the type of its column, and how that is put in words.
NUMBERS = {
    "integer": (
        re.compile(rf"-?[0-9]{{1,{MOST_DIGITS}}}"),
        f"a number is whole, in digits, {MOST_DIGITS} of them at most",
    ),
    "number": (
        re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,15})?"),
        "a number is written in digits, with a point before its decimals",
    ),
}
DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
# Patterns of the dictionary in words, where they are no pattern of an id.
PATTERNS = {
    DATE_PATTERN: DATE_RULE,
    r"^https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#]\S*)?$": "an address is whole, as https://example.org/page, without blanks",
    r"^[ivx]+$": "a footnote is numbered in small Roman numerals, as xiv",
}


def header_problems(file: str, header: list[str], columns: list[str], needed: Collection[str]) -> Iterator[Problem]:
    """What is wrong with a header, in one problem: a column of it where it is that column alone."""
    if not set(header) & set(columns):
        rule = f"the first row does not name the columns; it needs {names_in_words(list(needed))}"
        yield Problem(file, "1", "-", rule, "-")
        return
    for position, name in enumerate(header):
        if not name.strip():
            yield Problem(file, "1", str(position + 1), "this column has no name in the header", "-")
        elif name in header[:position]:
            places = f"as columns {header.index(name) + 1} and {position + 1}"
            yield Problem(file, "1", name, f"this column appears twice, {places}", "-")
    unknown = [name for name in dict.fromkeys(header) if name.strip() and name not in columns]
    missing = [name for name in needed if name not in header]
    meant = {name: near[0] for name in unknown if (near := _names_like(name, columns))}
    if len(unknown) + len(missing) == 1 or (
        len(unknown) == 1 and meant.get(unknown[0]) in missing and len(missing) == 1
    ):
        yield _of_one_column(file, unknown, missing, meant)
    elif unknown or missing:
        yield Problem(file, "1", "-", _of_many_columns(unknown, missing, meant), "-")


def _names_like(name: str, columns: list[str]) -> list[str]:
    return difflib.get_close_matches(re.sub(r"\W+", "_", name.strip().lower()), columns, 1)


def _of_one_column(file: str, unknown: list[str], missing: list[str], meant: dict[str, str]) -> Problem:
    if not unknown:
        return Problem(file, "1", missing[0], "this column is needed, and the header lacks it", "-")
    if unknown[0].strip().lower() == meant.get(unknown[0]):
        rule = f"this column is named {meant[unknown[0]]}, in small letters and without blanks around it"
        return Problem(file, "1", meant[unknown[0]], rule, unknown[0])
    question = f"; is {meant[unknown[0]]} meant?" if unknown[0] in meant else ""
    return Problem(file, "1", unknown[0], f"the dictionary has no column of this name{question}", "-")


def _of_many_columns(unknown: list[str], missing: list[str], meant: dict[str, str]) -> str:
    if set(missing) <= set(meant.values()) and set(unknown) == set(meant):
        return f"columns have other names here: write {', '.join(f'{name} for {old}' for old, name in meant.items())}"
    lacks = f"the header lacks {names_in_words(missing)}" if missing else ""
    strange = f"the dictionary has no column {names_in_words(unknown)}" if unknown else ""
    return ", and ".join(part for part in (lacks, strange) if part)


def cell_problems(table: str, frame: pd.DataFrame, schema: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong with cells of a table by its schema, references to other tables left out. Cells are as written.

    frictionless judges each cell of a column once, however many rows hold it.
    """
    fields = {field["name"]: field for field in schema["fields"]}
    for column, (pattern, rule) in [
        (name, NUMBERS[field["type"]]) for name, field in fields.items() if field["type"] in NUMBERS
    ]:
        for rows, cell in rows_by_cell(frame, column):
            if cell and not pattern.fullmatch(cell):
                yield from problems_in(table, rows, column, rule, cell)
    alone = {name: part for name, part in schema.items() if name == "missingValues"}
    for column, field in fields.items():
        read = reader_of_cells(json.dumps({**alone, "fields": [field]}))
        for rows, cell in rows_by_cell(frame, column):
            for broken in read(cell)[1] or ():
                yield from problems_in(table, rows, column, _in_words(broken, field), cell or "-")
    yield from _repeated(table, frame, schema)


@lru_cache(maxsize=512)
def reader_of_cells(schema: str) -> Callable[[str], tuple[Any, dict[str, str] | None]]:
    """How frictionless reads cells of the one field of a schema, which is written as JSON: the value of a cell, and a note
    for each constraint that it breaks."""
    return frictionless.Schema.from_descriptor(json.loads(schema)).fields[0].create_cell_reader()


def _in_words(broken: str, field: dict[str, Any]) -> str:
    """The constraint of a field that a cell breaks, in plain words."""
    words = WORDS.get(broken)
    return words(field.get("constraints", {})) if words else f"the cell breaks the rule {broken} of this column"


def _repeated(table: str, frame: pd.DataFrame, schema: dict[str, Any]) -> Iterator[Problem]:
    """Ids that stand in an earlier row already, and keys of several columns that do."""
    unique = [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    key = schema.get("primaryKey", [])
    for columns in [*([name] for name in unique), [key] if isinstance(key, str) else list(key)]:
        cells = frame[columns]
        for index in frame.index[(cells != "").any(axis=1) & cells.duplicated()] if columns else ():
            yield problem_at(table, index, columns[0], "this id appears twice", frame.at[index, columns[0]] or "-")


def reference_problems(
    table: str, frame: pd.DataFrame, schema: dict[str, Any], ids: Callable[[str, str], Collection[str]]
) -> Iterator[Problem]:
    """Cells that name a row of another table which is not there. `ids` gives the cells of a column of a table."""
    for key in schema.get("foreignKeys", []):
        (column,), (theirs,), other = key["fields"], key["reference"]["fields"], key["reference"]["resource"]
        known = set(ids(other, theirs))
        for rows, cell in rows_by_cell(frame, column):
            if cell and cell not in known:
                near = difflib.get_close_matches(cell, known, 1)
                question = f"; is {quoted(near[0])} meant?" if near else ""
                rule = f"no row of {other.replace('_', ' ')} has this id{question}"
                yield from problems_in(table, rows, column, rule, cell)


def ids_in(frames: Frames) -> Callable[[str, str], Collection[str]]:
    """The cells of a column of one of these tables, as a function of both; none of a table that is not there."""
    return lambda table, column: set(frames[table][column].tolist()) if table in frames else set()


def _pattern(constraints: dict[str, Any]) -> str:
    return PATTERNS.get(constraints["pattern"], f"an id has another form here ({constraints['pattern']})")


WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "required": lambda constraints: "this cell is needed, and empty",
    "enum": lambda constraints: f"only these words may stand here: {', '.join(map(str, constraints['enum']))}",
    "pattern": _pattern,
    "minimum": lambda constraints: f"a number is {constraints['minimum']} or more",
    "maximum": lambda constraints: f"a number is {constraints['maximum']} or less",
    "type": lambda constraints: "a number is written in digits",
}
