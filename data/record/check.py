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

import frictionless
import pandas as pd

from data.record.problems import Frames, Problem
from data.record.provenance import record_problems
from data.record.rules import row_problems

TABLES = Path(__file__).parent.parent / "tables"
DICTIONARY = "datapackage.json"
TYPES = ("string", "integer", "number")


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
    except (OSError, UnicodeDecodeError) as wrong:
        return Checked({}, {}, [Problem(DICTIONARY, "-", "-", "the dictionary is a file in UTF-8", str(wrong))])
    try:
        dictionary = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        return Checked({}, {}, [Problem(DICTIONARY, "-", "-", "the dictionary is JSON", str(wrong))])
    shape = list(_shape_problems(dictionary))
    if shape:
        return Checked({}, {}, shape)
    problems = dictionary_problems(folder)
    names = [resource["name"] for resource in dictionary["resources"] if (folder / resource["path"]).exists()]
    read = {name: _as_written(folder / f"{name}.csv") for name in names}
    written = {name: frame for name, frame in read.items() if frame is not None}
    if len(written) == len(read) and not _columns_missing(written, dictionary):
        problems += [*row_problems(written, dictionary), *record_problems(written)]
    return Checked(dictionary, written, problems)


def digest_of(folder: Path, dictionary: dict[str, Any]) -> str:
    """Eight hexadecimal digits made from the bytes of all tables, in the order of the dictionary."""
    whole = hashlib.sha256()
    for resource in dictionary["resources"]:
        whole.update((folder / resource["path"]).read_bytes())
    return whole.hexdigest()[:8]


def _shape_problems(dictionary: Any) -> Iterator[Problem]:
    """What a dictionary lacks that the code relies on, compared with the dictionary beside the code."""
    try:
        resources = dictionary["resources"]
        given = {table["name"]: {field["name"]: field for field in _fields(table)} for table in resources}
        paths = [table["name"] for table in resources if table["path"] != f"{table['name']}.csv"]
    except (TypeError, KeyError) as fault:
        rule = "the dictionary lists tables with name, path and the fields of a schema"
        yield Problem(DICTIONARY, "-", "resources", rule, f"{type(fault).__name__}: {fault}")
        return
    yield from (Problem(DICTIONARY, "-", "path", "a table has the file of its name", str(name)) for name in paths)
    expected = json.loads((TABLES / DICTIONARY).read_text(encoding="utf-8")) if (TABLES / DICTIONARY).exists() else {}
    for name in [name for name in expected if name not in dictionary]:
        yield Problem(DICTIONARY, "-", name, "the dictionary says this of the tables as a whole", "nothing")
    for table in expected.get("resources", []):
        for field in table["schema"]["fields"]:
            if field["name"] not in given.get(table["name"], {}):
                rule = f"the dashboard needs the table {table['name']} with this column"
                yield Problem(DICTIONARY, "-", field["name"], rule, "nothing")
    for table_name, fields in given.items():
        for column, field in fields.items():
            if field.get("type") not in TYPES or not {"title", "description"} <= set(field):
                rule = f"a column of {table_name} has title, description and one of the types {', '.join(TYPES)}"
                yield Problem(DICTIONARY, "-", str(column), rule, str(field.get("type")))


def _fields(resource: Any) -> list[Any]:
    return list(resource["schema"]["fields"])


def _as_written(path: Path) -> pd.DataFrame | None:
    """A table with every cell as it is written; None where it cannot be read, which the dictionary's check says too."""
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (ValueError, OSError):  # of a wrong encoding, ragged rows or an empty file
        return None


def _columns_missing(frames: Frames, dictionary: dict[str, Any]) -> bool:
    wanted = {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in dictionary["resources"]
    }
    return any(not columns <= set(frames[name].columns) for name, columns in wanted.items() if name in frames)


def dictionary_problems(folder: Path) -> list[Problem]:
    """What frictionless finds against the dictionary: types, keys, required cells, allowed values, references."""
    try:
        report = frictionless.Package(folder / DICTIONARY).validate()
    except frictionless.FrictionlessException as fault:
        return [_problem_of(error, DICTIONARY) for error in fault.reasons or [fault.error]]
    found = [_problem_of(error, DICTIONARY) for error in report.errors]
    for task in report.tasks:
        found += [_problem_of(error, f"{task.name}.csv") for error in task.errors]
    return found


def _problem_of(error: Any, file: str) -> Problem:
    column = (
        getattr(error, "field_name", None)
        or getattr(error, "label", None)
        or ", ".join(getattr(error, "field_names", []) or [])
        or "-"
    )
    row = getattr(error, "row_number", None)
    value = getattr(error, "cell", None)
    return Problem(
        file, str(row or "-"), column, str(error.note or error.title), str(value) if value is not None else "-"
    )


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
