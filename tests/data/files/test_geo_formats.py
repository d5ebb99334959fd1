"""Do lines and points leave for a map as its programs read them? Lines cut where longitudes change sign, and on the ground."""

import io
import json
import stat
import zipfile
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as xml

import pandas as pd
import pyogrio
import pytest
import shapely

from data.files.export import BUNDLE, FORMATS
from data.files.extract import Extract
from data.files.geo_formats import geometry_of
from data.query.select import Selection
from data.query.views import view_of_table
from data.record.load import Library

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def routes(library: Library) -> Extract:
    return Extract(view_of_table(library, "routes"), library, Selection("sources-and-data", {}))


@pytest.fixture(scope="module")
def bundle(routes: Extract) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(BUNDLE.to_bytes(routes)))


def lines_of(geometry: dict[str, Any]) -> list[list[list[float]]]:
    is_one = geometry["type"] == "LineString"
    return [geometry["coordinates"]] if is_one else geometry["coordinates"]


def test_no_line_of_a_route_jumps_over_the_meridian_of_180_degrees(routes: Extract) -> None:
    features = json.loads(FORMATS["GeoJSON"].to_bytes(routes))["features"]
    geometries = {one["id"]: one["geometry"] for one in features if one["geometry"]}
    assert {row for row, geometry in geometries.items() if geometry["type"] == "MultiLineString"} == {
        "RTE-29",
        "RTE-47",
    }
    for geometry in geometries.values():
        for line in lines_of(geometry):
            assert all(abs(one[0] - other[0]) <= 180 for one, other in pairwise(line))
    for row in ("RTE-29", "RTE-47"):
        [[*_, left], [right, *_]] = geometries[row]["coordinates"]
        assert (left[0], right[0]) == (180, -180) and left[1] == right[1]


@pytest.mark.parametrize(
    ("ends", "lines"),
    [
        (((170.0, 0.0), (-170.0, 10.0)), [[[170, 0], [180, 5]], [[-180, 5], [-170, 10]]]),
        (((-170.0, 10.0), (170.0, 0.0)), [[[-170, 10], [-180, 5]], [[180, 5], [170, 0]]]),
        (((180.0, 1.0), (-170.0, 1.0)), [[[-180, 1], [-170, 1]]]),
        (((127.0, 37.0), (37.0, 55.0)), [[[127, 37], [37, 55]]]),
    ],
    ids=["eastward", "westward", "from the meridian", "the other way around"],
)
def test_a_line_is_cut_where_it_crosses_whichever_way_it_goes(
    ends: tuple[tuple[float, float], ...], lines: list[Any]
) -> None:
    row = {"from_place_id": "one", "to_place_id": "other"}
    geometry = geometry_of(row, "routes", dict(zip(row.values(), ends, strict=True)))
    assert geometry is not None and lines_of(geometry) == lines


def test_every_line_of_a_kml_file_follows_the_ground(routes: Extract) -> None:
    root = xml.fromstring(FORMATS["KML"].to_bytes(routes))
    lines = list(root.iter(f"{KML}LineString"))
    assert lines and all(
        [part.tag.removeprefix(KML) for part in line] == ["tessellate", "coordinates"] for line in lines
    )
    assert {line.findtext(f"{KML}tessellate") for line in lines} == {"1"}


@pytest.mark.parametrize("name", ["GeoJSON", "KML"])
def test_gdal_reads_every_route_as_a_line(routes: Extract, name: str) -> None:
    _, _, shapes, _ = pyogrio.raw.read(io.BytesIO(FORMATS[name].to_bytes(routes)))
    kinds = pd.Series([shapely.from_wkb(shape).geom_type for shape in shapes if shape is not None]).value_counts()
    assert set(kinds.index) == {"LineString", "MultiLineString"} and kinds["MultiLineString"] == 2


def test_the_bundle_holds_the_same_lines_and_files_that_others_may_read(
    routes: Extract, bundle: zipfile.ZipFile
) -> None:
    assert bundle.read("data/routes.geojson") == FORMATS["GeoJSON"].to_bytes(routes)
    assert bundle.read("data/routes.kml") == FORMATS["KML"].to_bytes(routes)
    modes = {stat.filemode(member.external_attr >> 16) for member in bundle.infolist()}
    assert modes == {"-rw-r--r--"} and {member.create_system for member in bundle.infolist()} == {3}
