"""What does a reader's own file of newer figures hold? Bytes in; figures checked by the dictionary of the record out.

The file is held against the same dictionary and the same rules as the tables (`data/check.py`). What can be told from the
row itself may be left out. Own figures stand in a Library of their own making, beside the record and never in it.
"""

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import frictionless
import pandas as pd

from data.own_figures.check import OwnFileBroken, column_name, is_formula, read_grid
from data.query.as_of import BRIEF_ONLY, published_day
from data.query.former import current_cell
from data.query.params import options_of, parameter_named
from data.query.select import Selection
from data.query.views import LIST, View, rows_shown, title_of
from data.record.dates import PRECISIONS, span_of
from data.record.load import Library, allowed_values, cached_with_library, typed
from data.record.problems import Problem
from data.record.rules import row_problems
from data.record.tables import BRIEF

SOURCE = "own-figures"
NEEDED = ("series_id", "date", "value", "qualifier", "as_printed", "attributed_to", "locator", "published")
LEFT_EMPTY = ("source_id", "evidence_id")  # own figures have one source, which is the reader
MADE = ("figure_id", "date_precision", *LEFT_EMPTY)
GROUPED = re.compile(r"\d\d?\d?(?:,\d{3})+", re.ASCII)
OWN_ID = "OWN-{:03}"
FIRST_YEAR, LAST_YEAR = 1940, 2099
MOST_DIGITS = 12
# Stands in where no series has the id, which is told and is the only thing that is.
NO_SERIES = {"title": "?", "unit": "people"}


@dataclass(frozen=True, eq=False)
class OwnFigures:
    """Figures of a reader: typed rows in the columns of `figures`, and the name of the file they came in."""

    frame: pd.DataFrame
    name: str


class Column(NamedTuple):
    """A column of the template: its name, whether it is needed, what it means and what it may hold."""

    name: str
    needed: str
    meaning: str
    allowed: str


def read_own(content: bytes, name: str, library: Library) -> OwnFigures:
    """The figures of a reader's file, checked. Raises OwnBroken, and nothing else, with every problem that it has."""
    grid = read_grid(content)
    header = [cell.lower() for cell in grid.header]
    known = [field["name"] for field in library.fields("figures")]
    problems = list(_header_problems(header, known))
    if problems:
        raise OwnFileBroken(problems)
    if not grid.rows:
        raise OwnFileBroken(
            [Problem("own", "-", "-", "the file holds no rows below its header: add one for each figure", "-")]
        )
    cells = [dict(zip(header, row, strict=True)) for _, row in grid.rows]
    written = _completed(cells, known, library)
    frame = pd.DataFrame(written, columns=known, index=[number - 2 for number, _ in grid.rows], dtype=str)
    problems = _one_a_cell(
        [*_cell_problems(frame, cells), *_dictionary_problems(frame, library), *_rules(frame, library)]
    )
    if problems:
        raise OwnFileBroken(problems)
    return OwnFigures(typed(frame.reset_index(drop=True), library.dictionary, "figures"), name)


def _header_problems(header: list[str], known: list[str]) -> Iterator[Problem]:
    for position, name in enumerate(header):
        if not name:
            yield _problem(1, column_name(header, position), "this column has no name in the header", "-")
        elif name in header[:position]:
            yield _problem(
                1, name, f"this column appears twice, as columns {header.index(name) + 1} and {position + 1}"
            )
        elif name not in known:
            near = difflib.get_close_matches(name, known, 1)
            yield _problem(
                1, name, "the dictionary has no column of this name" + (f"; is {near[0]} meant?" if near else "")
            )
    missing = [name for name in NEEDED if name not in header and not (name == "value" and "low" in header)]
    for name in missing:
        yield _problem(1, name, "this column is needed, and the header lacks it")


def _problem(row: int, column: str, rule: str, value: str = "-") -> Problem:
    return Problem("own", str(row), column, rule, value)


