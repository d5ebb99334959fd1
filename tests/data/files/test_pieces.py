"""The pieces of a file are the bytes that the standard writers make of all rows at once, however many rows a piece holds."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest

from data.files import rows_as_text
from data.files.csv_rows import to_csv_bytes
from data.files.export import FORMATS
from data.files.extract import Extract, records_of
from data.files.formula_guard import guarded
from data.files.geo_formats import PRECISE, geometry_of, points_of
from data.files.sheet_rows import cell_in_xml
from data.files.workbook import DATA
from data.files.zip_pieces import Member, zip_pieces
from data.query.select import Selection
from data.query.views import view_of_table
from data.record.json_text import to_json_bytes
from data.record.load import Library

IN_PIECES = [chosen for chosen in FORMATS.values() if chosen.pieces is not None]
# Texts that one format or another has to write in a way of its own.
ODD = (
    "",
    "=1",
    " -1",
    "\u3000=1",
    "\x85-1",
    "x;\t+1",
    "a,b",
    'a"b',
    "a\nb\r",
    "a\\b",
    "\x07",
    "é한\U0001f5fa",
    "<&>",
    " x ",
)
ODD_NUMBERS = (0, -5, 7954, 10**15)


@pytest.fixture(params=[7, 10_000])
def rows_of_a_piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(rows_as_text, "ROWS_AT_A_TIME", request.param)
    return int(request.param)


def extracts(library: Library) -> Iterator[Extract]:
    """The first rows of every table with odd texts and numbers in every fifth, and every table without any row."""
    for table in library.tables:
        rows = library[table].head(90)
        for changed in (with_odd_cells(rows), rows.iloc[:0]):
            tables = replace(library, tables={**library.tables, table: changed})
            yield Extract(view_of_table(tables, table), tables, Selection("sources-and-data", {}), "http://here")


def with_odd_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with odd cells in its notes and numbers."""
    changed = frame.copy()
    for name in [name for name in ("note", "label", "locator", "value", "number", "country") if name in frame]:
        odd = ODD_NUMBERS if pd.api.types.is_numeric_dtype(frame[name]) else ODD
        rows = range(0, len(frame), 5)
        changed.iloc[rows, frame.columns.get_loc(name)] = [odd[row // 5 % len(odd)] for row in rows]
    return changed


def as_csv(extract: Extract) -> bytes:
    """What pandas makes of the frame, each text guarded."""
    frame = extract.frame
    texts = [name for name in frame if pd.api.types.is_string_dtype(frame[name])]
    safe = frame.assign(**{name: frame[name].map(guarded, na_action="ignore") for name in texts})
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8")


def as_json(extract: Extract) -> bytes:
    parts = {"sources": extract.sources, "cautions": extract.cautions, "parts_of_computed_rows": extract.parts}
    rows = {"data": extract.frame, **parts}
    about = {"about": extract.about, "fields": extract.fields}
    return to_json_bytes(about | {name: _records(frame) for name, frame in rows.items()})


def as_geojson(extract: Extract) -> bytes:
    points = points_of(extract.library)
    features = [
        {
            "type": "Feature",
            "id": next(iter(row.values())),
            "geometry": geometry_of(row, extract.view.table, points),
            "properties": row,
        }
        for row in _records(extract.frame)
    ]
    about = {**extract.about, "precision": PRECISE}
    sources = _records(extract.sources)
    return to_json_bytes({"type": "FeatureCollection", "about": about, "features": features, "sources": sources})


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.to_dict("records")
    return [{str(name): None if pd.isna(cell) else cell for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize(("name", "write"), [("CSV", as_csv), ("JSON", as_json), ("GeoJSON", as_geojson)])
def test_the_pieces_are_the_bytes_of_the_standard_writers(
    library: Library, rows_of_a_piece: int, name: str, write: Any
) -> None:
    compared = 0
    for extract in extracts(library):
        if FORMATS[name].holds(extract.view.table):
            assert FORMATS[name].to_bytes(extract) == write(extract), extract.view.table
            compared += 1
    assert compared >= 10


def test_a_workbook_holds_the_same_whatever_a_piece_holds(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    extract = next(extracts(library))
    whole = FORMATS["Excel"].to_bytes(extract)
    monkeypatch.setattr(rows_as_text, "ROWS_AT_A_TIME", 7)
    assert FORMATS["Excel"].to_bytes(extract) == whole


def test_the_size_that_a_sheet_says_it_has_is_the_size_it_has(library: Library) -> None:
    for extract in [extract for extract in extracts(library) if extract.view.table in ("figures", "places")]:
        book = openpyxl.load_workbook(io.BytesIO(FORMATS["Excel"].to_bytes(extract)), read_only=True)
        sheet = book["data"]
        said = sheet.calculate_dimension(force=True)
        sheet.reset_dimensions()
        assert said == sheet.calculate_dimension(force=True) or not len(extract.rows), extract.view.table
        assert sheet.max_row == len(extract.rows) + 1 and sheet.max_column == len(extract.head.columns)


def test_a_sheet_has_no_text_that_an_xml_reader_refuses(library: Library) -> None:
    text = "".join(map(chr, range(0x20))) + "\ufffe\uffff_x0041_<&>"
    assert cell_in_xml(text, "") is not None
    frame = library["figures"].head(2).assign(note=text)
    tables = replace(library, tables={**library.tables, "figures": frame})
    extract = Extract(view_of_table(tables, "figures"), tables, Selection("sources-and-data", {}))
    book = zipfile.ZipFile(io.BytesIO(FORMATS["Excel"].to_bytes(extract)))
    assert b"_x005F_x0041_&lt;&amp;&gt;" in book.read(DATA)
    assert openpyxl.load_workbook(io.BytesIO(FORMATS["Excel"].to_bytes(extract)))["data"].max_row == 3


@pytest.mark.parametrize("chosen", IN_PIECES, ids=lambda chosen: chosen.extension)
def test_no_more_rows_are_made_than_the_pieces_taken_hold(
    library: Library, monkeypatch: pytest.MonkeyPatch, chosen: Any
) -> None:
    monkeypatch.setattr(rows_as_text, "ROWS_AT_A_TIME", 7)
    extract = Extract(view_of_table(library, "places"), library, Selection("sources-and-data", {}))
    made: list[int] = []
    with_sources = Extract.with_sources
    monkeypatch.setattr(Extract, "with_sources", lambda self, rows: made.append(len(rows)) or with_sources(self, rows))
    pieces = chosen.pieces(extract)
    begun = len(made)
    [next(pieces) for _ in range(3)]
    assert len(made) - begun <= 3 and sum(made) < len(library["places"])


def test_a_zip_in_pieces_is_a_zip() -> None:
    members = [Member("a.txt", [b"one ", b"", b"two"]), Member("b/c.txt", iter([b"x" * 100_000] * 9), True)]
    pieces = list(zip_pieces(members))
    whole = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert whole.testzip() is None and len(pieces) >= 3
    assert whole.read("a.txt") == b"one two" and len(whole.read("b/c.txt")) == 900_000


def test_rows_that_are_equal_and_of_two_kinds_are_written_as_they_are() -> None:
    frame = pd.DataFrame({"a": pd.Series([1, 1.0, True, None, "1"], dtype=object), "b": list("vwxyz")})
    assert to_csv_bytes(frame).decode().split() == ["a,b", "1,v", "1.0,w", "True,x", ",y", "1,z"]


def test_records_have_the_numbers_of_python_and_null_where_one_is_missing(library: Library) -> None:
    rows = records_of(library["figures"].head(50))
    assert rows == _records(library["figures"].head(50))
    assert {type(row["value"]) for row in rows} <= {int, type(None)}
