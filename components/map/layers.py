"""What lies on the map that moves, layer by layer? What stands on the ground in, pydeck layers out; pure functions.

A whole country is colored and labeled, never drawn as a point.
"""

from collections.abc import Callable
from typing import Any

import pydeck as pdk

from components.map.ground import (
    FIGURES_OPACITY,
    REPORTED_CAMP,
    REPORTS_OPACITY,
    Ground,
    colored_countries,
    placed,
    rows_at_places,
)
from components.map.labels import LETTERS, country_labels, estimate_labels, name_labels
from components.theme import INK, LAND, LILAC, MUTED, NAVY, ORANGE, PAPER, ROLE_COLORS, TEAL, rgb

COUNTRIES_URL = "/geo/countries.geojson"
PROVINCES_URL = "/geo/north_korea_provinces.geojson"


def land_layer(ground: Ground, view: str) -> pdk.Layer:
    """Countries; those with a country-level row are colored."""
    with_figures, with_reports = colored_countries(ground)
    of_reports = rgb(ROLE_COLORS[REPORTED_CAMP], round(REPORTS_OPACITY * 255))
    otherwise = _color_by_name(with_reports, of_reports, str(rgb(LAND)))
    fill = _color_by_name(with_figures, rgb(TEAL, round(FIGURES_OPACITY * 255)), otherwise)
    return pdk.Layer(
        "GeoJsonLayer", data=COUNTRIES_URL, id="land", filled=True, stroked=False, get_fill_color=fill, pickable=False
    )


def province_layer(ground: Ground, view: str) -> pdk.Layer:
    """Borders of North Korea's provinces, in the close view."""
    return _outline_layer("provinces", PROVINCES_URL, rgb(PAPER, 200), visible=view == "peninsula")


def border_layer(ground: Ground, view: str) -> pdk.Layer:
    """Borders of countries, over those of the provinces."""
    return _outline_layer("borders", COUNTRIES_URL, rgb(MUTED, 150))


def _outline_layer(name: str, url: str, color: list[int], visible: bool = True) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        data=url,
        id=name,
        filled=False,
        stroked=True,
        get_line_color=color,
        line_width_min_pixels=1,
        visible=visible,
        pickable=False,
    )


def point_layer(ground: Ground, view: str) -> pdk.Layer:
    """Places with a point: filled where something was done, hollow where a camp was only reported."""
    points = placed(ground.places)
    records = [
        {
            "place_id": row["place_id"],
            "name": row["name"],
            "told": row["description"],
            "position": [row["shown_longitude"], row["shown_latitude"]],
            "fill": rgb(PAPER, 160) if row["role"] == REPORTED_CAMP else rgb(ROLE_COLORS[row["role"]]),
            "line": rgb(ROLE_COLORS[row["role"]] if row["role"] == REPORTED_CAMP else PAPER),
        }
        for row in points.to_dict("records")
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        data=records,
        id="places",
        get_position="position",
        get_fill_color="fill",
        get_line_color="line",
        stroked=True,
        filled=True,
        radius_units="'pixels'",
        get_radius=7,
        line_width_units="'pixels'",
        get_line_width=2.5,
        pickable=True,
        auto_highlight=True,
    )


def kind_layer(ground: Ground, view: str) -> pdk.Layer:
    """A letter in each filled mark that says what its color says; a hollow mark stands for itself."""
    records = [
        {"text": LETTERS[row["role"]], "position": [row["shown_longitude"], row["shown_latitude"]]}
        for row in placed(ground.places).to_dict("records")
        if row["role"] in LETTERS
    ]
    return _text_layer("kinds", records, size=12, anchor="middle", background=False, color=PAPER)


def name_layer(ground: Ground, view: str) -> pdk.Layer:
    """Names of the placed points, beside them."""
    taken = country_labels(ground.places, ground.figures, view) + estimate_labels(ground, view)
    labels = name_labels(placed(ground.places), view, taken)
    return _text_layer("place-names", labels, size=13, get_pixel_offset=[11, 0])


def country_layer(ground: Ground, view: str) -> pdk.Layer:
    """Names of countries with their figures: on the ground they belong to nowhere in particular."""
    return _text_layer("country-names", country_labels(ground.places, ground.figures, view), size=14)


