"""How do rows stand in an Excel workbook? Four sheets: read me, data, dictionary, sources."""

import io
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter

from data.files.extract import GUARD, Extract
from data.record.load import allowed_values

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDE = {"note", "text", "summary", "title", "meaning", "why", "description", "locator", "attributed_to", "as_printed"}
COUNTED = {"value", "low", "high", "number"}
LONGEST_CELL = 32_767  # of the file format; a longer text would be dropped by the writer
Cells = list[list[Any]]


def to_workbook(extract: Extract) -> bytes:
    """XLSX in which every text is a text, whatever it begins with, and every number a number; the same bytes each time."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, PLAIN)
    made = datetime.fromisoformat(str(extract.library.dictionary["created"])[:10])
    book.set_properties({"title": extract.title, "subject": f"Filters: {extract.filters}", "created": made})
    _read_me(book, extract)
    _sheet(book, "data", [list(extract.frame.columns), *_cells(extract.frame)])
    _sheet(book, "dictionary", _dictionary(extract))
    _sheet(book, "sources", [list(extract.sources.columns), *_cells(extract.sources)])
    book.close()
    return file.getvalue()


def _read_me(book: Any, extract: Extract) -> None:
    told = {**extract.about, "formulas": GUARD.replace("CSV files", "the CSV files")}
    sheet = book.add_worksheet("read me")
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


def _sheet(book: Any, name: str, rows: Cells) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    thousands, plain = book.add_format({"num_format": "#,##0"}), None
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(rows[0]) - 1)
    for column, title in enumerate(rows[0]):
        sheet.set_column(column, column, 44 if str(title) in WIDE else 17)
        sheet.write_string(0, column, str(title), bold)
    for number, row in enumerate(rows[1:], 1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, thousands if rows[0][column] in COUNTED else plain)


def _write(sheet: Any, row: int, column: int, cell: Any, look: Any = None) -> None:
    """A cell as what it is: a number, a text, or nothing where it is missing. ValueError for a text that no cell can hold."""
    if pd.isna(cell) or cell == "":
        return
    if isinstance(cell, str):
        if len(cell) > LONGEST_CELL:
            raise ValueError(f"row {row + 1}, column {column + 1}: a cell of {len(cell):,} characters fits no workbook")
        sheet.write_string(row, column, cell)
    else:
        sheet.write_number(row, column, cell, look)
