"""Where? Frames of places in, a pydeck Deck out; pure functions.

The ground is drawn from shapes that the server itself holds: no tile, font or style comes from outside. Longitudes are
shifted so that the Pacific lies in the middle: the Americas have 360 added. A whole country is coloured and labelled,
never drawn as a point.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pydeck as pdk

from components.theme import BORDER, INK, LAND, LILAC, MUTED, NAVY, ORANGE, PAPER, ROLE_COLORS, TEAL, rgb
from data.record.wording import Row, figure_in_words

NO_BACKGROUND = 'data:application/json,{"version":8,"sources":{},"layers":[]}'
COUNTRIES_URL = "/geo/countries.geojson"
PROVINCES_URL = "/geo/north_korea_provinces.geojson"
DISPUTED = "Borders are those of Natural Earth, which draws one view, that of who holds the ground: the Military Demarcation Line as the border in Korea, the southern Kurils with Russia, Taiwan apart from China."
VIEWS = {
    "East Asia": {"longitude": 121.0, "latitude": 37.0, "zoom": 2.9},
    "peninsula": {"longitude": 127.6, "latitude": 38.4, "zoom": 5.3},
    "whole": {"longitude": 168.0, "latitude": 38.0, "zoom": 1.05},
}
# Where the label of a country is written in each view: a choice of layout, not a place of anything. The whole view has
# no room for them.
LABEL_AT: dict[str, dict[str, tuple[float, float]]] = {
    "East Asia": {
        "North Korea": (134.5, 44.6),
        "South Korea": (125.0, 28.0),
        "China": (96.0, 34.5),
        "Japan": (141.6, 35.6),
        "Russia": (95.0, 55.0),
        "Thailand": (102.5, 16.5),
    },
    "peninsula": {
        "North Korea": (129.9, 41.3),
        "South Korea": (130.1, 36.4),
        "China": (119.2, 41.2),
        "Japan": (132.9, 35.2),
    },
    "whole": {},
}
PIXELS_A_DEGREE = {"East Asia": 10.6, "peninsula": 56.0, "whole": 2.9}
CLOSE_PIXELS = 24
# Points that lie on top of each other are named together up to so many; a closer view or the list names the rest.
MOST_NAMES = 3
TOOLTIP = {
    "html": "<b>{name}</b><br>{told}",
    "style": {
        "backgroundColor": PAPER,
        "color": INK,
        "border": f"1px solid {BORDER}",
        "fontSize": "14px",
        "maxWidth": "320px",
        "fontFamily": "sans-serif",
    },
}


# Opacity of coloured countries: far enough apart in lightness for a reader who does not see their hues.
FAINT = {"told": 0.4, "reported": 0.06}


@dataclass(frozen=True)
class Ground:
    """What can be drawn: places, figures about whole countries, and (empty where not asked for) sums of operations in
    the columns place_id, total, parts; newest estimates with label; routes with from_place_id and to_place_id."""

    places: pd.DataFrame
    figures: pd.DataFrame
    sums: pd.DataFrame
    estimates: pd.DataFrame
    routes: pd.DataFrame


def shifted(longitude: float) -> float:
    """Longitude on a map whose middle is the Pacific."""
    return longitude + 360 if longitude < -25 else longitude


def placed(places: pd.DataFrame) -> pd.DataFrame:
    """Places with a point, with what the drawing needs: shifted longitude, part played, precision in words."""
    points = places[places["latitude"].notna()]
    roles = points["roles"].str.split(";").str[0]
    return points.assign(
        shown_longitude=points["longitude"].astype(float).map(shifted),
        shown_latitude=points["latitude"].astype(float),
        role=roles,
        told=[
            f"{role}; point of a {precision}"
            for role, precision in zip(roles, points["coordinate_precision"], strict=True)
        ],
    )


def not_placed(places: pd.DataFrame) -> pd.DataFrame:
    """Places without a point: whole countries, institutions without a town, and those that nobody could identify."""
    return places[places["latitude"].isna()]


def country_labels(places: pd.DataFrame, figures: pd.DataFrame, view: str) -> list[dict[str, Any]]:
    """One label a country that a shown place is in: its name and the figures for the whole of it."""
    labels = []
    for country in [name for name in LABEL_AT[view] if name in set(places["country"])]:
        told = [
            f"{figure_in_words(row)} {WORDS_OF_SERIES[row['series_id']]}, {row['date'][:4]}"
            for row in figures[figures["country"] == country].to_dict("records")
        ]
        labels.append({"name": country, "text": "\n".join([country, *told]), "position": list(LABEL_AT[view][country])})
    return labels


def name_labels(points: pd.DataFrame, view: str, taken: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names of placed points beside them. Points on top of each other share a label; one that would touch another, or one
    of those already taken, is left out: a closer view, the pointer and the list name the rest."""
    boxes = [_box_of(label, view) for label in taken]
    labels = []
    for group in _close_together(points, view):
        names = list(dict.fromkeys(_short_name(row) for row in group))
        label = {"text": ", ".join(names), "position": [group[0]["shown_longitude"], group[0]["shown_latitude"]]}
        box = _box_of(label, view)
        if len(names) <= MOST_NAMES and not any(_touch(box, other) for other in boxes):
            labels.append(label)
            boxes.append(box)
    return labels