def sums_layer(ground: Ground, view: str) -> pdk.Layer:
    """Sets of remains recovered in joint operations, added up by place: circles whose area follows the sum."""
    points = rows_at_places(ground.sums, "place_id", ground.places)
    records = [
        {
            "place_id": row["place_id"],
            "name": row["name"],
            "told": f"{int(row['total'])} sets of remains in joint operations (computed from {row['parts'].count(';') + 1} rows)",
            "position": row["position"],
            "radius": 5 + 3.2 * int(row["total"]) ** 0.5,
        }
        for row in points
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        data=records,
        id="operations",
        get_position="position",
        get_radius="radius",
        radius_units="'pixels'",
        get_fill_color=rgb(ORANGE, 120),
        get_line_color=rgb(ORANGE),
        stroked=True,
        line_width_units="'pixels'",
        get_line_width=1.5,
        pickable=True,
    )


def sum_label_layer(ground: Ground, view: str) -> pdk.Layer:
    """The sums as numbers in their circles."""
    records = [
        {"text": str(int(row["total"])), "position": row["position"]}
        for row in rows_at_places(ground.sums, "place_id", ground.places)
    ]
    return _text_layer("operation-sums", records, size=13, anchor="middle", background=False)


def estimate_layer(ground: Ground, view: str) -> pdk.Layer:
    """The newest estimate for each place in words, beside it; estimates overlap and are never added up."""
    return _text_layer("estimates", estimate_labels(ground, view), size=13, get_pixel_offset=[11, 0])


def route_layer(ground: Ground, view: str) -> pdk.Layer:
    """Routes that remains traveled, as arcs from where they set out (light) to where they came (dark)."""
    starts = {row["route_id"]: row["position"] for row in rows_at_places(ground.routes, "from_place_id", ground.places)}
    ends = {row["route_id"]: row["position"] for row in rows_at_places(ground.routes, "to_place_id", ground.places)}
    records = [
        {
            "name": row["what"],
            "told": f"{row['start']} to {row['end']} ({row['route_id']})",
            "start": starts[row["route_id"]],
            "end": ends[row["route_id"]],
        }
        for row in ground.routes.to_dict("records")
        if row["route_id"] in starts and row["route_id"] in ends
    ]
    return pdk.Layer(
        "ArcLayer",
        data=records,
        id="routes",
        get_source_position="start",
        get_target_position="end",
        get_source_color=rgb(LILAC, 150),
        get_target_color=rgb(NAVY, 220),
        get_width=2,
        get_height=0.25,
        pickable=True,
    )


def _color_by_name(names: list[str], color: list[int], otherwise: str) -> str:
    """An expression of deck.gl: the color for countries of these names on the ground, else what `otherwise` says."""
    if not names:
        return otherwise
    test = " || ".join(f"properties.name == '{name}'" for name in names)
    return f"({test}) ? {color} : {otherwise}"


def _text_layer(
    name: str,
    records: list[dict[str, Any]],
    size: int,
    anchor: str = "start",
    background: bool = True,
    color: str = INK,
    **more: Any,
) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        data=records,
        id=name,
        get_position="position",
        get_text="text",
        get_size=size,
        get_color=rgb(color),
        get_text_anchor=f"'{anchor}'",
        get_alignment_baseline="'center'",
        character_set="'auto'",
        font_family="'Source Sans, sans-serif'",
        font_weight=600,
        background=background,
        get_background_color=rgb(PAPER, 205),
        background_padding=[4, 2],
        line_height=1.25,
        pickable=False,
        **more,
    )


MakeLayer = Callable[[Ground, str], pdk.Layer]
# In the order in which they lie on each other, the lowest first.
LAYERS: dict[str, MakeLayer] = {
    "land": land_layer,
    "provinces": province_layer,
    "borders": border_layer,
    "country names": country_layer,
    "routes": route_layer,
    "operations": sums_layer,
    "operation sums": sum_label_layer,
    "places": point_layer,
    "kinds": kind_layer,
    "place names": name_layer,
    "estimates": estimate_layer,
}
# Layers that a reader can leave out, and the option that they belong to.
OPTIONAL = {
    "routes": "routes",
    "operations": "operations",
    "operation sums": "operations",
    "places": "places",
    "kinds": "places",
    "place names": "places",
    "estimates": "estimates",
}
