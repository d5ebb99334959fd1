"""What do tables hold that their dictionary does not allow? Plain words for what a Table Schema says of a cell.

The dictionary is a Table Schema, and frictionless reads it; its findings are put into the words that a host and a reader
understand, by the constraint that the dictionary names.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import frictionless
import pandas as pd

from data.record.csv_file import names_in_words
from data.record.dates import DATE_RULE
from data.record.problems import Frames, Problem, problem_at

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
    """What is wrong with cells of a table by its schema, references to other tables left out. Cells are as written."""
    fields = {field["name"]: field for field in schema["fields"]}
    for column, (pattern, rule) in [
        (name, NUMBERS[field["type"]]) for name, field in fields.items() if field["type"] in NUMBERS
    ]:
        for index, cell in frame[column].items():
            if cell and not pattern.fullmatch(cell):
                yield problem_at(table, index, column, rule, cell)
    alone = frictionless.Schema.from_descriptor({name: part for name, part in schema.items() if name != "foreignKeys"})
    resource = frictionless.Resource(data=[list(frame.columns), *frame.to_numpy().tolist()], schema=alone)
    for task in resource.validate().tasks:
        for error in task.errors:
            yield _in_words(table, error, fields, frame)


def _in_words(table: str, error: Any, fields: dict[str, dict[str, Any]], frame: pd.DataFrame) -> Problem:
    """A finding of frictionless in plain words, by the constraint that the dictionary names."""
    key = getattr(error, "field_names", None) or [frame.columns[0]]
    column = getattr(error, "field_name", None) or key[0]
    number = getattr(error, "row_number", None)
    index = frame.index[number - 2] if number else -3
    broken = re.search(r'constraint "(\w+)"', error.note)
    words = WORDS.get(broken[1] if broken else error.type)
    rule = words(fields[column].get("constraints", {})) if words and column in fields else str(error.title).lower()
    cell = getattr(error, "cell", None) or (frame.at[index, column] if number else "")
    return (
        problem_at(table, index, column, rule, cell or "-")
        if number
        else Problem(f"{table}.csv", "-", column, rule, "-")
    )


def reference_problems(
    table: str, frame: pd.DataFrame, schema: dict[str, Any], ids: Callable[[str, str], Collection[str]]
) -> Iterator[Problem]:
    """Cells that name a row of another table which is not there. `ids` gives the cells of a column of a table."""
    for key in schema.get("foreignKeys", []):
        (column,), (theirs,), other = key["fields"], key["reference"]["fields"], key["reference"]["resource"]
        known = set(ids(other, theirs))
        for index, cell in frame[column].items():
            if cell and cell not in known:
                near = difflib.get_close_matches(cell, known, 1)
                rule = f"no row of {other.replace('_', ' ')} has this id" + (f"; is {near[0]} meant?" if near else "")
                yield problem_at(table, index, column, rule, cell)


def ids_in(frames: Frames) -> Callable[[str, str], Collection[str]]:
    """The cells of a column of one of these tables, as a function of both; none of a table that is not there."""
    return lambda table, column: set(frames[table][column]) if table in frames else set()


def _pattern(constraints: dict[str, Any]) -> str:
    return PATTERNS.get(constraints["pattern"], f"an id has another form here ({constraints['pattern']})")


WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "required": lambda constraints: "this cell is needed, and empty",
    "enum": lambda constraints: f"only these words may stand here: {', '.join(map(str, constraints['enum']))}",
    "pattern": _pattern,
    "minimum": lambda constraints: f"a number is {constraints['minimum']} or more",
    "maximum": lambda constraints: f"a number is {constraints['maximum']} or less",
    "unique": lambda constraints: "this id appears twice",
    "unique-error": lambda constraints: "this id appears twice",
    "primary-key": lambda constraints: "this id appears twice",
    "type-error": lambda constraints: "a number is written in digits",
}