def _completed(cells: list[dict[str, str]], known: list[str], library: Library) -> list[dict[str, str]]:
    """Rows with all columns: numbers without their commas, and what a row itself tells put in where it is left out."""
    series = library["series"].set_index("series_id")
    taken = {row.get("figure_id", "") for row in cells}
    free = (name for number in range(1, 10**4) if (name := OWN_ID.format(number)) not in taken)
    rows = []
    for cell in cells:
        row = dict.fromkeys(known, "") | {name: current_cell(name, text) for name, text in cell.items()}
        row |= {name: row[name].replace(",", "") for name in ("value", "low", "high") if GROUPED.fullmatch(row[name])}
        told = series.loc[row["series_id"]] if row["series_id"] in series.index else NO_SERIES
        row["figure_id"] = row["figure_id"] or next(free)
        row["scope"] = row["scope"] or str(told["title"])
        row["label"] = row["label"] or row["scope"]
        row["unit"] = row["unit"] or ("" if ";" in told["unit"] else str(told["unit"]))
        row["date_precision"] = row["date_precision"] or PRECISIONS.get(len(row["date"]), "undated")
        row["source_id"] = row["source_id"] or SOURCE
        row["mark"] = row["mark"] or _mark_of(row)
        rows.append(row)
    return rows


def _mark_of(row: dict[str, str]) -> str:
    """The class that decides under which choices of Show a figure unaccounted for is drawn."""
    if row["series_id"] != "unaccounted_for_total":
        return ""
    if row["qualifier"] != "exact":
        return "rounded or hedged"
    return "before 2001" if row["date"] < "2001" else "counts"


def _cell_problems(frame: pd.DataFrame, cells: list[dict[str, str]]) -> Iterator[Problem]:
    """What is asked of a reader's cells beyond the dictionary of the record."""
    for (index, row), given in zip(frame.iterrows(), cells, strict=True):
        number = int(str(index)) + 2
        for column, cell in row.items():
            for broken, rule in _rules_of_cell(str(column), str(cell), given):
                if broken:
                    yield _problem(number, str(column), rule, str(cell) or "-")


def _rules_of_cell(column: str, cell: str, given: dict[str, str]) -> Iterator[tuple[bool, str]]:
    if column in ("value", "low", "high"):
        yield (
            not re.fullmatch(r"[0-9]*", cell),
            "a number is whole, 0 or more, in digits; thousands with commas, in quotes",
        )
        yield len(cell) > MOST_DIGITS, f"a number has no more than {MOST_DIGITS} digits"
    elif column in LEFT_EMPTY:
        yield bool(given.get(column)) and cell != SOURCE, "this column stays empty: own figures are of the reader alone"
    else:
        yield is_formula(cell), "a text does not begin with a sign that a spreadsheet takes for a formula (= + - @)"
    if column in NEEDED and column != "value":
        yield not cell, "this cell is needed, and empty"
    if column in ("date", "period_start", "stated", "published") and cell:
        yield not _is_of_our_time(cell), DATE_RULE
    if column == "flags":
        yield "spine" in cell.split(";"), "the flag spine is kept for the counts of the record"


def _is_of_our_time(cell: str) -> bool:
    try:
        return FIRST_YEAR <= span_of(cell).first.year <= LAST_YEAR and cell.isascii() and not cell.endswith("\n")
    except ValueError:
        return False


