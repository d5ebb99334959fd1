"""How do rows become the rows of a sheet in a workbook's XML? Some at a time, so that a sheet of any length needs no memory.

A text stands in its own cell, and not in a list of all texts that a workbook would have to hold until it ends.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from data.files.rows_as_text import Texts, Writing, bytes_of, joined, texts_of

# Of the file format, which counts a letter beyond the first plane of Unicode as two, and knows no control characters.
LONGEST_CELL = 32_767
CUT = " … (cut: a cell of a workbook holds no more; the CSV file has the whole)"
MOST_ROWS = 1_048_575  # of the file format, but for the head
ESCAPE, CONTROL = re.compile("_x[0-9a-fA-F]{4}_"), re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
MARKUP = re.compile("[&<>]")
# Found wherever a text has to be escaped, in the pattern language of Arrow, and where its ends are no plain letters.
SPECIAL = "^$|^[^!-~]|[^!-~]$|[&<>\\x00-\\x08\\x0b-\\x1f\\x{fffe}\\x{ffff}]|_x"
# Days of the format are counted from here; it has a day in 1900 that the calendar has not.
FIRST_DAY, LEAP_DAY = date(1899, 12, 31), 59
# Height of a line in points.
LINE = 15


def letters_of(column: int) -> str:
    """The letters of a column, the first of which is 0."""
    return str(xl_col_to_name(column))


def row_numbers(first: int, count: int) -> Texts:
    """The numbers of rows, as their cells name them."""
    return texts_of([str(number) for number in range(first, first + count)])


def rows_of_sheet(numbers: Texts, columns: Iterable[tuple[str, Texts]], heights: Texts | str = "") -> bytes:
    """Rows of a sheet: their numbers, the letters of each column with what `cell_in_xml` made of its cells, and
    what `height_in_xml` made of their heights."""
    cells = [joined(f'<c r="{letters}', numbers, texts) for letters, texts in columns]
    return bytes_of('<row r="', numbers, '"', heights, ">", *cells, "</row>")


def height_in_xml(lines: int) -> str:
    """The height of a row with so many lines; nothing for one, which every sheet has."""
    return f' ht="{LINE * lines}" customHeight="1"' if lines > 1 else ""


def cell_writing(style: str) -> Writing:
    """How the cells of a column are written from behind their places on."""
    before = cell_in_xml("-", style)
    assert before is not None, "a text is a cell"
    opening, _, closing = before.partition("-")
    return Writing(partial(cell_in_xml, style=style), SPECIAL, opening, closing, LONGEST_CELL // 2)


def cell_in_xml(cell: Any, style: str) -> str | None:
    """A cell from behind its place on, as what it is: a number, a day or a text; None where it is missing."""
    styled = f'" s="{style}"' if style else '"'
    if isinstance(cell, str):
        if not cell:
            return None
        space = "" if cell == cell.strip() else ' xml:space="preserve"'
        return f'{styled} t="inlineStr"><is><t{space}>{_escaped(fitting(cell))}</t></is></c>'
    if pd.isna(cell):
        return None
    number = _day_number(cell) if isinstance(cell, date) else cell
    return f"{styled}><v>{number:.16G}</v></c>"


def fitting(text: str) -> str:
    """A text as a cell of a workbook holds it."""
    if len(text) <= LONGEST_CELL // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT))]
    return units.decode("utf-16-le", errors="ignore") + CUT


def _escaped(text: str) -> str:
    if "_x" in text:
        text = ESCAPE.sub(lambda found: f"_x005F{found[0]}", text)
    if CONTROL.search(text):
        text = CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if MARKUP.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _day_number(day: date) -> int:
    days = (day - FIRST_DAY).days
    return days + (days > LEAP_DAY)
