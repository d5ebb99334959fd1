"""How does the map that moves look where it does not move? A deck as pydeck writes it in, static SVG out; pure functions.

The same layers, places and sizes as in the browser, seen from the first view of the deck and without its controls. It knows the
kinds of layers that `layers.py` uses.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, NamedTuple

from components.map.boxes import Pixel
from components.map.labels import mercator
from components.static.pieces import path_data
from components.theme import FONT, PAPER
from data.record.single_flight import computed_once

Spec = dict[str, Any]
# The shapes at an address, as GeoJSON.
ShapesAt = Callable[[str], Spec]
# The address that a press on a mark of a place leads to, by the place's id.
LinkToPlace = Callable[[str], str]
# Pixels of the whole world at zoom 0, as deck.gl draws it.
WORLD = 512
# What the browser takes where a layer says no greatest or least size.
NO_LIMITS = (0.0, math.inf)


class Camera(NamedTuple):
    """What a view of the map sees: middle, zoom, and its box in pixels."""

    longitude: float
    latitude: float
    zoom: float
    left: float
    top: float
    width: float
    height: float

    def pixel(self, point: Sequence[float]) -> Pixel:
        """Where a point of the ground is, in pixels from the upper left corner of the map."""
        x, y = _on_world(point[0], point[1], self.zoom)
        middle_x, middle_y = _on_world(self.longitude, self.latitude, self.zoom)
        return self.left + self.width / 2 + x - middle_x, self.top + self.height / 2 + y - middle_y

    @property
    def scale(self) -> float:
        """Pixels of a unit of the ground."""
        return float(2**self.zoom)


def _on_world(longitude: float, latitude: float, zoom: float) -> Pixel:
    size = WORLD * 2**zoom
    return (0.5 + longitude / 360) * size, (0.5 - mercator(latitude) / 360) * size


def deck_svg(deck: Spec, width: float, height: float, shapes_at: ShapesAt, link: LinkToPlace) -> str:
    """A deck in a box of pixels as SVG, its insets over it. ValueError for a kind of layer that is not known here."""
    cameras = [_camera(view, deck["initialViewState"], width, height) for view in deck["views"]]
    views = "".join(_view(deck["layers"], camera, shapes_at, link) for camera in cameras)
    return f'<svg viewBox="0 0 {width:g} {height:g}" font-family="{FONT}">{views}</svg>'


def _camera(view: Spec, first: Spec, width: float, height: float) -> Camera:
    state = view.get("viewState", first)
    box = (
        _share(view.get(name, default), whole)
        for name, default, whole in (
            ("x", "0%", width),
            ("y", "0%", height),
            ("width", "100%", width),
            ("height", "100%", height),
        )
    )
    return Camera(state["longitude"], state["latitude"], state["zoom"], *box)


def _share(text: str, whole: float) -> float:
    return float(text.removesuffix("%")) / 100 * whole


def _view(layers: list[Spec], camera: Camera, shapes_at: ShapesAt, link: LinkToPlace) -> str:
    box = f'x="{camera.left:g}" y="{camera.top:g}" width="{camera.width:g}" height="{camera.height:g}"'
    frame = f'viewBox="{camera.left:g} {camera.top:g} {camera.width:g} {camera.height:g}"'
    ground = f'<rect {box} fill="{PAPER}"/>'
    drawn = "".join(_layer(layer, camera, shapes_at, link) for layer in layers if layer.get("visible", True))
    return f"<svg {box} {frame}>{ground}{drawn}</svg>"


def _layer(layer: Spec, camera: Camera, shapes_at: ShapesAt, link: LinkToPlace) -> str:
    kind = layer["@@type"]
    if kind == "GeoJsonLayer":
        return _shapes(layer, shapes_at, camera)
    if kind not in MARKS:
        raise ValueError(f"a layer of the map is of a kind that cannot be drawn without a browser: {kind}")
    marks = [(row, MARKS[kind](layer, row, camera)) for row in layer["data"]]
    return "".join(_linked(row, mark, link) for row, mark in marks if mark)


def _linked(row: Spec, mark: str, link: LinkToPlace) -> str:
    if "place_id" not in row:
        return mark
    title = f"<title>{escape(row['name'])}</title>" if mark.startswith("<circle") else ""
    return f'<a href="{escape(link(row["place_id"]))}">{mark.replace("/>", f">{title}</circle>", 1) if title else mark}</a>'


def _value(layer: Spec, name: str, row: Spec) -> Any:
    """What a layer says of a row: a value for all of them, or the name of a column."""
    value = layer.get(name)
    return row[value.removeprefix("@@=")] if isinstance(value, str) and value.startswith("@@=") else value


def _pixels(layer: Spec, name: str, limits: str, row: Spec, camera: Camera) -> float:
    """A size on the ground in pixels, within the limits that the layer sets."""
    least, most = (
        float(layer.get(f"{limits}{end}Pixels", other)) for end, other in zip(("Min", "Max"), NO_LIMITS, strict=True)
    )
    return min(max(float(_value(layer, name, row)) * camera.scale, least), most)


def _color(rgba: Sequence[float]) -> str:
    red, green, blue, alpha = (*rgba, 255)[:4]
    return f"#{red:02x}{green:02x}{blue:02x}" + (f"{alpha:02x}" if alpha < 255 else "")


def _circle(layer: Spec, row: Spec, camera: Camera) -> str:
    x, y = camera.pixel(_value(layer, "getPosition", row))
    radius = _pixels(layer, "getRadius", "radius", row, camera)
    if not _is_seen(x, y, radius, camera):
        return ""
    fill = _color(_value(layer, "getFillColor", row)) if layer.get("filled", True) else "none"
    line = ""
    if layer.get("stroked"):
        width = _pixels(layer, "getLineWidth", "lineWidth", row, camera)
        line = f' stroke="{_color(_value(layer, "getLineColor", row))}" stroke-width="{width:.1f}"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"{line}/>'


def _is_seen(x: float, y: float, reach: float, camera: Camera) -> bool:
    return -reach < x - camera.left < camera.width + reach and -reach < y - camera.top < camera.height + reach


def _line(layer: Spec, row: Spec, camera: Camera) -> str:
    ends = [camera.pixel(_value(layer, name, row)) for name in ("getSourcePosition", "getTargetPosition")]
    color = _color(_value(layer, "getTargetColor" if "getTargetColor" in layer else "getColor", row))
    width = _pixels(layer, "getWidth", "width", row, camera)
    (x, y), (to_x, to_y) = ends
    return f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="{color}" stroke-width="{width:.1f}"/>'


# Words of fewer pixels cannot be read; the inset has dots alone.
LEAST_TYPE = 6


def _text(layer: Spec, row: Spec, camera: Camera) -> str:
    size = _pixels(layer, "getSize", "size", row, camera)
    x, y = camera.pixel(_value(layer, "getPosition", row))
    if size < LEAST_TYPE or not _is_seen(x, y, 20 * size, camera):
        return ""
    lines = str(_value(layer, "getText", row)).split("\n")
    step = size * float(layer.get("lineHeight", 1))
    first = y - step * (len(lines) - 1) / 2 + size * 0.34
    anchor, color = _value(layer, "getTextAnchor", row), _color(_value(layer, "getColor", row))
    look = f'font-size="{size:.1f}" font-weight="{layer.get("fontWeight", 400)}" fill="{color}" text-anchor="{anchor}"'
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{first + nth * step:.1f}">{escape(line)}</tspan>' for nth, line in enumerate(lines)
    )
    return f"<text {look}>{spans}</text>"


def _polygon(layer: Spec, row: Spec, camera: Camera) -> str:
    path = _path_of([_value(layer, "getPolygon", row)], camera, is_closed=True)
    color = _value(layer, "getFillColor", row)
    return f'<path d="{path}" fill="{_color(color)}"/>' if path else ""


def _shapes(layer: Spec, shapes_at: ShapesAt, camera: Camera) -> str:
    is_filled = bool(layer.get("filled"))
    path = _path_of_shapes(layer["data"], shapes_at, camera, is_filled)
    if is_filled:
        return f'<path d="{path}" fill="{_color(layer["getFillColor"])}" fill-rule="evenodd"/>'
    width = float(layer.get("lineWidthMinPixels", 1))
    return f'<path d="{path}" fill="none" stroke="{_color(layer["getLineColor"])}" stroke-width="{width:g}"/>'


@computed_once(32)
def _path_of_shapes(address: str, shapes_at: ShapesAt, camera: Camera, is_closed: bool) -> str:
    """Shapes in a view, as the data of an SVG path: thousands of points, the same for all marks that lie on them."""
    return _path_of(rings_of(shapes_at(address)), camera, is_closed)


def rings_of(shapes: Spec) -> Iterable[list[list[float]]]:
    """All outlines of a collection of shapes, and all lines of a collection of lines."""
    for feature in shapes["features"]:
        kind, parts = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        if kind == "LineString":
            yield parts
        elif kind in ("Polygon", "MultiLineString"):
            yield from parts
        else:
            for shape in parts:
                yield from shape


def _path_of(rings: Iterable[Sequence[Sequence[float]]], camera: Camera, is_closed: bool) -> str:
    """Outlines as the data of an SVG path, in whole pixels, as far as they are near the view."""
    parts = []
    for ring in rings:
        pixels = [camera.pixel(point) for point in ring]
        for line in [_clipped(pixels, camera)] if is_closed else _pieces_inside(pixels, camera):
            parts.append(path_data(line, is_closed))
    return "".join(parts)


def _pieces_inside(pixels: Sequence[Pixel], camera: Camera) -> list[list[Pixel]]:
    """The parts of a line of which an end is in the view."""
    pieces: list[list[Pixel]] = [[]]
    seen = [_is_seen(x, y, 0, camera) for x, y in pixels]
    for nth, pixel in enumerate(pixels):
        if any(seen[max(nth - 1, 0) : nth + 2]):
            pieces[-1].append(pixel)
        elif pieces[-1]:
            pieces.append([])
    return pieces


def _clipped(pixels: Sequence[Pixel], camera: Camera) -> list[Pixel]:
    """An outline cut at the edges of the view, one after another (Sutherland and Hodgman)."""
    margin = 4
    edges = (
        (0, 1, camera.left - margin),
        (0, -1, -(camera.left + camera.width + margin)),
        (1, 1, camera.top - margin),
        (1, -1, -(camera.top + camera.height + margin)),
    )
    cut = list(pixels)
    for axis, sign, bound in edges:
        cut = _cut_at(cut, axis, sign, bound)
    return cut


def _cut_at(pixels: list[Pixel], axis: int, sign: int, bound: float) -> list[Pixel]:
    """An outline without what is beyond one edge."""
    kept: list[Pixel] = []
    for before, here in zip([*pixels[-1:], *pixels[:-1]], pixels, strict=True):
        was_in, is_in = (sign * point[axis] >= bound for point in (before, here))
        if was_in != is_in:
            part = (sign * bound - before[axis]) / (here[axis] - before[axis])
            kept.append((before[0] + part * (here[0] - before[0]), before[1] + part * (here[1] - before[1])))
        if is_in:
            kept.append(here)
    return kept


MARKS: dict[str, Callable[[Spec, Spec, Camera], str]] = {
    "ScatterplotLayer": _circle,
    "LineLayer": _line,
    "ArcLayer": _line,
    "TextLayer": _text,
    "SolidPolygonLayer": _polygon,
}