def _dictionary_problems(frame: pd.DataFrame, library: Library) -> Iterator[Problem]:
    """What frictionless finds in the rows against the dictionary of figures, its references to other tables too."""
    schema = library.describe("figures")["schema"]
    alone = {name: told for name, told in schema.items() if name != "foreignKeys"}
    resource = frictionless.Resource(
        data=[list(frame.columns), *frame.to_numpy().tolist()], schema=frictionless.Schema.from_descriptor(alone)
    )
    fields = {field["name"]: field for field in schema["fields"]}
    for task in resource.validate().tasks:
        for error in task.errors:
            yield _said(error, fields, frame)
    for key in schema["foreignKeys"]:
        (column,), (theirs,) = key["fields"], key["reference"]["fields"]
        known = {*library[key["reference"]["resource"]][theirs], *([SOURCE] if column == "source_id" else [])}
        for index, cell in frame[column].items():
            if cell not in known:
                near = difflib.get_close_matches(cell, known, 1)
                rule = "no series of the record has this id" + (f"; is {near[0]} meant?" if near else "")
                yield _problem(int(str(index)) + 2, column, rule, cell or "-")


def _said(error: Any, fields: dict[str, dict[str, Any]], frame: pd.DataFrame) -> Problem:
    """An error of frictionless in plain words, by the constraint that the dictionary names."""
    column = getattr(error, "field_name", None) or ", ".join(getattr(error, "field_names", None) or [frame.columns[0]])
    number = getattr(error, "row_number", None)
    row = str(int(frame.index[number - 2]) + 2) if number else "-"
    broken = re.search(r'constraint "(\w+)"', error.note)
    said = CONSTRAINTS.get(broken[1] if broken else error.type)
    rule = said(column, fields[column].get("constraints", {})) if said and column in fields else str(error.title)
    return Problem("own", row, column, rule, str(getattr(error, "cell", None) or "-"))


def _pattern(column: str, constraints: dict[str, Any]) -> str:
    return (
        f"an id has three capitals, a hyphen and three or four digits, as {OWN_ID.format(1)}"
        if column == "figure_id"
        else DATE_RULE
    )


def _rules(frame: pd.DataFrame, library: Library) -> Iterator[Problem]:
    """What the rules of all tables find in the rows, and ids that the record has already."""
    series = library["series"][["series_id", "unit"]]
    yield from row_problems({"figures": frame, "series": series}, library.dictionary)
    ids = {cell for table in library.tables.values() for cell in table.iloc[:, 0]}
    for index, cell in frame["figure_id"].items():
        if cell in ids:
            yield _problem(
                int(str(index)) + 2, "figure_id", "a row of the record has this id; leave the cell empty", cell
            )


def _one_a_cell(problems: list[Problem]) -> list[Problem]:
    """The first problem of each cell, in the order of the rows: one fault is told once."""
    first: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.row, problem.column), problem)
    return sorted(first.values(), key=lambda problem: int(problem.row) if problem.row.isdigit() else 0)


def library_with_own(library: Library, own: OwnFigures) -> Library:
    """A new Library of the record, of what is published of a reader's figures by its day, and of the reader as their source."""
    frame = own.frame
    if library.as_of is not None:
        days = [published_day(row).day for row in frame.to_dict("records")]
        frame = frame[[day is not None and day <= library.as_of for day in days]]
    blank = dict.fromkeys(library["sources"].columns, "")
    reader = {"source_id": SOURCE, "kind": "evidence", "title": "Your own figures", "tier": "not stated"}
    sources = pd.DataFrame([blank | reader]).astype(library["sources"].dtypes)
    tables = library.tables | {
        "figures": pd.concat([library["figures"], frame], ignore_index=True),
        "sources": pd.concat([library["sources"], sources], ignore_index=True),
    }
    return replace(library, tables=tables)


def own_shown(own: OwnFigures, view: View, library: Library, selection: Selection) -> pd.DataFrame:
    """The reader's figures that a view would show among its rows under the same choices; none in views of the brief,
    and in those that put rows together themselves."""
    if view.table != "figures" or view.assembled or selection.values.get("source") == BRIEF_ONLY:
        return own.frame.iloc[:0]
    rows = rows_shown(view, library_with_own(library, own), selection)
    return rows[rows["figure_id"].isin(own.frame["figure_id"])]


