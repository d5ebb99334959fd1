"""What shape has the ground? The land, borders and provinces that lie beside the tables, read once."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

GEO = Path(__file__).parent.parent / "geo"
FILES = {"countries": "countries.geojson", "provinces": "north_korea_provinces.geojson"}


@lru_cache(maxsize=1)
def land() -> dict[str, dict[str, Any]]:
    """GeoJSON FeatureCollections by name: countries, and provinces of North Korea."""
    return {name: json.loads((GEO / file).read_text(encoding="utf-8")) for name, file in FILES.items()}
