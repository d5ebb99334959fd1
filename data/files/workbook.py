"""How do rows stand in an Excel workbook? First as a person reads them; then read me, data, dictionary, sources.

Each sheet prints in landscape, as wide as the paper, with its head on every page. A workbook is made with the heads of its
rows alone; the rows are written into their sheets as the file leaves, some at a time.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from functools import lru_cache, partial
from math import ceil
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
import xlsxwriter

from data.files.extract import GUARD, Extract
from data.files.reader_sheet import Column, reader_columns
from data.files.rows_as_text import slices, texts_of, written
from data.files.sheet_rows import (
    LINE,
    MOST_ROWS,
    cell_in_xml,
    cell_writing,
    fitting,
    height_in_xml,
    letters_of,
    row_numbers,
    rows_of_sheet,
)
from data.files.zip_pieces import LARGE, Member, zip_pieces
from data.record.load import allowed_values

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDE = {"note", "text", "summary", "title", "meaning", "why", "description", "locator", "attributed_to", "as_printed"}
COUNTED = {"value", "low", "high", "number"}
LONGEST_HEADER = 255  # of the file format
# Widths of the columns that a person reads, in letters, and how their cells look.
WIDTHS = {"text": 21, "wide": 36, "number": 12, "plain": 10, "day": 19}
# How much of a line words fill before they break.
FILLED = 0.88
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
# The sheets whose rows come later, where in the file they stand, and what in it says how they look and where they go.
ROWS, DATA = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"
LOOKS_ROW, STYLE = re.compile('<row r="2".*?</row>'), re.compile(r'<c r="([A-Z]+)2" s="(\d+)"/>')
SIZE, END_OF_ROWS = re.compile('(?<=<dimension ref=")[^"]*'), "</sheetData>"
# Different cells of a column that are remembered as they were written.
REMEMBERED = 2048
# To tell how long a sheet will be, one of so many batches is made; and what is added for the others.
MEASURED, MARGIN = 16, 1.3
# Rows as they stand in a sheet, of a frame whose first has this number.
Batch = Callable[[int, pd.DataFrame], bytes]


def to_workbook(extract: Extract) -> bytes:
    return b"".join(workbook_of(extract))


def workbook_of(extract: Extract) -> Iterator[bytes]:
    """XLSX in which every text is a text, whatever it begins with, and every number a number; the same bytes each time."""
    columns = reader_columns(extract)
    shell = zipfile.ZipFile(io.BytesIO(_shell(extract, columns)))
    makers = {ROWS: partial(_reader_rows, columns), DATA: partial(_data_rows, list(extract.head.columns))}
    return zip_pieces(_member(extract, name, shell.read(name), makers.get(name)) for name in shell.namelist())


def _member(extract: Extract, name: str, content: bytes, maker: Callable[[dict[str, str]], Batch] | None) -> Member:
    """A file of the workbook; a sheet of rows with its rows, which are written as it leaves."""
    xml = content.decode("utf-8") if maker else ""
    if maker is None or END_OF_ROWS not in xml:
        return Member(name, [content])
    batch = maker(dict(STYLE.findall("".join(LOOKS_ROW.findall(xml)))))
    return Member(name, _sheet_pieces(extract, LOOKS_ROW.sub("", xml), batch), _may_be_large(extract, batch))


def _sheet_pieces(extract: Extract, xml: str, batch: Batch) -> Iterator[bytes]:
    """A sheet with a head from its first byte to its last, with the rows of an extract in their place."""
    count = min(len(extract.rows), MOST_ROWS)
    head, end, rest = SIZE.sub(lambda size: f"{size[0].rstrip('0123456789')}{count + 1}", xml, count=1).partition(
        END_OF_ROWS
    )
    yield head.encode("utf-8")
    number = 2
    for frame in extract.frames(MOST_ROWS):
        yield batch(number, frame)
        number += len(frame)
    yield (end + rest).encode("utf-8")


def _may_be_large(extract: Extract, batch: Batch) -> bool:
    """Whether a sheet of these rows may be too long for the plain form of a ZIP."""
    every = list(slices(extract.rows.iloc[:MOST_ROWS]))[::MEASURED]
    if len(extract.rows) <= MEASURED * len(every[0] if every else ()):
        return False
    length = sum(len(batch(MOST_ROWS, extract.with_sources(rows))) for rows in every)
    return MARGIN * length * len(extract.rows) / sum(map(len, every)) > LARGE


def _reader_rows(columns: Sequence[Column], styles: dict[str, str]) -> Batch:
    """What writes rows as a person reads them, each as high as its longest cell."""
    places = [letters_of(place) for place in range(len(columns))]
    makers = [
        lru_cache(REMEMBERED)(partial(_cell_and_lines, column, styles.get(letters, "")))
        for column, letters in zip(columns, places, strict=True)
    ]

    def batch(first: int, frame: pd.DataFrame) -> bytes:
        made = [[make(key) for key in column.keys(frame)] for make, column in zip(makers, columns, strict=True)]
        lines = map(max, *([lines for _, lines in cells] for cells in made), [0] * len(frame))
        texts = [texts_of([xml for xml, _ in cells]) for cells in made]
        return rows_of_sheet(
            row_numbers(first, len(frame)), zip(places, texts, strict=True), texts_of(list(map(height_in_xml, lines)))
        )

    return batch


def _cell_and_lines(column: Column, style: str, key: tuple[Any, ...]) -> tuple[str | None, int]:
    cell = column.cell(key)
    return cell_in_xml(cell, style), _lines(cell, WIDTHS[column.look])


def _data_rows(names: Sequence[str], styles: dict[str, str]) -> Batch:
    """What writes rows with every column."""
    places = [letters_of(place) for place in range(len(names))]

    def batch(first: int, frame: pd.DataFrame) -> bytes:
        texts = [
            written(frame[name], cell_writing(styles.get(letters, "")))
            for name, letters in zip(names, places, strict=True)
        ]
        return rows_of_sheet(row_numbers(first, len(frame)), zip(places, texts, strict=True))

    return batch


def _shell(extract: Extract, columns: Sequence[Column]) -> bytes:
    """The workbook with the heads of its rows, and in their second line how the cells look."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, PLAIN)
    made = datetime.fromisoformat(str(extract.library.dictionary["created"])[:10])
    book.set_properties({"title": extract.title, "subject": f"Filters: {extract.filters}", "created": made})
    _rows(book, extract, columns)
    _read_me(book, extract)
    _sheet(book, extract, "data", [list(extract.head.columns)], len(extract.rows))
    _sheet(book, extract, "dictionary", _dictionary(extract))
    _sheet(book, extract, "sources", [list(extract.sources.columns), *_cells(extract.sources)])
    book.close()
    return file.getvalue()


