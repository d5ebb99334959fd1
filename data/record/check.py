"""Which rules do the tables obey, and which rows break them?

The dictionary, `datapackage.json`, holds the rules of a single table; frictionless reads them there. What a Table
Schema cannot say (real days, hedges that fit their numbers, lists of ids) stands in `data/record/rules.py`.
`python -m data.check PATH` prints every problem of the tables in a folder, one a line.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from data.record.csv_columns import columns_of, pieces_of
from data.record.csv_file import FileBroken, Limits, empty_rows, read_csv
from data.record.dictionary import cell_problems, header_problems, ids_in, reference_problems
from data.record.dictionary_shape import DICTIONARY, shape_problems
from data.record.problems import NOWHERE, Frames, Problem, first_of_each_cell
from data.record.provenance import record_problems
from data.record.rules import row_problems

TABLES = Path(__file__).parent.parent / "tables"
# Tables are read whole: cells may be as long as a spreadsheet's, of which the longest is 32,767 letters.
LIMITS = Limits(bytes=2**31, rows=10**7, columns=200, letters=10**4)
# Tables whose rows every page needs.
NEVER_EMPTY = ("figures", "series", "sources")


class TablesBroken(Exception):
    """Raised at the start where tables break rules; the message lists every problem, one a line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        super().__init__(f"The tables cannot be used, {count}:\n" + "\n".join(f"- {problem}" for problem in problems))


class TablesMissing(TablesBroken):
    """Raised where a folder holds no tables that this user could read; the message says where, and why."""

    def __init__(self, folder: Path, fault: str) -> None:
        self.problems = []
        kind = "file" if os.path.isfile(folder) else "folder"
        Exception.__init__(self, f"No tables to use: the {kind} {folder.absolute()} {fault}.")


def _fault_of_folder(folder: Path) -> str:
    """Why a folder cannot be read at all; empty where it can."""
    if not folder.exists():
        return "is not there"
    if not folder.is_dir():
        return f"is no folder; name the folder that holds {DICTIONARY}"
    if not os.access(folder, os.R_OK | os.X_OK):
        return "may not be read by the user who runs this"
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    if DICTIONARY not in names:
        return f"holds no {DICTIONARY}"
    closed = [name for name in names if not os.access(folder / name, os.R_OK)]
    return f"holds {closed[0]}, which may not be read by the user who runs this" if closed else ""


class Checked(NamedTuple):
    """The dictionary of a folder, its tables as they are written, and every rule that they break."""

    dictionary: dict[str, Any]
    written: Frames
    problems: list[Problem]


def check_folder(folder: Path) -> Checked:
    """Reads the tables of a folder and holds them against every rule. Raises TablesMissing where there are none.

    Rules that need whole tables are asked only of tables that could be read, so that no fault hides behind another.
    """
    try:
        fault = _fault_of_folder(folder)
    except OSError:
        fault = "is not there, or may not be looked at by the user who runs this"
    if fault:
        raise TablesMissing(folder, fault)
    try:
        text = (folder / DICTIONARY).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return Checked({}, {}, [_of_dictionary("the dictionary is a file in UTF-8", "another encoding")])
    try:
        dictionary = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fault:
        return Checked({}, {}, [_of_dictionary("the dictionary is JSON", str(fault))])
    shape = list(shape_problems(dictionary, _expected()))
    if shape:
        return Checked({}, {}, shape)
    written, problems = _tables_of(folder, dictionary)
    if len(written) == len(dictionary["resources"]):
        problems += [*row_problems(written, dictionary), *record_problems(written)]
    return Checked(dictionary, written, first_of_each_cell(problems))


def _of_dictionary(rule: str, found: str) -> Problem:
    return Problem(DICTIONARY, NOWHERE, NOWHERE, rule, found)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _expected() -> Any:
    """The dictionary beside the code, which says what the code relies on; empty where there is none."""
    path = TABLES / DICTIONARY
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _tables_of(folder: Path, dictionary: dict[str, Any]) -> tuple[Frames, list[Problem]]:
    """The tables that can be read, cells as they are written, and what the dictionary finds in all of them."""
    written: Frames = {}
    problems: list[Problem] = []
    for table in dictionary["resources"]:
        try:
            written[table["name"]] = _as_written(folder / table["path"], table)
        except FileBroken as broken:
            problems += broken.problems
    for table in dictionary["resources"]:
        if table["name"] in written:
            frame, schema = written[table["name"]], table["schema"]
            problems += cell_problems(table["name"], frame, schema)
            problems += _references_of(table["name"], frame, schema, written)
    return written, problems


def _references_of(name: str, frame: pd.DataFrame, schema: dict[str, Any], written: Frames) -> Iterator[Problem]:
    """Cells that name a row which is not there; silent about tables that could not be read."""
    keys = [key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] in written]
    yield from reference_problems(name, frame, schema | {"foreignKeys": keys}, ids_in(written))


def _as_written(path: Path, table: dict[str, Any]) -> pd.DataFrame:
    """A table with every cell as it is written, by row number less two. FileBroken where it cannot be read."""
    columns = [field["name"] for field in table["schema"]["fields"]]
    if not path.is_file():
        found = "a folder" if path.is_dir() else "nothing"
        raise FileBroken([Problem(path.name, NOWHERE, NOWHERE, "the folder has this table as a file", found)])
    frame = columns_of(path, columns, LIMITS)
    return read_closely(path, table["name"], columns) if frame is None else frame


def read_closely(path: Path, name: str, columns: list[str]) -> pd.DataFrame:
    """The same of a file that has something odd about it, which may be none of its cells' fault."""
    grid = read_csv(path.read_bytes(), path.name, columns, LIMITS)
    problems = [*header_problems(path.name, grid.header, columns, columns), *empty_rows(grid, path.name)]
    if not grid.rows and name in NEVER_EMPTY:
        problems.append(Problem(path.name, NOWHERE, NOWHERE, "the table has rows below its header", "none"))
    if problems:
        raise FileBroken(problems)
    index = [number - 2 for number, _ in grid.rows]
    return pd.DataFrame([cells for _, cells in grid.rows], columns=grid.header, index=index, dtype=str)[columns]


def digest_of(folder: Path, dictionary: dict[str, Any]) -> str:
    """Eight hexadecimal digits made from the bytes of all tables, in the order of the dictionary."""
    whole = hashlib.sha256()
    for resource in dictionary["resources"]:
        for piece in pieces_of(folder / resource["path"]):
            whole.update(piece)
    return whole.hexdigest()[:8]


def main(arguments: list[str]) -> int:
    """Prints every problem of the tables in a folder, one a line: 1 where there are any, 0 where there are none.

    2, with a sentence, where the folder holds no tables or none is named.
    """
    if len(arguments) != 1:
        print("Say which folder of tables to check: python -m data.check PATH", file=sys.stderr)
        return 2
    try:
        checked = check_folder(Path(arguments[0]))
    except TablesMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    for problem in checked.problems:
        print(" ".join(str(problem).split()))
    if not checked.problems:
        rows = sum(len(frame) for frame in checked.written.values())
        digits = digest_of(Path(arguments[0]), checked.dictionary)
        print(
            f"{len(checked.written)} tables with {rows} rows checked: no problem found. Digits of the tables: {digits}"
        )
    return 1 if checked.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
