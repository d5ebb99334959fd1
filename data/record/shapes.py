"""What shape has the ground? The land, borders and provinces that lie beside the tables, read once."""

import json
from pathlib import Path
from typing import Any

from data.record.single_flight import computed_once

GEO = Path(__file__).parent.parent / "geo"
FILES = {"countries": "countries.geojson", "provinces": "north_korea_provinces.geojson"}
# A FeatureCollection of GeoJSON.
Shapes = dict[str, Any]


def land() -> dict[str, Shapes]:
    """The shapes by name: countries, and provinces of North Korea."""
    return {name: shapes_in(file) for name, file in FILES.items()}


@computed_once(4)
def shapes_in(file: str) -> Shapes:
    """The shapes in a file of this folder. FileNotFoundError where there is none."""
    shapes: Shapes = json.loads((GEO / file).read_text(encoding="utf-8"))
    return shapes
