"""What lies on the map that moves, layer by layer? What stands on the ground in, pydeck layers out; pure functions.

A whole country is labeled, never drawn as a point. Sizes grow and shrink with the ground, up to those of the page: so the
inset shows the same marks as dots, and words only where there is room for them.
"""

from collections.abc import Callable, Sequence

import pydeck as pdk

from components.map.circles import circle_radii, marked, moves
from components.map.ground import REPORTED_CAMP, Ground, counts_others, rows_at_places
from components.map.label_boxes import SIZES, Label
from components.map.labels import CLOSE, LETTERS
from components.map.window import MARK_SIZE, Window
from components.theme import INK, LAND, LILAC, MUTED, NAVY, ORANGE, PAPER, ROLE_COLORS, TEAL, rgb
from data.record.dates import period_in_words
from data.record.wording import Row, number_with_noun, sets_of_remains

COUNTRIES_URL = "geo/countries.geojson"
BORDERS_URL = "geo/borders.geojson"
PROVINCES_URL = "geo/north_korea_provinces.geojson"
# Pixels of the smallest dot, in the inset and far out.
DOT = 2.2
# West, east, south and north of the land that is held; the degrees over which it fades towards them (a third of them in
# the north, where a degree is drawn three times as high), in how many steps, and how far beyond the frame stays paper.
LAND_FRAME = (11.0, 310.0, -20.0, 78.0)
FADE, FADES, BEYOND = 12.0, 16, 5.0
ANCHORS = {"left": "start", "right": "end", "center": "middle"}


def land_layer(ground: Ground, window: Window) -> pdk.Layer:
    """Countries, all in one neutral color: color belongs to the marks."""
    return pdk.Layer(
        "GeoJsonLayer",
        data=COUNTRIES_URL,
        id="land",
        filled=True,
        stroked=False,
        get_fill_color=rgb(LAND),
        pickable=False,
    )


def province_layer(ground: Ground, window: Window) -> pdk.Layer:
    """Borders of North Korea's provinces, in the close view."""
    return _outline_layer("provinces", PROVINCES_URL, rgb(PAPER, 200), visible=window.view in CLOSE)


def border_layer(ground: Ground, window: Window) -> pdk.Layer:
    """Borders between countries, over those of the provinces. Coasts need no line: it would cross the words on them, and a
    computer that draws without a graphics card spends most of a picture on it."""
    return _outline_layer("borders", BORDERS_URL, rgb(MUTED, 150))


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


def edge_layer(ground: Ground, window: Window) -> pdk.Layer:
    """The land that is held ends in a frame: towards it the land fades into paper, so that no coast seems to be there."""
    west, east, south, north = LAND_FRAME
    strips = []
    for number in range(FADES):
        near, alpha = FADE * number / FADES, round(255 * (1 - number / FADES))
        far = near + FADE / FADES
        boxes = (
            (west + near - BEYOND * (not number), west + far, south, north),
            (east - far, east - near + BEYOND * (not number), south, north),
            (west, east, south + near - BEYOND * (not number), south + far),
            (west, east, north - far / 3, north - near / 3 + BEYOND * (not number)),
        )
        strips += [{"outline": _rectangle(*box), "fill": rgb(PAPER, alpha)} for box in boxes]
    return pdk.Layer(
        "SolidPolygonLayer", data=strips, id="edges", get_polygon="outline", get_fill_color="fill", pickable=False
    )


def _rectangle(west: float, east: float, south: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north]]


def point_layer(ground: Ground, window: Window) -> pdk.Layer:
    """Places with a point: filled where something was done, hollow where a camp was only reported."""
    records = [
        {
            "place_id": row["place_id"],
            "name": row["name"],
            "told": row["description"],
            "position": _position_of(row),
            "fill": rgb(PAPER) if row["role"] == REPORTED_CAMP else rgb(ROLE_COLORS[row["role"]]),
            "line": rgb(ROLE_COLORS[row["role"]] if row["role"] == REPORTED_CAMP else PAPER),
        }
        for row in marked(ground, window.view, ground.layers)
    ]
    return _round_layer("places", records, window, MARK_SIZE[window.view] / 2)


