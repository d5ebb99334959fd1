"""How does a person read the rows in a spreadsheet? In at most 12 columns, numbers as numbers and days as days.

The hedge stands in words beside each number. A day is a date only where the source gives a day; the column beside it says
in words what is known of a month, a year or a period. The columns that only programs need are on a sheet of their own.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

import pandas as pd

from data.files.extract import Extract, with_sources
from data.query.address import address_of_card
from data.query.readable import DAYS, WITHOUT_COMMAS, cell_in_words, is_technical
from data.query.rows import tables_with_ids
from data.record.dates import date_in_words, period_in_words, year_of
from data.record.load import Library
from data.record.wording import Row, figure_in_words, number_with_noun, quoted_wording, value_in_words, when_in_words

MOST_COLUMNS = 12
WHAT, PRINTED, NUMBER, LOW, HIGH = "What", "Number as printed", "Number", "Lower end", "Upper end"
DATE, DATE_SIGN = "Date", "\u2003"
DAY, WHEN, YEAR, CARD = "Day", "Date in words", "Year", "Address of the record"
COMPUTED = "Computed by this dashboard"
# Of tables with more columns than a person reads at once, those that come first.
READ_FIRST = {
    "places": ("name", "local_name", "country", "roles", "latitude", "longitude", "coordinate_precision", "note"),
    "sources": ("title", "author", "publisher", "tier", "published", "accessed", "url", "note"),
    "then_and_now": ("topic", "brief", "now", "change", "later_versions", "note"),
}
# Columns of statements that stand between what a row is about and its number, and after the number, under their titles.
BEFORE_NUMBER = {"events": {"Topic": "lane", "Status": "status"}}
AFTER_NUMBER = {"burial_estimates": {"Place": "place_as_named"}}
COUNTRY = {"Country": "country"}
# The first year that a spreadsheet has days of.
FIRST_YEAR = 1900
Look = Literal["text", "wide", "number", "plain", "day"]


# Columns from which cells of several are made.
NUMBERS = ("qualifier", "value", "low", "high", "unit", "number", "number_qualifier", "number_unit")
WORDING = ("as_printed", "language", "translation", "kind")
DATES = ("date", "start", "end", "period_start", "date_precision", "flags", "tier", "published")
SOURCE = ("source_id", "kind", "source_published", "source_title", "source_publisher", "told_by")
ABOUT = ("series_title", "scope", "label", "row_scope", "status", "kind", "place_as_named", "measure", "title")


class Column(NamedTuple):
    """A column of the sheet: its title, how its cells look, the columns of the rows that they are made from, and what makes
    one of a row of those; an empty cell is None."""

    title: str
    look: Look
    reads: tuple[str, ...]
    cell_of: Callable[[Row], Any]

    def keys(self, rows: pd.DataFrame) -> list[tuple[Any, ...]]:
        """What the cell of each row is made from: equal keys make the same cell."""
        return list(zip(*(rows[name].tolist() for name in self.reads), strict=True))

    def cell(self, key: tuple[Any, ...]) -> Any:
        return self.cell_of(dict(zip(self.reads, key, strict=True)))

    def cells(self, rows: pd.DataFrame) -> list[Any]:
        keys = self.keys(rows)
        made = {key: self.cell(key) for key in dict.fromkeys(keys)}
        return [made[key] for key in keys]


def reader_columns(extract: Extract) -> list[Column]:
    """The columns in which a person reads the rows of an extract; a column without any cell is left out."""
    table, names = extract.view.table, set(extract.head.columns)
    about = WHAT_OF.get(table)
    columns = _columns_of_statements(table, about) if about else _described_columns(extract)
    if table in tables_with_ids(extract.library):
        id_name = str(extract.head.columns[0])
        columns.append(_texts(CARD, (id_name,), lambda row: address_of_card(extract.base, str(row[id_name])), "wide"))
    columns = [column._replace(reads=tuple(name for name in column.reads if name in names)) for column in columns]
    return _with_a_cell([column for column in columns if column.reads], extract.frames())


def _with_a_cell(columns: Sequence[Column], frames: Iterable[pd.DataFrame]) -> list[Column]:
    """Those of the columns that have a cell in any row."""
    missing = list(columns)
    for frame in frames:
        missing = [column for column in missing if all(cell is None for cell in column.cells(frame))]
        if not missing:
            break
    return [column for column in columns if column not in missing]


def _columns_of_statements(table: str, about: Callable[[Row], str]) -> list[Column]:
    """Columns of figures, operations, estimates and events."""
    return [
        _texts(WHAT, ABOUT, about, "wide"),
        *_named(BEFORE_NUMBER.get(table, {})),
        _texts(PRINTED, NUMBERS + WORDING, lambda row: _number_in_words(_with_number(row)), "wide"),
        *(_number_of(*named) for named in ((NUMBER, "value", "number"), (LOW, "low"), (HIGH, "high"))),
        *_named(AFTER_NUMBER.get(table, COUNTRY)),
        *_dated((DAY, WHEN)),
        _texts("Attributed to", ("attributed_to",), lambda row: row["attributed_to"], "wide"),
        _texts("Source", SOURCE, _source_in_words, "wide"),
    ]


def columns_on_screen(library: Library, table: str, rows: pd.DataFrame) -> dict[str, list[str]]:
    """Rows of figures, operations, estimates or events as a page shows them: texts by title; empty for other tables.

    A date is two texts with DATE_SIGN between them: as it is written, by which it sorts, and in words.
    """
    about = WHAT_OF.get(table)
    if about is None:
        return {}
    records = with_sources(library, rows).to_dict("records")
    named = {**BEFORE_NUMBER.get(table, {}), **AFTER_NUMBER.get(table, COUNTRY)}
    cells = {title: [str(row[name]).replace(";", "; ") for row in records] for title, name in named.items()}
    return {
        WHAT: [about(row) for row in records],
        **{title: cells[title] for title in BEFORE_NUMBER.get(table, {})},
        PRINTED: [_number_in_words(_with_number(row)) for row in records],
        **{title: cells[title] for title in AFTER_NUMBER.get(table, COUNTRY)},
        DATE: [f"{_day_of(row)}{DATE_SIGN}{_when(row)}" if _day_of(row) else "" for row in records],
        "Attributed to": [str(row["attributed_to"]) for row in records],
        "Source": [_source_in_words(row) for row in records],
    }


def _described_columns(extract: Extract) -> list[Column]:
    """Columns of tables that hold no statements, in words under the titles of the dictionary."""
    fields = {entry["name"]: entry for entry in extract.fields}
    of_table = [name for name in fields if not is_technical(list(fields), name)]
    shown = [name for name in of_table if name != "end" and not name.startswith("source_")]
    first = READ_FIRST.get(extract.view.table, ())
    named = first if first and set(first) <= set(fields) else shown
    return [column for name in named for column in _described(extract.library, fields[name])]


def _described(library: Library, field: dict[str, Any]) -> list[Column]:
    """The columns in which a person reads a column of the table: of a day three."""
    name, title = field["name"], field["title"]
    if name in ("start", "published"):
        return _dated((DAY, WHEN) if name == "start" else (f"{title} (day)", title))
    if name in DAYS:
        return [Column(title, "day", (name,), lambda row: _day_or_words(row[name]))]
    if field["type"] == "string":
        return [_texts(title, (name,), lambda row: cell_in_words(library, field, row[name]), "wide")]
    look: Look = "plain" if name in WITHOUT_COMMAS else "number"
    return [Column(title, look, (name,), lambda row: _number(row[name]))]


def _named(names: dict[str, str]) -> list[Column]:
    return [
        _texts(title, (name,), lambda row: str(next(iter(row.values()))).replace(";", "; "))
        for title, name in names.items()
    ]


def _texts(title: str, reads: tuple[str, ...], text_of: Callable[[Row], Any], look: Look = "text") -> Column:
    def cell_of(row: Row) -> str | None:
        text = text_of(row)
        return None if pd.isna(text) or text == "" else str(text)

    return Column(title, look, reads, cell_of)


def _number_of(title: str, *names: str) -> Column:
    """A number that stands in the first of these columns that a table has."""
    return Column(title, "number", names, lambda row: _number(next(iter(row.values()))))


def _number(cell: Any) -> int | float | None:
    if pd.isna(cell):
        return None
    return int(cell) if float(cell) == int(cell) else float(cell)


def _dated(titles: tuple[str, str]) -> list[Column]:
    """When a row was true: as a day that sorts, in words, and the year."""
    return [
        Column(titles[0], "day", DATES, lambda row: _real_day(_day_of(row))),
        _texts(titles[1], DATES, _when),
        Column(YEAR, "plain", DATES, lambda row: int(year_of(_day_of(row))) if _day_of(row) else None),
    ]


def _day_or_words(written: str) -> date | str | None:
    return _real_day(written) or date_in_words(written) if written else None


def _real_day(written: str) -> date | None:
    """The day of a date that is written to the day; None for a month or a year, in which no day is printed."""
    is_day = len(written) == len("2012-07-03") and int(year_of(written)) >= FIRST_YEAR
    return date.fromisoformat(written) if is_day else None


def _day_of(row: Row) -> str:
    """The written date that a row is sorted by: of a figure its as-of day, of what lasted a time its first."""
    return next(
        (str(row[name]) for name in ("date", "start", "end") if row.get(name)),
        str(row.get("published", "")) if "tier" in row else "",
    )


def _when(row: Row) -> str:
    if "date" in row:
        return when_in_words(row) if row["date"] else ""
    if "start" in row:
        return period_in_words(row["start"] or row["end"], row["end"] or row["start"]) if _day_of(row) else ""
    return date_in_words(row["published"]) if row["published"] else ""


def _with_number(row: Row) -> Row:
    """The row with its number and hedge under the names that figures have for them."""
    if "qualifier" in row:
        return row
    ends = {"value": row["number"], "low": pd.NA, "high": pd.NA}
    return {**row, **ends, "qualifier": row["number_qualifier"], "unit": row["number_unit"]}


def _number_in_words(row: Row) -> str:
    """The number with hedge and unit, and the wording of the source where that says it in another way."""
    if not row["qualifier"]:
        return ""
    words, wording = figure_in_words(row), str(row.get("as_printed") or "")
    if row.get("kind") == "computed":
        return f"{words} (computed)"
    same = {text.replace(",", "") for text in (value_in_words(row), words)}
    return words if not wording or wording.replace(",", "") in same else f"{words}: {quoted_wording(row)}"


def _source_in_words(row: Row) -> str:
    """The document by title, publisher and date; of an event that several report, how many others there are."""
    if not row["source_id"]:
        return COMPUTED if row.get("kind") == "computed" else ""
    day = date_in_words(row["source_published"]) if row["source_published"] else ""
    named = ", ".join(part for part in (row["source_title"], row["source_publisher"], day) if part)
    others = len(set(str(row.get("told_by", "")).split(";")) - {row["source_id"], ""})
    return f"{named}; and {number_with_noun(others, 'other source')}" if others else named


def _what_figure(row: Row) -> str:
    """What is counted, and of whom: the title of the series and the scope; of a computed row its label."""
    return _joined(": ", row.get("series_title"), row["scope"]) or str(row["label"])


def _what_operation(row: Row) -> str:
    """The kind of operation and its place; that a number is cumulative, annual or planned is said with it."""
    more = [
        row["row_scope"] if row["row_scope"] != "event" else "",
        row["status"] if row["status"] != "happened" else "",
    ]
    return _joined(": ", _joined(", ", row["kind"], *more), row["place_as_named"])


def _joined(between: str, *parts: Any) -> str:
    return between.join(dict.fromkeys(str(part) for part in parts if part and not pd.isna(part)))


WHAT_OF: dict[str, Callable[[Row], str]] = {
    "figures": _what_figure,
    "operations": _what_operation,
    "burial_estimates": lambda row: str(row["measure"]),
    "events": lambda row: str(row["title"]),
}
