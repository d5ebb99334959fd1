"""Which row does an id name, who disputes it, and how do rows of several tables stand side by side?"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from data.query.former import current_id
from data.record.dates import year_of
from data.record.load import Library, cached_with_library
from data.record.tables import BRIEF, FORMER_IDS, statement_tables
from data.record.wording import Row

SIDE_BY_SIDE = ("figures", "operations", "burial_estimates", "events")


class FoundRow(NamedTuple):
    """A row and the table it stands in."""

    table: str
    row: dict[str, Any]


@cached_with_library
def tables_with_ids(library: Library) -> tuple[str, ...]:
    """Tables whose first column holds the ids of their rows: statements first, then in the order of the dictionary."""
    first = statement_tables(library.tables)
    return (*first, *(table for table in library.tables if table not in (*first, FORMER_IDS)))


def find_row(library: Library, row_id: str) -> FoundRow | None:
    """The row with this id, in whichever table; a former id finds the row of today. None where there is none."""
    row_id = current_id(library, row_id)
    found = (find_row_of(library, table, row_id) for table in tables_with_ids(library))
    return next((row for row in found if row), None)


def find_row_of(library: Library, table: str, row_id: str) -> FoundRow | None:
    """The row with this id in the table that is named; None where that table has none."""
    position = _positions(library, table).get(row_id)
    if position is None:
        return None
    return FoundRow(table, {name: _plain(cells[position]) for name, cells in _columns(library, table).items()})


def _plain(cell: Any) -> Any:
    """A cell as Python has it, whatever type its column has; None where there is no number."""
    return None if cell is pd.NA else cell.item() if hasattr(cell, "item") else cell


@cached_with_library
def _columns(library: Library, table: str) -> dict[str, Any]:
    """The columns of a table as arrays, by their names: a frame makes a row of all its types anew each time."""
    return {str(name): column.array for name, column in library[table].items()}


@cached_with_library
def _positions(library: Library, table: str) -> dict[str, int]:
    """Where each row of a table is, by its id."""
    return {str(row_id): position for position, row_id in enumerate(library[table].iloc[:, 0])}


def rows_named(library: Library, lists: Iterable[str]) -> dict[str, pd.DataFrame]:
    """The rows that lists of ids name, by the table in which they stand."""
    ids = {part for cell in lists for part in cell.split(";")}
    frames = {table: library[table] for table in tables_with_ids(library)}
    found = {table: frame[frame.iloc[:, 0].isin(ids)] for table, frame in frames.items()}
    return {table: rows for table, rows in found.items() if len(rows)}


def disagreements_with(library: Library, row_id: str) -> pd.DataFrame:
    """Disagreements in which the row takes part."""
    return library["disagreements"].iloc[_disagreements_by_row(library).get(row_id, [])]


def side_by_side(library: Library, ids: str) -> pd.DataFrame:
    """Rows of several tables in the columns of figures, in order of their dates, so that one axis can hold them all.

    A number that several rows take from one document stands once: it is one statement.
    """
    return _each_side_by_side(library, {"": ids})[""]


def _each_side_by_side(library: Library, lists: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The same of several lists of ids, by their names: one frame is made of all of them, which takes long, and cut."""
    text = library["figures"]["unit"].dtype
    types = library["figures"].dtypes.to_dict() | {"kind": text, "list": text}
    rows = [{**row, "list": name} for name, ids in lists.items() for row in _as_figures(library, ids)]
    frame = pd.DataFrame(rows, columns=list(types)).astype(types)
    same = ["list", "source_id", "qualifier", "value", "low", "high"]
    ids_of_statement = frame.groupby(same, dropna=False)["figure_id"].transform(";".join)
    frame = frame.assign(same_statement=ids_of_statement.astype(text)).drop_duplicates(same)
    frame = frame.sort_values(["date", "figure_id"], kind="stable")
    found, plain = frame.groupby("list").indices, frame.drop(columns="list")
    return {name: plain.iloc[found.get(name, [])].reset_index(drop=True) for name in lists}


def _as_figures(library: Library, ids: str) -> list[Row]:
    """The rows that a list of ids names in the columns of figures, table by table."""
    found = (row for row_id in ids.split(";") if (row := find_row(library, row_id)))
    return [as_figure(library, row) for row in sorted(found, key=lambda row: SIDE_BY_SIDE.index(row.table))]


def as_figure(library: Library, found: FoundRow) -> dict[str, Any]:
    """A row of figures, operations, estimates or events in the columns of figures, its label saying who and when."""
    row = dict(found.row)
    blank = dict.fromkeys(library["figures"].columns, "")
    if found.table == "events":
        row |= {
            "value": row["number"],
            "low": pd.NA,
            "high": pd.NA,
            "qualifier": row["number_qualifier"],
            "unit": row["number_unit"],
            "as_printed": "",
            "scope": row["title"],
        }
    scope = row.get("scope") or row.get("place_as_named") or row.get("measure") or row.get("title", "")
    when = row.get("date") or row.get("end") or row.get("start") or ""
    row |= {
        "figure_id": next(iter(found.row.values())),
        "scope": scope,
        "date": when,
        "period_start": row.get("period_start") or _start_of(row),
        "kind": _kinds_of_series(library).get(
            row.get("series_id", ""), "estimate" if found.table == "burial_estimates" else "count"
        ),
    }
    row["label"] = _who_and_when(row)
    return {**blank, **{name: row[name] for name in (*blank, "kind") if name in row}}


@cached_with_library
def _kinds_of_series(library: Library) -> dict[str, str]:
    """The kind of each series, by its id."""
    return dict(zip(library["series"]["series_id"], library["series"]["kind"], strict=True))


def _start_of(row: dict[str, Any]) -> str:
    """Start of an operation or event that has another end; empty where it is of one date."""
    start, end = str(row.get("start", "")), str(row.get("end", ""))
    return start if end and start != end else ""


def _who_and_when(row: dict[str, Any]) -> str:
    """Who says it and when it was published, short enough for a chart; what the brief reports is said to be from it."""
    who = str(row["attributed_to"]).split(",")[0].split(" (")[0].split(";")[0]
    year = f", {year_of(row['published'])}" if row["published"] else ""
    if row["source_id"] != BRIEF:
        return f"{who}{year}"
    return f"The brief{year}" if who.startswith("The brief") else f"The brief{year}, from {who}"


@cached_with_library
def _disagreements_by_row(library: Library) -> dict[str, list[int]]:
    """Where the disagreements are in which a row takes part, by its id."""
    positions: dict[str, list[int]] = {}
    for position, cell in enumerate(library["disagreements"]["row_ids"]):
        for row_id in dict.fromkeys(cell.split(";")):
            positions.setdefault(row_id, []).append(position)
    return positions


@cached_with_library
def statements_of(library: Library) -> dict[str, pd.DataFrame]:
    """The statements of each disagreement of a Library, by its id."""
    frame = library["disagreements"]
    return _each_side_by_side(library, dict(zip(frame["disagreement_id"], frame["row_ids"], strict=True)))
