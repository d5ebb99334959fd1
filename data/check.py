"""Which rules do the tables obey, and which rows break them?

The dictionary, `datapackage.json`, holds the rules of a single table; frictionless reads them there. What a Table
Schema cannot say (real days, hedges that fit their numbers, lists of ids) is added here, one function a rule.
`python -m data.check PATH` prints every problem of the tables in a folder, one a line.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import frictionless
import pandas as pd

from data.dates import PRECISIONS, span_of

Frames = dict[str, pd.DataFrame]
TABLES = Path(__file__).parent / "tables"
DICTIONARY = "datapackage.json"
TYPES = ("string", "integer", "number")


@dataclass(frozen=True)
class Problem:
    """One broken rule: where it is, what the rule asks for and what stands there instead."""

    file: str
    row: str
    column: str
    rule: str
    value: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, column {self.column}: {self.rule} (found: {self.value})"


class TablesBroken(Exception):
    """Raised at the start where tables break rules; the message lists every problem, one a line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        super().__init__(f"The tables cannot be used, {count}:\n" + "\n".join(f"- {problem}" for problem in problems))


class TablesMissing(TablesBroken):
    """Raised where a folder holds no dictionary, so that there are no tables to check; the message says where."""

    def __init__(self, folder: Path) -> None:
        what = f"holds no {DICTIONARY}" if folder.is_dir() else "is not there"
        self.problems = []
        Exception.__init__(self, f"No tables to use: the folder {folder} {what}.")


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
        text = (folder / DICTIONARY).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise TablesMissing(folder) from None
    except (OSError, UnicodeDecodeError) as fault:
        return Checked({}, {}, [Problem(DICTIONARY, "-", "-", "the dictionary is a file in UTF-8", str(fault))])
    try:
        dictionary = json.loads(text)
    except (ValueError, RecursionError) as fault:
        return Checked({}, {}, [Problem(DICTIONARY, "-", "-", "the dictionary is JSON", str(fault))])
    shape = list(_shape_problems(dictionary))
    if shape:
        return Checked({}, {}, shape)
    problems = dictionary_problems(folder)
    names = [resource["name"] for resource in dictionary["resources"] if (folder / resource["path"]).exists()]
    read = {name: _as_written(folder / f"{name}.csv") for name in names}
    written = {name: frame for name, frame in read.items() if frame is not None}
    if len(written) == len(read) and not _columns_missing(written, dictionary):
        problems += row_problems(written, dictionary)
    return Checked(dictionary, written, problems)


def _shape_problems(dictionary: Any) -> Iterator[Problem]:
    """What the dictionary lacks of that which every reader of it takes for granted, against the one beside the code."""
    try:
        given = {one["name"]: {field["name"]: field for field in _fields(one)} for one in dictionary["resources"]}
        paths = [one["name"] for one in dictionary["resources"] if one["path"] != f"{one['name']}.csv"]
    except (TypeError, KeyError) as fault:
        rule = "the dictionary lists tables with name, path and the fields of a schema"
        yield Problem(DICTIONARY, "-", "resources", rule, f"{type(fault).__name__}: {fault}")
        return
    yield from (Problem(DICTIONARY, "-", "path", "a table has the file of its name", str(name)) for name in paths)
    ours = json.loads((TABLES / DICTIONARY).read_text(encoding="utf-8")) if (TABLES / DICTIONARY).exists() else {}
    for name in [name for name in ours if name not in dictionary]:
        yield Problem(DICTIONARY, "-", name, "the dictionary says this of the tables as a whole", "nothing")
    for table in ours.get("resources", []):
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
    column = getattr(error, "field_name", None) or ", ".join(getattr(error, "field_names", []) or []) or "-"
    row = getattr(error, "row_number", None)
    value = getattr(error, "cell", None)
    return Problem(
        file, str(row or "-"), column, str(error.note or error.title), str(value) if value is not None else "-"
    )


