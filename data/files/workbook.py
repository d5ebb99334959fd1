"""How do rows stand in an Excel workbook? First as a person reads them; then read me, data, dictionary, sources.

Each sheet prints in landscape, as wide as the paper, with its head on every page.
"""

import io
from datetime import date, datetime, time
from math import ceil
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
import xlsxwriter

from data.files.extract import GUARD, Extract
from data.files.reader_sheet import Column, reader_columns
from data.record.load import allowed_values

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDE = {"note", "text", "summary", "title", "meaning", "why", "description", "locator", "attributed_to", "as_printed"}
COUNTED = {"value", "low", "high", "number"}
# Of the file format, which counts a letter beyond the first plane of Unicode as two; a longer text would be dropped by the writer.
LONGEST_CELL = 32_767
CUT = " … (cut: a cell of a workbook holds no more; the CSV file has the whole)"
LONGEST_HEADER = 255  # of the file format
# Widths of the columns that a person reads, in letters, and how their cells look.
WIDTHS = {"text": 21, "wide": 36, "number": 12, "plain": 10, "day": 19}
# Height of a line in points, and how much of a line words fill before they break.
LINE, FILLED = 15, 0.88
LOOKS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "wide": {"text_wrap": True},
    "number": {"num_format": "#,##0"},
    "plain": {"align": "left"},
    "day": {"num_format": "d mmmm yyyy", "align": "left"},
}
SHEETS = "rows: the rows as a person reads them. data: the same rows with every column, for programs. dictionary: what those columns mean. sources: the documents."
DAYS = "On the first sheet a day appears only where the source gives one; the column beside it says in words what is known of a month, a year or a period. Of a period the day is the last one for a count, the first one for an operation or an event."
Cells = list[list[Any]]


def to_workbook(extract: Extract) -> bytes:
    """XLSX in which every text is a text, whatever it begins with, and every number a number; the same bytes each time."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, PLAIN)
    made = datetime.fromisoformat(str(extract.library.dictionary["created"])[:10])
    book.set_properties({"title": extract.title, "subject": f"Filters: {extract.filters}", "created": made})
    _rows(book, extract)
    _read_me(book, extract)
    _sheet(book, extract, "data", [list(extract.frame.columns), *_cells(extract.frame)])
    _sheet(book, extract, "dictionary", _dictionary(extract))
    _sheet(book, extract, "sources", [list(extract.sources.columns), *_cells(extract.sources)])
    book.close()
    return file.getvalue()


def _rows(book: Any, extract: Extract) -> None:
    """The sheet that opens: a head, and each row in at most 12 columns."""
    sheet, columns = _printable(book, extract, "rows"), reader_columns(extract)
    looks = {name: book.add_format({"valign": "top", **look}) for name, look in LOOKS.items()}
    _head(book, sheet, [column.title for column in columns], len(extract.frame))
    for number in range(len(extract.frame)):
        sheet.set_row(number + 1, LINE * max(_lines(column.cells[number], WIDTHS[column.look]) for column in columns))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column))
        for number, cell in enumerate(column.cells, 1):
            _write(sheet, number, place, cell, looks[column.look])


def _lines(cell: Any, width: int) -> int:
    """How many lines a cell takes in a column so wide: no program works that out for a sheet that it did not write."""
    letters = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in cell) if isinstance(cell, str) else 1
    return ceil(letters / (width * FILLED)) or 1


def _width(column: Column) -> int:
    """The width of a column in letters; of numbers as wide as the longest, which a sheet shows as ### where it does not fit."""
    if column.look != "number":
        return WIDTHS[column.look]
    return max(WIDTHS["number"], *(len(f"{cell:,}") + 2 for cell in column.cells if cell is not None), 0)


def _fitting(text: str) -> str:
    """A text as a cell of a workbook holds it."""
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT))]
    return units.decode("utf-16-le", errors="ignore") + CUT


def _read_me(book: Any, extract: Extract) -> None:
    told = {**extract.about, "formulas": GUARD.replace("CSV files", "the CSV files"), "sheets": SHEETS, "days": DAYS}
    sheet = _printable(book, extract, "read me")
    sheet.set_column(0, 0, 18, book.add_format({"bold": True, "valign": "top"}))
    sheet.set_column(1, 1, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, (name, cell) in enumerate(told.items()):
        sheet.write_string(row, 0, name.replace("_", " "))
        _write(sheet, row, 1, cell)


def _dictionary(extract: Extract) -> Cells:
    head = ["column", "name", "type", "meaning", "allowed values"]
    return [head, *([*_of_field(entry)] for entry in extract.fields)]


def _of_field(entry: dict[str, Any]) -> tuple[str, str, str, str, str]:
    return entry["name"], entry["title"], entry["type"], entry["description"], ", ".join(allowed_values(entry))


def _cells(frame: pd.DataFrame) -> Cells:
    return [list(row) for row in frame.itertuples(index=False)]


def _sheet(book: Any, extract: Extract, name: str, rows: Cells) -> None:
    sheet = _printable(book, extract, name)
    thousands, plain = book.add_format({"num_format": "#,##0"}), None
    _head(book, sheet, [str(title) for title in rows[0]], len(rows) - 1)
    for column, title in enumerate(rows[0]):
        sheet.set_column(column, column, 44 if str(title) in WIDE else 17)
    for number, row in enumerate(rows[1:], 1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, thousands if rows[0][column] in COUNTED else plain)


def _printable(book: Any, extract: Extract, name: str) -> Any:
    """A sheet that prints in landscape, as wide as the paper, with what it is above and below."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    title = extract.title.replace("&", "&&")
    sheet.set_header(f"&L{title}"[:LONGEST_HEADER])
    sheet.set_footer(f"&LData version {extract.library.version}&RPage &P of &N")
    return sheet


def _head(book: Any, sheet: Any, titles: list[str], rows: int) -> None:
    """The titles of a table in its first row, which stays in sight, stands on each printed page, and filters."""
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    sheet.set_row(0, 2 * LINE)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(rows, 1), len(titles) - 1)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)


def _write(sheet: Any, row: int, column: int, cell: Any, look: Any = None) -> None:
    """A cell as what it is: a number, a day, a text, or nothing where it is missing. A text that is too long ends in a sentence that says so."""
    if pd.isna(cell) or cell == "":
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time()), look)
    elif isinstance(cell, str):
        sheet.write_string(row, column, _fitting(cell), look)
    else:
        sheet.write_number(row, column, cell, look)