def kind_layer(ground: Ground, window: Window) -> pdk.Layer:
    """A letter in each filled mark that says what its color says; a hollow mark stands for itself."""
    records = [
        {"text": LETTERS[row["role"]], "position": _position_of(row), "size": _common(window, 12)}
        for row in marked(ground, window.view, ground.layers)
        if row["role"] in LETTERS
    ]
    return _text_layer("kinds", records, size=12, color=PAPER)


def sums_layers(ground: Ground, window: Window) -> list[pdk.Layer]:
    """Sets of remains recovered in joint operations, added up by place: circles whose area follows the sum."""
    radii = circle_radii(ground, window.view, ("operations",))
    records = [
        {
            "place_id": row["place_id"],
            "name": row["name"],
            "told": f"{sets_of_remains(int(row['total']))} in joint operations (computed from {number_with_noun(row['parts'].count(';') + 1, 'row')})",
            "position": row["position"],
            "fill": rgb(ORANGE, 120),
            "line": rgb(ORANGE),
        }
        for row in rows_at_places(ground.sums, "place_id", ground.places)
    ]
    return _circle_layers("operations", records, window, radii)


def estimate_layers(ground: Ground, window: Window) -> list[pdk.Layer]:
    """The leading estimate for each place: circles whose area follows the number; hollow and all of one size where it counts
    others than Americans too."""
    radii = circle_radii(ground, window.view, ("estimates",))
    records = [
        {
            "place_id": row["place_id"],
            "name": row["name"],
            "told": f"{row['label']}: {row['attributed_to']}",
            "position": row["position"],
            "fill": rgb(PAPER) if counts_others(row) else rgb(TEAL, 120),
            "line": rgb(MUTED if counts_others(row) else TEAL),
        }
        for row in rows_at_places(ground.estimates, "place_id", ground.places)
    ]
    return _circle_layers("estimates", records, window, radii)


def _circle_layers(name: str, records: Sequence[Row], window: Window, radii: dict[str, float]) -> list[pdk.Layer]:
    """A layer for each circle, the largest first, since each has a largest size of its own; an estimate of zero has none."""
    drawn = [record for record in records if record["place_id"] in radii]
    ordered = sorted(drawn, key=lambda record: -radii[record["place_id"]])
    return [
        _round_layer(f"{name}-{record['place_id']}", [record], window, radii[record["place_id"]]) for record in ordered
    ]


def chosen_layer(marks: pdk.Layer, record: Row) -> pdk.Layer:
    """A ring around the mark of the chosen place, which shrinks with it."""
    pixels = record["radius"] + 5
    common = marks.get_radius / record["radius"]
    larger = marks.radius_max_pixels / record["radius"]
    return pdk.Layer(
        "ScatterplotLayer",
        data=[{"position": record["position"]}],
        id="chosen",
        get_position="position",
        radius_units="'common'",
        get_radius=pixels * common,
        radius_min_pixels=larger * (DOT + 3),
        radius_max_pixels=larger * pixels,
        filled=False,
        stroked=True,
        get_line_color=rgb(INK),
        line_width_units="'common'",
        get_line_width=3 * common,
        line_width_min_pixels=larger * 1.5,
        line_width_max_pixels=larger * 3,
        pickable=False,
    )


def label_layers(ground: Ground, window: Window) -> list[pdk.Layer]:
    """Names of countries and places, sums and estimates in words, each at the spot that was found for it.

    Words of a place can be pressed like its mark.
    """
    of_countries = [_record_of(label, window) for label in ground.labels if not label.caption.place_id]
    names = ground.places.set_index("place_id")["name"]
    of_places = [
        {
            **_record_of(label, window),
            "place_id": label.caption.place_id,
            "name": names[label.caption.place_id],
            "told": "Press to see what happened there.",
        }
        for label in ground.labels
        if label.caption.place_id
    ]
    size = max(SIZES.values())
    labels = _text_layer("labels", of_places, size=size)
    labels.pickable, labels.background, labels.get_background_color = True, True, rgb(PAPER, 1)
    return [_text_layer("names of countries", of_countries, size=size), labels]


