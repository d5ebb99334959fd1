"""What does a reader's own file of newer figures hold? Bytes in; figures checked by the dictionary of the record out.

The file is held against the same dictionary and the same rules as the tables (`data/check.py`). What can be told from the
row itself may be left out. Own figures stand in a Library of their own making, beside the record and never in it.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from data.own_figures.check import FILE, OwnFileBroken, is_formula, read_grid
from data.query.as_of import BRIEF_ONLY, published_day
from data.query.former import current_cell
from data.query.params import options_of, parameter_named
from data.query.select import Selection
from data.query.views import LIST, View, rows_shown, title_of
from data.record import clock
from data.record.dates import DATE_RULE, PRECISIONS, date_in_words, is_of_our_time, span_of
from data.record.dictionary import MOST_DIGITS, cell_problems, header_problems, reference_problems
from data.record.load import Library, allowed_values, cached_with_library, typed
from data.record.problems import Problem, first_of_each_cell
from data.record.rules import row_problems
from data.record.tables import BRIEF, SERIES_OF_COUNTS

SOURCE = "own-figures"
NEEDED = ("series_id", "date", "value", "qualifier", "as_printed", "attributed_to", "locator", "published")
LEFT_EMPTY = ("source_id", "evidence_id")  # own figures have one source, which is the reader
MADE = ("figure_id", "date_precision", *LEFT_EMPTY)
GROUPED = re.compile(r"\d\d?\d?(?:,\d{3})+", re.ASCII)
# Signs that tables print where there is no number.
NO_NUMBER = ("-", "–", "—", "..", "...", "…", "*", "x", "n/a", "N/A", "NA")
OWN_ID = "OWN-{:03}"
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
    known = [field["name"] for field in library.fields("figures")]
    grid = read_grid(content, known)
    needed = [name for name in NEEDED if not (name == "value" and "low" in grid.header)]
    problems = list(header_problems(FILE, grid.header, known, needed))
    if problems:
        raise OwnFileBroken(problems)
    if not grid.rows:
        raise OwnFileBroken(
            [Problem(FILE, "-", "-", "the file holds no rows below its header: add one for each figure", "-")]
        )
    cells = [dict(zip(grid.header, row, strict=True)) for _, row in grid.rows]
    written = _completed(cells, known, library)
    frame = pd.DataFrame(written, columns=known, index=[number - 2 for number, _ in grid.rows], dtype=str)
    found = [*_cell_problems(frame, cells), *_dictionary_problems(frame, library), *_rules(frame, library)]
    problems = first_of_each_cell(replace(problem, file=FILE) for problem in found)
    if problems:
        raise OwnFileBroken(problems)
    return OwnFigures(typed(frame.reset_index(drop=True), library.dictionary, "figures"), name)


def _problem(row: int, column: str, rule: str, value: str = "-") -> Problem:
    return Problem(FILE, str(row), column, rule, value)


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
    if row["series_id"] != SERIES_OF_COUNTS:
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
        yield cell in NO_NUMBER, "where there is no number the cell stays empty"
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
        yield not is_of_our_time(cell), DATE_RULE
    if column == "published" and is_of_our_time(cell):
        yield (
            span_of(cell).first > clock.today(),
            f"the day of publication is not after today, {date_in_words(clock.today().isoformat())}",
        )
    if column == "flags":
        yield "spine" in cell.split(";"), "the flag spine is kept for the counts of the record"


def _dictionary_problems(frame: pd.DataFrame, library: Library) -> Iterator[Problem]:
    """What breaks the dictionary of figures, its references to other tables too."""
    schema = library.describe("figures")["schema"]
    yield from cell_problems("figures", frame, schema)

    def known(table: str, column: str) -> set[str]:
        return {*library[table][column], *([SOURCE] if table == "sources" else [])}

    yield from reference_problems("figures", frame, schema, known)


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
    counts = library["figures"].query(f"series_id == '{SERIES_OF_COUNTS}' and mark == 'counts'").sort_values("date")
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


OPTIONAL = ("low", "high", "unit", "scope", "label", "breakdown", "country", "origin", "period_start", "mark", "note")
TEMPLATE = (*NEEDED, *OPTIONAL)