def _close_together(points: pd.DataFrame, view: str) -> list[list[Row]]:
    near = CLOSE_PIXELS / PIXELS_A_DEGREE[view]
    groups: list[list[Row]] = []
    for row in points.sort_values(["shown_longitude", "place_id"]).to_dict("records"):
        at = next((group for group in groups if _is_near(group[0], row, near)), None)
        groups.append([row]) if at is None else at.append(row)
    return groups


def _is_near(one: Row, other: Row, near: float) -> bool:
    across = abs(one["shown_longitude"] - other["shown_longitude"])
    return bool(across < near and abs(one["shown_latitude"] - other["shown_latitude"]) < near)


Box = tuple[float, float, float, float]


def _box_of(label: dict[str, Any], view: str) -> Box:
    """Left, right, bottom and top of a label in pixels of the view, with some air."""
    longitude, latitude = label["position"]
    scale = PIXELS_A_DEGREE[view]
    lines = label["text"].split("\n")
    left, middle = longitude * scale, math.degrees(math.asinh(math.tan(math.radians(latitude)))) * scale
    half = 10 * len(lines) + 2
    return left - 6, left + 7 * max(len(line) for line in lines) + 22, middle - half, middle + half


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _short_name(row: Row) -> str:
    name = str(row["name"]).split(",")[0].split(" (")[0]
    return f"{name}?" if row["role"] == "reported camp" else name


def land_layer(ground: Ground, view: str) -> pdk.Layer:
    """Countries; those with a country-level row are coloured."""
    places, figures = ground.places, ground.figures
    told = sorted(set(places[places["coordinate_precision"] == "country"]["country"]) & set(figures["country"]))
    reported = sorted(set(places[places["roles"] == "reported camp"]["country"]) - set(told))
    of_told, of_reported = (round(FAINT[name] * 255) for name in ("told", "reported"))
    otherwise = _by_name(reported, rgb(ROLE_COLORS["reported camp"], of_reported), str(rgb(LAND)))
    fill = _by_name(told, rgb(TEAL, of_told), otherwise)
    return pdk.Layer(
        "GeoJsonLayer", data=COUNTRIES_URL, id="land", filled=True, stroked=False, get_fill_color=fill, pickable=False
    )


def province_layer(ground: Ground, view: str) -> pdk.Layer:
    """Borders of North Korea's provinces, in the close view."""
    return _outlines("provinces", PROVINCES_URL, rgb(PAPER, 200), visible=view == "peninsula")


def border_layer(ground: Ground, view: str) -> pdk.Layer:
    """Borders of countries, over those of the provinces."""
    return _outlines("borders", COUNTRIES_URL, rgb(MUTED, 150))


def _outlines(name: str, url: str, colour: list[int], visible: bool = True) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        data=url,
        id=name,
        filled=False,
        stroked=True,
        get_line_color=colour,
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
            "told": row["told"],
            "position": [row["shown_longitude"], row["shown_latitude"]],
            "fill": rgb(PAPER, 160) if row["role"] == "reported camp" else rgb(ROLE_COLORS[row["role"]]),
            "line": rgb(ROLE_COLORS[row["role"]] if row["role"] == "reported camp" else PAPER),
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
    """A letter in each filled mark that says what its colour says; a hollow mark stands for itself."""
    records = [
        {"text": LETTERS[row["role"]], "position": [row["shown_longitude"], row["shown_latitude"]]}
        for row in placed(ground.places).to_dict("records")
        if row["role"] in LETTERS
    ]
    return _text_layer("kinds", records, size=12, anchor="middle", background=False, colour=PAPER)


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
    points = _at_places(ground.sums, "place_id", ground.places)
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
        for row in _at_places(ground.sums, "place_id", ground.places)
    ]
    return _text_layer("operation-sums", records, size=13, anchor="middle", background=False)