def titles_of_views(own: OwnFigures, library: Library) -> dict[str, str]:
    """Where each own figure can be drawn: id of the figure -> titles of the views, whatever else is chosen."""
    found: dict[str, list[str]] = {figure_id: [] for figure_id in own.frame["figure_id"]}
    origins = [
        origin for origin in options_of(parameter_named("origin"), library) if origin in set(own.frame["origin"])
    ]
    of_subject: dict[str, list[dict[str, Any]]] = {
        "origin": [{"origin": origin} for origin in origins],
        "series": [{"series": (series_id,)} for series_id in dict.fromkeys(own.frame["series_id"])],
    }
    for view in LIST:
        subjects = of_subject.get(view.subject[0], []) if view.subject else [{}]
        for chosen in [Selection(view.page, subject) for subject in subjects]:
            for figure_id in own_shown(own, view, library, chosen)["figure_id"]:
                found[figure_id].append(title_of(view, library, chosen))
    return {figure_id: "; ".join(titles) for figure_id, titles in found.items()}


@cached_with_library
def template(library: Library) -> bytes:
    """A file of own figures as CSV: its header, the columns that are needed first, and two rows of the record as examples.

    One is an exact count, one is printed with a hedge; their labels say that they are examples.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(TEMPLATE)
    for row in _examples(library):
        table.writerow([row[name] for name in TEMPLATE])
    return text.getvalue().encode("utf-8")


def _examples(library: Library) -> Iterator[dict[str, Any]]:
    """The newest exact count that is printed as unaccounted for and the brief's, as rows of an own file."""
    titles = library["sources"].set_index("source_id")["title"]
    counts = library["figures"].query("series_id == 'unaccounted_for_total' and mark == 'counts'").sort_values("date")
    exact = counts[(counts["qualifier"] == "exact") & ~counts["flags"].str.contains("printed as missing|inferred")]
    for row in pd.concat([exact.tail(1), counts[counts["source_id"] == BRIEF]]).to_dict("records"):
        shown = {str(name): "" if pd.isna(cell) else cell for name, cell in row.items()}
        found = f"{titles[row['source_id']]}, {row['locator']}".rstrip(", ")
        yield shown | {
            "label": f"Example: {row['label']}",
            "locator": found,
            "published": row["published"] or row["date"],
        }


def columns_of_template(library: Library) -> list[Column]:
    """What the template's columns mean, as the dictionary says it."""
    fields = {field["name"]: field for field in library.fields("figures")}
    return [
        Column(name, _need_of(name), fields[name]["description"], ", ".join(allowed_values(fields[name])))
        for name in TEMPLATE
    ]


def _need_of(name: str) -> str:
    told = {
        "value": "needed, or low and high",
        "locator": "needed: title or address of what you read",
        "scope": "else the title of the series",
        "label": "else the scope",
        "unit": "else the unit of the series, where it has one",
        "mark": "else by hedge and date",
        "low": "for a range",
        "high": "for a range",
    }
    return told.get(name, "needed" if name in NEEDED else "optional")


DATE_RULE = f"a date exists in the calendar, is written as 2012, 2012-06 or 2012-06-28 and lies between {FIRST_YEAR} and {LAST_YEAR}"
CONSTRAINTS: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "required": lambda column, constraints: "this cell is needed, and empty",
    "enum": lambda column, constraints: f"only these words may stand here: {', '.join(constraints['enum'])}",
    "pattern": _pattern,
    "minimum": lambda column, constraints: f"a number is {constraints['minimum']} or more",
    "unique": lambda column, constraints: "this id appears twice",
    "unique-error": lambda column, constraints: "this id appears twice",
    "primary-key": lambda column, constraints: "this id appears twice",
    "type-error": lambda column, constraints: "a number is whole, in digits",
}
OPTIONAL = ("low", "high", "unit", "scope", "label", "breakdown", "country", "origin", "period_start", "mark", "note")
TEMPLATE = (*NEEDED, *OPTIONAL)