def _record_of(label: Label, window: Window) -> Row:
    left, right, top, bottom = label.box
    x_held = {"left": left + 4, "right": right - 4, "center": (left + right) / 2}[label.side]
    text = label.caption.text.replace("<br>", "\n").replace("<b>", "").replace("</b>", "")
    size = _common(window, SIZES[label.kind])
    position = list(window.ground_at((x_held, (top + bottom) / 2)))
    return {"text": text, "position": position, "anchor": ANCHORS[label.side], "size": size}


def line_layer(ground: Ground, window: Window) -> pdk.Layer:
    """Thin lines: from a place to its mark where that was moved aside, and from a mark to words that stand further off."""
    leaders = [tuple(window.ground_at(pixel) for pixel in label.leader) for label in ground.labels if label.leader]
    ends = [*moves(ground, window, ground.layers), *leaders]
    return pdk.Layer(
        "LineLayer",
        data=[{"start": list(start), "end": list(end)} for start, end in ends],
        id="lines",
        get_source_position="start",
        get_target_position="end",
        get_color=rgb(MUTED),
        width_units="'common'",
        get_width=_common(window, 1),
        width_max_pixels=1.2,
        pickable=False,
    )


def route_layer(ground: Ground, window: Window) -> pdk.Layer:
    """Routes that remains traveled, as arcs from where they set out (light) to where they came (dark)."""
    starts = {row["route_id"]: row["position"] for row in rows_at_places(ground.routes, "from_place_id", ground.places)}
    ends = {row["route_id"]: row["position"] for row in rows_at_places(ground.routes, "to_place_id", ground.places)}
    records = [
        {
            "place_id": row["to_place_id"],
            "name": row["what"],
            "told": period_in_words(row["start"], row["end"]),
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
        width_units="'common'",
        get_width=_common(window, 2),
        width_min_pixels=1,
        width_max_pixels=2,
        get_height=0.25,
        pickable=True,
    )


def _position_of(row: Row) -> list[float]:
    return [row["shown_longitude"], row["shown_latitude"]]


def _common(window: Window, pixels: float) -> float:
    """So many pixels of the window, in the units of the ground."""
    return float(pixels / 2**window.zoom)


def _round_layer(name: str, records: Sequence[Row], window: Window, radius: float) -> pdk.Layer:
    """Round marks of a radius on the page, which shrink with the ground and do not grow beyond it."""
    return pdk.Layer(
        "ScatterplotLayer",
        data=[{**record, "radius": radius} for record in records],
        id=name,
        get_position="position",
        radius_units="'common'",
        get_radius=_common(window, radius),
        radius_min_pixels=DOT,
        radius_max_pixels=radius,
        get_fill_color="fill",
        get_line_color="line",
        stroked=True,
        filled=True,
        line_width_units="'common'",
        get_line_width=_common(window, 2),
        line_width_max_pixels=2,
        pickable=True,
    )


def _text_layer(name: str, records: Sequence[Row], size: float, color: str = INK) -> pdk.Layer:
    """Words that shrink with the ground and do not grow beyond their size."""
    return pdk.Layer(
        "TextLayer",
        data=[{"anchor": "middle", **record} for record in records],
        id=name,
        get_position="position",
        get_text="text",
        get_size="size",
        size_units="'common'",
        size_max_pixels=size,
        get_color=rgb(color),
        get_text_anchor="anchor",
        get_alignment_baseline="'center'",
        character_set="'auto'",
        font_family="'Source Sans, sans-serif'",
        font_weight=600,
        line_height=1.25,
        pickable=False,
    )


MakeLayer = Callable[[Ground, Window], pdk.Layer | list[pdk.Layer]]
# In the order in which they lie on each other, the lowest first.
LAYERS: dict[str, MakeLayer] = {
    "land": land_layer,
    "provinces": province_layer,
    "borders": border_layer,
    "edges": edge_layer,
    "routes": route_layer,
    "lines": line_layer,
    "operations": sums_layers,
    "estimates": estimate_layers,
    "places": point_layer,
    "kinds": kind_layer,
    "labels": label_layers,
}
# Layers that a reader can leave out, and the option that they belong to.
OPTIONAL = {
    "routes": "routes",
    "operations": "operations",
    "places": "places",
    "kinds": "places",
    "estimates": "estimates",
}