def _rows(book: Any, extract: Extract, columns: Sequence[Column]) -> None:
    """The head of the sheet that opens, which has at most 12 columns."""
    sheet = _printable(book, extract, "rows")
    looks = {name: book.add_format({"valign": "top", **look}) for name, look in LOOKS.items()}
    _head(book, sheet, [column.title for column in columns], len(extract.rows))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column, extract.rows))
        sheet.write_blank(1, place, None, looks[column.look])


def _lines(cell: Any, width: int) -> int:
    """How many lines a cell takes in a column so wide: no program works that out for a sheet that it did not write."""
    if not isinstance(cell, str):
        return 1
    letters = len(cell) if cell.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in cell)
    return ceil(letters / (width * FILLED)) or 1


def _width(column: Column, rows: pd.DataFrame) -> int:
    """The width of a column in letters; of numbers as wide as the longest, which a sheet shows as ### where it does not fit."""
    if column.look != "number":
        return WIDTHS[column.look]
    different = rows[list(column.reads)].drop_duplicates()
    longest = [len(f"{cell:,}") + 2 for cell in column.cells(different) if cell is not None]
    return max(WIDTHS["number"], *longest, 0)


def _read_me(book: Any, extract: Extract) -> None:
    told = {**extract.about, "formulas": GUARD.replace("CSV files", "the CSV files"), "sheets": SHEETS, "days": DAYS}
    if len(extract.rows) > MOST_ROWS:
        told["cut"] = f"A sheet holds {MOST_ROWS:,} rows; the CSV file has all of them."
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


def _sheet(book: Any, extract: Extract, name: str, rows: Cells, later: int = 0) -> None:
    """A sheet of rows under their head; `later` says how many more will stand there, which look as the second line does."""
    sheet = _printable(book, extract, name)
    thousands, plain = book.add_format({"num_format": "#,##0"}), None
    _head(book, sheet, [str(title) for title in rows[0]], len(rows) - 1 + later)
    for column, title in enumerate(rows[0]):
        sheet.set_column(column, column, 44 if str(title) in WIDE else 17)
        if later and title in COUNTED:
            sheet.write_blank(1, column, None, thousands)
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
        sheet.write_string(row, column, fitting(cell), look)
    else:
        sheet.write_number(row, column, cell, look)