def row_problems(frames: Frames, dictionary: dict[str, Any]) -> list[Problem]:
    """What the rules beyond the dictionary find. `frames` hold text, every cell as it is written."""
    found = [problem for rule in RULES for problem in rule(frames)]
    return found + list(_broken_lists(frames, dictionary))


def _problem(table: str, index: Any, column: str, rule: str, value: object) -> Problem:
    return Problem(f"{table}.csv", str(int(index) + 2), column, rule, str(value))


def _rows(frame: pd.DataFrame | None) -> Iterator[tuple[Any, dict[Any, Any]]]:
    """The rows of a table with their index; none where the table is not there."""
    return iter(()) if frame is None else zip(frame.index, frame.to_dict("records"), strict=True)


def _dates_exist(frames: Frames) -> Iterator[Problem]:
    for table, frame in frames.items():
        for column in [name for name in DATE_COLUMNS if name in frame]:
            for index, text in frame[column].items():
                try:
                    span_of(text) if text else None
                except ValueError:
                    yield _problem(table, index, column, "a date must exist in the calendar", text)


def _precision_fits(frames: Frames) -> Iterator[Problem]:
    """The coarsest of a row's written ends has the precision that the row claims."""
    for table, columns in DATED.items():
        for index, row in _rows(frames.get(table)):
            written = [PRECISIONS.get(len(row[column]), "undated") for column in columns if row[column]]
            coarsest = next((name for name in ("undated", "year", "month", "day") if name in written), "undated")
            if coarsest != row["date_precision"]:
                rule = f"the date must be as precise as it says ({row['date_precision']})"
                yield _problem(table, index, columns[0], rule, ", ".join(row[name] for name in columns) or "empty")


def _period_in_order(frames: Frames) -> Iterator[Problem]:
    for table, first, last in (
        ("figures", "period_start", "date"),
        ("events", "start", "end"),
        ("operations", "start", "end"),
        ("routes", "start", "end"),
    ):
        for index, row in _rows(frames.get(table)):
            if row[first] and row[last] and _is_after(row[first], row[last]):
                yield _problem(table, index, last, f"a period must not end before it starts ({row[first]})", row[last])


def _is_after(start: str, end: str) -> bool:
    try:
        return span_of(start).first > span_of(end).last
    except ValueError:
        return False


def _hedge_fits_number(frames: Frames) -> Iterator[Problem]:
    for table in ("figures", "operations", "burial_estimates"):
        for index, row in _rows(frames.get(table)):
            is_range, ends, number = row["qualifier"] == "range", bool(row["low"] and row["high"]), bool(row["value"])
            if is_range and (not ends or number):
                yield _problem(
                    table,
                    index,
                    "low",
                    "a range needs low and high, and no value",
                    f"{row['low']} {row['high']} {row['value']}",
                )
            elif not is_range and (row["low"] or row["high"]):
                yield _problem(
                    table,
                    index,
                    "low",
                    "low and high stand only where a range was printed",
                    f"{row['low']} {row['high']}",
                )
            elif not is_range and row["qualifier"] and not number:
                yield _problem(table, index, "value", "a qualifier needs the number that was printed", "empty")
            elif (
                is_range and row["low"].isdecimal() and row["high"].isdecimal() and int(row["low"]) >= int(row["high"])
            ):
                yield _problem(table, index, "high", f"high must be above low ({row['low']})", row["high"])


def _number_has_its_hedge(frames: Frames) -> Iterator[Problem]:
    for index, row in _rows(frames.get("events")):
        if bool(row["number"]) != bool(row["number_qualifier"]):
            rule = "a number of an event stands with its hedge, and a hedge with its number"
            yield _problem("events", index, "number_qualifier", rule, row["number_qualifier"] or "empty")


def _unit_is_its_series(frames: Frames) -> Iterator[Problem]:
    if "series" not in frames or "figures" not in frames:
        return
    units = dict(zip(frames["series"]["series_id"], frames["series"]["unit"], strict=True))
    for index, row in _rows(frames["figures"]):
        if row["series_id"] in units and row["unit"] not in units[row["series_id"]].split(";"):
            rule = f"a figure has a unit of its series ({units[row['series_id']]})"
            yield _problem("figures", index, "unit", rule, row["unit"])


