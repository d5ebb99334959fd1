"""How do rows with places leave for a map? An extract -> GeoJSON and KML, those without a point among them."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as xml

import pandas as pd

from data.files.extract import Extract, records_of
from data.files.json_rows import JSON, Parts, json_of, object_pieces, row_of
from data.files.rows_as_text import texts_of, written
from data.record.load import Library
from data.record.wording import Row

# The column of each table that names its places; a route has two, in order.
PLACE_COLUMNS: dict[str, tuple[str, ...]] = {
    "places": ("place_id",),
    "operations": ("place_id",),
    "burial_estimates": ("place_id",),
    "events": ("place_ids",),
    "routes": ("from_place_id", "to_place_id"),
}
PLACED = tuple(PLACE_COLUMNS)
PRECISE = (
    "A point is as precise as coordinate_precision says; rows known only by country, or not at all, have no geometry."
)
KML = "http://www.opengis.net/kml/2.2"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Degrees from the meridian of Greenwich to the one where longitudes change their sign; decimals of a point that is computed.
HALF, PLACES = 180.0, 4
Point = tuple[float, float]


def points_of(library: Library) -> dict[str, Point]:
    """Longitude and latitude of each place that has a point."""
    places = library["places"]
    known = places[places["latitude"].notna()]
    return {row["place_id"]: (float(row["longitude"]), float(row["latitude"])) for row in known.to_dict("records")}


def geometry_of(row: Row, table: str, points: dict[str, Point]) -> dict[str, Any] | None:
    """GeoJSON geometry of a row: a point, several, or a line for a route; None where no point, or one end, is known.

    A route over the meridian of 180 degrees is cut there into two lines, as RFC 7946 asks in 3.1.9.
    """
    named = [part for name in PLACE_COLUMNS[table] for part in str(row[name]).split(";") if part]
    known = [list(points[part]) for part in named if part in points]
    if table == "routes":
        return _line(*known) if len(known) == 2 else None
    if len(known) < 2:
        return {"type": "Point", "coordinates": known[0]} if known else None
    return {"type": "MultiPoint", "coordinates": known}


def _line(start: list[float], end: list[float]) -> dict[str, Any]:
    """A line between two points the shorter way around; one over the meridian of 180 degrees in two parts."""
    if abs(start[0] - end[0]) <= HALF:
        return {"type": "LineString", "coordinates": [start, end]}
    side = HALF if start[0] > 0 else -HALF
    before, after = abs(side - start[0]), abs(-side - end[0])
    latitude = start[1] + (end[1] - start[1]) * (before / (before + after) if before + after else 0.5)
    crossing = round(latitude, PLACES)
    parts = [[start, [side, crossing]], [[-side, crossing], end]]
    return {"type": "MultiLineString", "coordinates": [part for part in parts if part[0] != part[1]]}


def geojson_of(extract: Extract) -> Iterator[bytes]:
    """A FeatureCollection (RFC 7946), one feature a row, all columns as properties; about and sources are added members."""
    points = points_of(extract.library)
    members = {
        "type": "FeatureCollection",
        "about": {**extract.about, "precision": PRECISE},
        "features": None,
        "sources": records_of(extract.sources),
    }
    features = (_features(frame, extract.view.table, points) for frame in extract.frames())
    return object_pieces(members, "features", features)


def _features(frame: pd.DataFrame, table: str, points: dict[str, Point]) -> Parts:
    """A feature for each row, in a list that is indented by two."""
    columns = PLACE_COLUMNS[table]
    places = list(zip(*(frame[name].tolist() for name in columns), strict=True))
    shapes = {named: geometry_of(dict(zip(columns, named, strict=True)), table, points) for named in set(places)}
    geometry = {named: json_of(shape, 3) for named, shape in shapes.items()}
    return [
        '  {\n   "type": "Feature",\n   "id": ',
        written(frame.iloc[:, 0], JSON, "null"),
        ',\n   "geometry": ',
        texts_of([geometry[named] for named in places]),
        ',\n   "properties": ',
        *row_of(frame, 3),
        "\n  }",
    ]


def to_kml(extract: Extract) -> bytes:
    """KML 2.2, one placemark a row, all columns as extended data; what is said of the rows, and their sources, at its head."""
    root = xml.Element("kml", {"xmlns": KML})
    document = xml.SubElement(root, "Document")
    _text(document, "name", extract.title)
    data = xml.SubElement(document, "ExtendedData")
    for name, cell in {**extract.about, "precision": PRECISE}.items():
        _datum(data, name, cell)
    for source in extract.sources.to_dict("records"):
        _datum(
            data,
            source["source_id"],
            "; ".join(str(source[name]) for name in ("title", "publisher", "published", "url")),
        )
    points = points_of(extract.library)
    for row in extract.frame.to_dict("records"):
        _placemark(document, row, geometry_of(row, extract.view.table, points))
    xml.indent(root, " ")
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _placemark(document: xml.Element, row: Row, geometry: dict[str, Any] | None) -> None:
    mark = xml.SubElement(document, "Placemark")
    name = (
        row.get("name") or row.get("title") or row.get("what") or row.get("place_as_named") or next(iter(row.values()))
    )
    _text(mark, "name", name)
    _span(mark, str(row.get("start", "")), str(row.get("end", "")))
    data = xml.SubElement(mark, "ExtendedData")
    for column, cell in row.items():
        _datum(data, column, "" if pd.isna(cell) else cell)
    if geometry:
        _geometry(mark, geometry)


def _span(mark: xml.Element, start: str, end: str) -> None:
    if start or end:
        span = xml.SubElement(mark, "TimeSpan")
        for name, day in (("begin", start), ("end", end)):
            _text(span, name, day) if day else None


def _geometry(parent: xml.Element, geometry: dict[str, Any]) -> None:
    """Points and lines; a line follows the ground, which it would else sink into."""
    if geometry["type"].startswith("Multi"):
        parent = xml.SubElement(parent, "MultiGeometry")
    is_line = geometry["type"].endswith("LineString")
    for group in _groups(geometry):
        shape = xml.SubElement(parent, "LineString" if is_line else "Point")
        if is_line:
            _text(shape, "tessellate", 1)
        _text(shape, "coordinates", " ".join(f"{longitude},{latitude}" for longitude, latitude in group))


def _groups(geometry: dict[str, Any]) -> list[list[list[float]]]:
    """The points of each part of a geometry."""
    listed = geometry["coordinates"]
    if geometry["type"] == "Point":
        return [[listed]]
    if geometry["type"] == "LineString":
        return [listed]
    return [[at] for at in listed] if geometry["type"] == "MultiPoint" else list(listed)


def _datum(parent: xml.Element, name: str, cell: object) -> None:
    _text(xml.SubElement(parent, "Data", {"name": NOT_XML.sub("\ufffd", name)}), "value", cell)


def _text(parent: xml.Element, name: str, cell: object) -> None:
    """An element with a text; a character that XML cannot hold is shown as a replacement sign."""
    xml.SubElement(parent, name).text = NOT_XML.sub("\ufffd", str(cell))
