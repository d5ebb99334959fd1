"""Does a workbook show each cell whole, or say that it is cut?"""

import io
from dataclasses import replace

import openpyxl
import pytest

from data.files.extract import Extract
from data.files.sheet_rows import LONGEST_CELL
from data.files.workbook import to_workbook
from data.query.select import Selection
from data.query.views import view_of_table
from data.record.json_text import to_json_bytes
from data.record.load import Library


def workbook_with(library: Library, **cells: object) -> openpyxl.Workbook:
    """A workbook of two figures, the first with these cells."""
    frame = library["figures"].head(2).copy()
    for name, cell in cells.items():
        frame.loc[frame.index[0], name] = cell
    changed = replace(library, tables={**library.tables, "figures": frame})
    extract = Extract(view_of_table(changed, "figures"), changed, Selection("sources-and-data", {}))
    return openpyxl.load_workbook(io.BytesIO(to_workbook(extract)))


def test_no_number_of_a_workbook_is_wider_than_its_column(library: Library) -> None:
    book = workbook_with(library, value=999_999_999_999_999)
    sheet = book["rows"]
    [cell] = [cell for row in sheet.iter_rows() for cell in row if cell.value == 999_999_999_999_999]
    assert sheet.column_dimensions[cell.column_letter].width > len("999,999,999,999,999")


@pytest.mark.parametrize("letter", ["m", "한", "\U0001f5fa"])
def test_a_text_that_no_cell_holds_is_cut_and_says_so(library: Library, letter: str) -> None:
    book = workbook_with(library, note=letter * 40_000)
    [cut] = [cell.value for row in book["data"].iter_rows() for cell in row if str(cell.value).startswith(letter * 9)]
    assert cut.endswith("the CSV file has the whole)") and len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert set(cut.partition(" …")[0]) == {letter}


def test_a_text_that_just_fits_is_whole(library: Library) -> None:
    text = "m" * LONGEST_CELL
    book = workbook_with(library, note=text)
    assert [cell for row in book["data"].iter_rows() for cell in row if cell.value == text]


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_no_json_holds_a_number_that_no_reader_takes(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json_bytes({"latitude": number})
