"""How do rows leave as a file? An extract -> bytes in each format, and the name of the file."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.files.bundle import to_bundle
from data.files.csv_rows import csv_pieces
from data.files.extract import Extract, records_of
from data.files.geo_formats import PLACED, geojson_of, to_kml
from data.files.json_rows import object_pieces, row_of
from data.files.workbook import workbook_of
from data.query.params import default_of, parameter_named
from data.query.select import active_filters
from data.query.views import VIEWS, parameter_names

LONGEST_NAME = 180


@dataclass(frozen=True)
class Format:
    """A kind of file: its extension, its media type, what makes it and what it is for. A new format is one entry in FORMATS.

    `tables` are those that it can hold; none named means all. `pieces` makes the same bytes some at a time, where a format
    can be made so: a file of many rows then leaves as it is made.
    """

    extension: str
    media_type: str
    to_bytes: Callable[[Extract], bytes]
    description: str
    tables: tuple[str, ...] = ()
    pieces: Callable[[Extract], Iterator[bytes]] | None = None

    def holds(self, table: str) -> bool:
        return not self.tables or table in self.tables


def csv_of(extract: Extract) -> Iterator[bytes]:
    """UTF-8 CSV with one header line; a missing cell is empty; a text that begins like a formula is guarded."""
    return csv_pieces([str(name) for name in extract.head.columns], extract.frames())


def csv_for_excel_of(extract: Extract) -> Iterator[bytes]:
    """The same CSV with the mark by which Excel knows UTF-8."""
    yield b"\xef\xbb\xbf"
    yield from csv_of(extract)


def json_of(extract: Extract) -> Iterator[bytes]:
    """One object: about (title, filters, version, citation …), fields (the dictionary), data (the rows) and sources."""
    members = {
        "about": extract.about,
        "fields": extract.fields,
        "data": None,
        "sources": records_of(extract.sources),
        "cautions": records_of(extract.cautions),
        "parts_of_computed_rows": records_of(extract.parts),
    }
    return object_pieces(members, "data", (["  ", *row_of(frame, 2)] for frame in extract.frames()))


def whole(pieces: Callable[[Extract], Iterator[bytes]]) -> Callable[[Extract], bytes]:
    """What makes a whole file of what makes its pieces."""
    return lambda extract: b"".join(pieces(extract))


to_csv = whole(csv_of)


def to_parquet(extract: Extract) -> bytes:
    """Parquet with the types of the dictionary; about, fields and sources travel in the metadata of the schema."""
    table = pa.Table.from_pandas(extract.frame, preserve_index=False)
    told = {"about": extract.about, "fields": extract.fields, "sources": records_of(extract.sources)}
    more = {name: json.dumps(cell, ensure_ascii=False).encode("utf-8") for name, cell in told.items()}
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **more}), sink)
    return bytes(sink.getvalue().to_pybytes())


def _in_pieces(
    extension: str,
    media_type: str,
    pieces: Callable[[Extract], Iterator[bytes]],
    description: str,
    tables: tuple[str, ...] = (),
) -> Format:
    return Format(extension, media_type, whole(pieces), description, tables, pieces)


FORMATS: dict[str, Format] = {
    "CSV": _in_pieces("csv", "text/csv; charset=utf-8", csv_of, "For notebooks and scripts."),
    "CSV for Excel": _in_pieces(
        "excel.csv",
        "text/csv; charset=utf-8",
        csv_for_excel_of,
        "The same rows, marked so that Excel reads every letter.",
    ),
    "Excel": _in_pieces(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook_of,
        "A workbook: the rows to read and sort, read me, data, dictionary, sources.",
    ),
    "JSON": _in_pieces("json", "application/json", json_of, "Rows, dictionary, sources and cautions in one object."),
    "Parquet": Format(
        "parquet", "application/vnd.apache.parquet", to_parquet, "Typed columns for pandas, DuckDB, Arrow."
    ),
    "GeoJSON": _in_pieces(
        "geojson",
        "application/geo+json",
        geojson_of,
        "Places for a map; those without a point keep their row.",
        PLACED,
    ),
    "KML": Format("kml", "application/vnd.google-earth.kml+xml", to_kml, "The same places for Google Earth.", PLACED),
    "Evidence bundle": Format(
        "zip",
        "application/zip",
        lambda extract: to_bundle(extract, files_of(extract)),
        "All of these in one file, with dictionary, citations, chart and checksums.",
    ),
}
BUNDLE = FORMATS["Evidence bundle"]


def format_by_extension(extension: str) -> Format | None:
    """The format of an extension; None where there is none."""
    return next((chosen for chosen in FORMATS.values() if chosen.extension == extension), None)


def files_of(extract: Extract) -> dict[str, bytes]:
    """The extract in every format that can hold it, but for the bundle, by extension."""
    formats = [chosen for chosen in FORMATS.values() if chosen is not BUNDLE and chosen.holds(extract.view.table)]
    return {chosen.extension: chosen.to_bytes(extract) for chosen in formats}


def file_name(extract: Extract, extension: str) -> str:
    """Name that says table, panel, choices, version and day: events-timeline-panel_lane-talks_v2.1.0_2026-11-25.csv.

    A name that would grow too long is cut, and tells itself apart by a few digits made from the whole of it.
    """
    view, library = extract.view, extract.library
    stem = f"{view.table}-{view.key}" if view.key in VIEWS and view.key != view.table else view.table
    choices = "_".join([_slug(stem), *(f"{name}-{_slug(value)}" for name, value in _named(extract).items())])
    end = f"_v{library.version}_{str(library.dictionary['created'])[:10]}.{extension}"
    if len(choices) + len(end) > LONGEST_NAME:
        choices = f"{choices[: LONGEST_NAME - len(end) - 9]}-{_digits(choices)}"
    return choices + end


def _named(extract: Extract) -> dict[str, Any]:
    """The choices that a name says: those in force, what the view is about, and how its drawing was made to look."""
    view, library, selection = extract.view, extract.library, extract.selection
    active = active_filters(selection, library, parameter_names(view))
    subject = {name: selection.get(name, library) for name in view.subject}
    looks = {name: selection.values[name] for name in view.looks if name in selection.values}
    return (
        active
        | subject
        | {name: look for name, look in looks.items() if look != default_of(parameter_named(name), library)}
    )


def _slug(value: object) -> str:
    """A value in letters that every file system takes; one that has others too gets digits made from it."""
    text = "-".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return plain if plain and text.isascii() else f"{plain}-{_digits(text)}".strip("-")


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
