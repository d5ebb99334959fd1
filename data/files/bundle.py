"""What is in the evidence bundle? One ZIP: the rows in every format, dictionary, citations, chart, checksums, read me."""

import hashlib
import io
import stat
import zipfile
from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.files import cite
from data.files.csv_rows import to_csv_bytes
from data.files.extract import GUARD, Extract, fields_of
from data.query.views import view_of_table
from data.record.json_text import to_json_bytes
from data.record.load import Library

# The first moment that a ZIP can hold: with it the same rows give the same bytes on any day.
MOMENT = (1980, 1, 1, 0, 0, 0)
# Who unpacks it under Unix may read and change the files, and others may read them.
UNIX, READABLE = 3, stat.S_IFREG | 0o644
PARTS = "figures_parts"  # the figures that computed rows are worked out from
Frames = dict[str, pd.DataFrame]


def to_bundle(extract: Extract, formats: Mapping[str, bytes]) -> bytes:
    """ZIP of the extract: `formats` are its files by extension. The same extract gives the same bytes."""
    table = extract.view.table
    files = {f"data/{table}.{extension}": made for extension, made in formats.items()}
    files |= {f"data/{name}.csv": to_csv_bytes(frame) for name, frame in related_tables(extract).items()}
    files |= {f"sources.{ending}": write(_references(extract)).encode("utf-8") for ending, _, write in CITED}
    files |= dict(extract.drawn(extract))
    files["datapackage.json"] = to_json_bytes(package_of(extract, files))
    files["README.md"] = read_me(extract, files).encode("utf-8")
    files["SHA256SUMS"] = "".join(f"{_sha256(made)}  {name}\n" for name, made in sorted(files.items())).encode()
    return _zipped(files)


CITED = tuple(cite.CITATIONS.values())


def _references(extract: Extract) -> list[cite.Reference]:
    return [extract.reference, *(cite.reference_of_source(row) for row in extract.sources.to_dict("records"))]


def related_tables(extract: Extract) -> Frames:
    """The rows of other tables that the rows name, and that those name in turn, and the cautions on them."""
    library, table = extract.library, extract.view.table
    found = {"sources": extract.sources, **extract.beside, table: extract.rows}
    found |= {PARTS: extract.parts} if len(extract.parts) else {}
    waiting = list(found)
    while waiting:
        name = waiting.pop()
        for key in foreign_keys_of(library, name):
            other, column = key["reference"]["resource"], key["fields"][0]
            rows = _named(library, other, set(found[name][column]), found.get(other))
            if other != table and len(rows) > len(found.get(other, ())):
                found[other] = rows
                waiting.append(other)
    found["cautions"] = extract.cautions
    return {name: frame for name, frame in found.items() if name != table}


def _named(library: Library, table: str, ids: set[str], before: pd.DataFrame | None) -> pd.DataFrame:
    frame = library[table]
    wanted = ids | (set(before.iloc[:, 0]) if before is not None else set())
    return frame[frame.iloc[:, 0].isin(wanted)]


def foreign_keys_of(library: Library, table: str) -> list[dict[str, Any]]:
    """The foreign keys of a table, as the dictionary has them; parts are figures."""
    described = library.describe("figures" if table == PARTS else table)
    return list(described["schema"].get("foreignKeys", []))


def package_of(extract: Extract, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The Data Package (v2) of the bundle: its CSV files with their columns, keys, bytes and checksums."""
    library = extract.library
    frames = {extract.view.table: extract.frame, **related_tables(extract)}
    resources = [
        _resource(extract, name, frame, files[f"data/{name}.csv"], set(frames)) for name, frame in frames.items()
    ]
    kept = ("$schema", "name", "title", "description", "version", "created", "licenses")
    package = {name: library.dictionary[name] for name in kept} | {"version": library.version}
    sources = [
        {name: cell for name, cell in (("title", row["title"]), ("path", row["url"])) if cell}
        for row in extract.sources.to_dict("records")
    ]
    return {**package, "about": extract.about, "sources": sources, "resources": resources}


def _resource(extract: Extract, name: str, frame: pd.DataFrame, made: bytes, inside: set[str]) -> dict[str, Any]:
    library, is_main = extract.library, name == extract.view.table
    table = "figures" if name == PARTS else name
    entry = {key: cell for key, cell in library.describe(table).items() if key not in ("schema", "derivedFields")}
    entry |= {"name": name}
    known = library.describe(table)["schema"]
    schema = {key: known[key] for key in ("$schema", "missingValues", "primaryKey") if key in known}
    schema["fields"] = extract.fields if is_main else fields_of(library, view_of_table(library, table), frame)
    keys = [key for key in foreign_keys_of(library, table) if key["reference"]["resource"] in inside]
    more = {"path": f"data/{name}.csv", "bytes": len(made), "hash": f"sha256:{_sha256(made)}"}
    return {**entry, **more, "schema": {**schema, **({"foreignKeys": keys} if keys else {})}}


def read_me(extract: Extract, files: Mapping[str, bytes]) -> str:
    """What is in the bundle, with which filters, and how its numbers are to be read."""
    about = extract.about
    lines = [
        f"# {about['title']}",
        "",
        f"{about['rows']} of {about['rows_in_all']} rows that this view of {about['table']} can show.",
    ]
    named = (
        "filters",
        "as_of",
        "left_out",
        "computed_rows",
        "cautions",
        "data_package",
        "version",
        "created",
        "licence",
        "citation",
        "address",
    )
    lines += ["", *(f"- {name.replace('_', ' ').capitalize()}: {about[name]}" for name in named if name in about)]
    lines += ["", "## How to read the numbers", "", f"{about['hedges']} {GUARD}", "", "## Files", ""]
    lines += [f"- {name}" for name in sorted([*files, "README.md", "SHA256SUMS"])]
    lines += ["", "`sha256sum -c SHA256SUMS` tests that no file has changed.", "", "## Sources", ""]
    return "\n".join([*lines, cite.plain(_references(extract)[1:]), ""])


def _sha256(made: bytes) -> str:
    return hashlib.sha256(made).hexdigest()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, made in sorted(files.items()):
            member = zipfile.ZipInfo(name, MOMENT)
            member.create_system, member.external_attr = UNIX, READABLE << 16
            archive.writestr(member, made, compress_type=zipfile.ZIP_DEFLATED)
    return whole.getvalue()