def estimate_layer(ground: Ground, view: str) -> pdk.Layer:
    """The newest estimate for each place in words, beside it; estimates overlap and are never added up."""
    return _text_layer("estimates", estimate_labels(ground, view), size=13, get_pixel_offset=[11, 0])


def estimate_labels(ground: Ground, view: str) -> list[dict[str, Any]]:
    """The newest estimates as labels; one that would touch another is left to the closer view and the table."""
    taken = country_labels(ground.places, ground.figures, view)
    boxes = [_box_of(label, view) for label in taken]
    labels = []
    for row in _at_places(ground.estimates, "place_id", ground.places):
        label = {"text": f"{row['name'].split(',')[0]}: {row['label']}", "position": row["position"]}
        box = _box_of(label, view)
        if not any(_touch(box, other) for other in boxes):
            labels.append(label)
            boxes.append(box)
    return labels


def route_layer(ground: Ground, view: str) -> pdk.Layer:
    """Ways that remains travelled, as arcs from where they set out (light) to where they came (dark)."""
    starts = {row["route_id"]: row["position"] for row in _at_places(ground.routes, "from_place_id", ground.places)}
    ends = {row["route_id"]: row["position"] for row in _at_places(ground.routes, "to_place_id", ground.places)}
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


def _at_places(rows: pd.DataFrame, column: str, places: pd.DataFrame) -> list[Row]:
    """Rows whose place has a point, with that point as `position` and its name."""
    points = placed(places).set_index("place_id")
    found: list[Row] = []
    for row in rows.to_dict("records"):
        if row[column] in points.index:
            point = points.loc[row[column]]
            found.append(
                {
                    **row,
                    "name": row.get("what", point["name"]),
                    "position": [point["shown_longitude"], point["shown_latitude"]],
                }
            )
    return found


def deck(ground: Ground, view: str, chosen: tuple[str, ...] = ()) -> pdk.Deck:
    """The map of what stands on the ground, at one of VIEWS, with the layers chosen; land and borders are always there."""
    ground = replace(ground, estimates=ground.estimates if "estimates" in chosen else ground.estimates.iloc[:0])
    layers = [layer(ground, view) for name, layer in LAYERS.items() if OPTIONAL.get(name) in (None, *chosen)]
    return pdk.Deck(
        layers=layers,
        initial_view_state=pdk.ViewState(**VIEWS[view], min_zoom=0.6, max_zoom=9),
        map_style=NO_BACKGROUND,
        tooltip=TOOLTIP,
    )


def _by_name(names: list[str], colour: list[int], otherwise: str) -> str:
    if not names:
        return otherwise
    test = " || ".join(f"properties.name == '{NAME_ON_GROUND.get(name, name)}'" for name in names)
    return f"({test}) ? {colour} : {otherwise}"


def _text_layer(
    name: str,
    records: list[dict[str, Any]],
    size: int,
    anchor: str = "start",
    background: bool = True,
    colour: str = INK,
    **more: Any,
) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        data=records,
        id=name,
        get_position="position",
        get_text="text",
        get_size=size,
        get_color=rgb(colour),
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


NAME_ON_GROUND = {"United States": "United States of America"}
WORDS_OF_SERIES = {
    "estimated_in_country": "believed buried",
    "remains_located_in_country": "stated to be there",
    "remains_recovered_cumulative": "recovered",
    "k208_boxes": "turned over",
}
HOW_TO_READ = "A coloured country carries the newest figures for the whole of it, each with its year; they stand whatever years are chosen. A filled mark is a place where something was done; a hollow one with a question mark is a reported camp, and no recovery in Russia is claimed. An orange circle adds up the sets of remains that rows of single joint operations report at a place (computed); an arc is a way that remains travelled. Places are as precise as their row says: most points are the middle of a town or a county."
LETTERS = {
    "recovery": "R",
    "handover": "H",
    "burial": "B",
    "laboratory": "L",
    "prison camp": "C",
    "talks": "T",
    "archive": "A",
}
LETTERS_IN_WORDS = (
    f"The letter in a mark says what happened there: {', '.join(f'{mark} {role}' for role, mark in LETTERS.items())}."
)
Layer = Callable[[Ground, str], pdk.Layer]
LAYERS: dict[str, Layer] = {
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
# Layers that a reader can leave out, and the choice that they belong to.
OPTIONAL = {
    "routes": "routes",
    "operations": "operations",
    "operation sums": "operations",
    "places": "places",
    "kinds": "places",
    "place names": "places",
    "estimates": "estimates",
}