def _brief_says_where(frames: Frames) -> Iterator[Problem]:
    for table in ("figures", "events", "operations"):
        for index, row in _rows(frames.get(table)):
            if row["source_id"] == "brief-2012" and not row["locator"]:
                yield _problem(table, index, "locator", "a row of the brief says where in the brief it stands", "empty")


def _telling_has_its_event(frames: Frames) -> Iterator[Problem]:
    events = frames.get("events", pd.DataFrame({"event_group": [], "event_id": []}))
    for index, row in _rows(events[~events["event_group"].isin(events["event_id"])]):
        yield _problem("events", index, "event_group", "a telling names an event that exists", row["event_group"])
    first = events.drop_duplicates("event_id").set_index("event_id") if len(events) else events
    for index, row in _rows(events[events["event_group"].isin(first.index)]):
        for column in ("lane", "status"):
            if row[column] != first.at[row["event_group"], column]:
                yield _problem("events", index, column, f"a telling has the {column} of its event", row[column])


def _operation_agrees_with_figure(frames: Frames) -> Iterator[Problem]:
    if "operations" not in frames or "figures" not in frames:
        return
    figures = frames["figures"].drop_duplicates("figure_id").set_index("figure_id")
    for index, row in _rows(frames["operations"]):
        if row["figure_id"] in figures.index:
            for column in ("value", "low", "high", "qualifier", "unit", "as_printed"):
                if row[column] != figures.at[row["figure_id"], column]:
                    yield _problem(
                        "operations",
                        index,
                        column,
                        f"an operation prints what its figure {row['figure_id']} prints",
                        row[column],
                    )


def _point_has_coordinates(frames: Frames) -> Iterator[Problem]:
    for index, row in _rows(frames.get("places")):
        has_point = bool(row["latitude"] and row["longitude"])
        if has_point == (row["coordinate_precision"] in ("country", "unidentified")):
            yield _problem(
                "places",
                index,
                "coordinate_precision",
                "a place has coordinates unless it is a country or unidentified",
                row["coordinate_precision"],
            )
        if has_point and not row["coordinate_source_id"]:
            yield _problem("places", index, "coordinate_source_id", "coordinates name their source", "empty")


def _broken_lists(frames: Frames, dictionary: dict[str, Any]) -> Iterator[Problem]:
    for resource in dictionary["resources"]:
        for field in resource["schema"]["fields"]:
            if "listOf" in field and resource["name"] in frames and field["name"] in frames[resource["name"]]:
                allowed = set(field["itemEnum"]) if "itemEnum" in field else ids_of(frames, field["listOf"])
                for index, cell in frames[resource["name"]][field["name"]].items():
                    for item in [part for part in cell.split(";") if part not in allowed and cell]:
                        yield _problem(
                            resource["name"],
                            index,
                            field["name"],
                            f"each item must be one of {field['listOf']}",
                            item or "empty item",
                        )


def ids_of(frames: Frames, table: str) -> set[str]:
    """Ids that a list may name: those of one table, or of all of them where it says `rows`."""
    tables = list(frames) if table == "rows" else [table]
    return {cell for name in tables if name in frames for cell in frames[name].iloc[:, 0]}


DATED = {
    "figures": ("date",),
    "events": ("start", "end"),
    "operations": ("start", "end"),
    "burial_estimates": ("date",),
}
DATE_COLUMNS = ("date", "start", "end", "period_start", "stated", "published", "accessed")
RULES: tuple[Callable[[Frames], Iterator[Problem]], ...] = (
    _dates_exist,
    _precision_fits,
    _period_in_order,
    _hedge_fits_number,
    _number_has_its_hedge,
    _unit_is_its_series,
    _brief_says_where,
    _telling_has_its_event,
    _operation_agrees_with_figure,
    _point_has_coordinates,
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
        print(f"{len(checked.written)} tables with {rows} rows checked: no problem found.")
    return 1 if checked.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
