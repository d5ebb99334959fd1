"""How does land look on the flat map? Outlines of countries and provinces as traces of a Plotly figure; pure functions."""

from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from components.map.boxes import Pixel
from components.map.labels import CLOSE, mercator
from components.map.window import Window
from components.theme import LAND, MUTED, PAPER, tint
from data.record.wording import Row

Line = list[float | None]
# Decimals of a degree that can be seen in each view.
DECIMALS = {"East Asia": 2, "whole": 1} | dict.fromkeys(CLOSE, 3)


def draw_land(figure: go.Figure, land: dict[str, Row], window: Window) -> None:
    """Countries, in the close view the provinces of North Korea over them, then its border again: all in one neutral color."""
    countries = land["countries"]["features"]
    _draw_outlines(figure, countries, window, LAND)
    if window.view in CLOSE:
        _draw_outlines(figure, land["provinces"]["features"], window, None, PAPER)
        _draw_outlines(figure, _named(countries, ["North Korea"]), window, None)


def _named(features: list[Row], names: list[str]) -> list[Row]:
    return [feature for feature in features if feature["properties"]["name"] in names]


def _draw_outlines(
    figure: go.Figure, features: list[Row], window: Window, fill: str | None, line: str = tint(MUTED, 0.6)
) -> None:
    points = joined_with_gaps([visible for ring in outer_rings(features) if (visible := visible_part(ring, window))])
    figure.add_trace(
        go.Scatter(
            **points,
            mode="lines",
            fill="toself" if fill else "none",
            fillcolor=fill,
            line={"color": line, "width": 0.8},
            hoverinfo="skip",
            showlegend=False,
        )
    )


def joined_with_gaps(lines: Sequence[Sequence[Pixel]]) -> dict[str, Line]:
    """Several lines as x and y of one trace, a gap after each."""
    gap: tuple[None, None] = (None, None)
    points = [point for line in lines for point in (*line, gap)]
    return {"x": [x for x, _ in points], "y": [y for _, y in points]}


def outer_rings(features: list[Row]) -> Iterator[list[list[float]]]:
    """Outer rings of the shapes; what lies inside a country and belongs to another is drawn by that other one."""
    for feature in features:
        shapes = feature["geometry"]["coordinates"]
        yield from (shapes[:1] if feature["geometry"]["type"] == "Polygon" else [shape[0] for shape in shapes])


def visible_part(ring: list[list[float]], window: Window) -> list[Pixel]:
    """The ring as far as it can be seen: pressed into the window with a margin, as fine as the view; empty outside it."""
    air, digits = 0.25 * (window.east - window.west), DECIMALS[window.view]
    if max(x for x, _ in ring) < window.west - air or min(x for x, _ in ring) > window.east + air:
        return []
    points: list[Pixel] = []
    for longitude, latitude in ring:
        x = min(max(longitude, window.west - air), window.east + air)
        y = min(max(mercator(latitude), window.south - air), window.north + air)
        point = round(x, digits), round(y, digits)
        if not points or point != points[-1]:
            points.append(point)
    across, up = [x for x, _ in points], [y for _, y in points]
    overlaps_across = min(across) < window.east and max(across) > window.west
    overlaps_up = min(up) < window.north and max(up) > window.south
    return points if overlaps_across and overlaps_up and len(points) > 3 else []
