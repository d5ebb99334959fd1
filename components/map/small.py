"""Where in North Korea, on a map the size of a hand? Numbered marks on neutral land, whose list is beside it."""

import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.map.boxes import Pixel
from components.map.labels import mercator
from components.map.land import draw_land, joined_with_gaps
from components.map.window import Window
from components.theme import BORDER, MUTED, NAVY, ORANGE, PAPER, SMALL_SIZE, layout, tint
from data.record.wording import Row

# West edge, and south and north of what is shown, in degrees: the west of North Korea, where all its places are.
WEST, SOUTH, NORTH = 124.0, 37.9, 42.1
# The same of the whole peninsula, and where in it the name of its south is.
WHOLE_WEST, SOUTH_OF_ALL, NORTH_OF_ALL, NAME_OF_SOUTH = 123.7, 33.9, 43.2, (127.9, 36.3)
# Radius in pixels of a numbered mark, air between two, radius of the circle of one set of remains, and the rounds in which
# marks give way.
MARK, AIR, ONE_SET, ROUNDS = 8.5, 4, 3.0, 60


def small_map(marks: Sequence[Row], land: dict[str, Any], width: int, height: int, is_whole: bool = False) -> go.Figure:
    """Numbered marks at their places, circles around those from where joint operations brought remains.

    A mark has `number`, `longitude`, `latitude`, `row_id`, `text`, and `total` of the remains (0 for none) with their
    `sum_id`. Marks that would touch are moved apart, a thin line leading back to the place. `is_whole` shows the whole
    peninsula, for a drawing that is high enough.
    """
    west, south, north = (WHOLE_WEST, SOUTH_OF_ALL, NORTH_OF_ALL) if is_whole else (WEST, SOUTH, NORTH)
    scale = height / (mercator(north) - mercator(south))
    window = Window(west, west + width / scale, mercator(south), mercator(north), scale, "peninsula")
    figure = go.Figure()
    draw_land(figure, land, window)
    _draw_circles(figure, [mark for mark in marks if mark["total"]])
    _draw_marks(figure, marks, window)
    figure.update_layout(layout(height, width=width, margin={"l": 0, "r": 0, "t": 0, "b": 0}))
    figure.update_xaxes(range=[window.west, window.east], visible=False, fixedrange=True)
    figure.update_yaxes(range=[window.south, window.north], visible=False, fixedrange=True)
    frame = {"type": "rect", "xref": "paper", "yref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 1}
    if is_whole:
        look = {"showarrow": False, "font": {"size": SMALL_SIZE, "color": MUTED}}
        figure.add_annotation(x=NAME_OF_SOUTH[0], y=mercator(NAME_OF_SOUTH[1]), text="South Korea", **look)
    figure.add_shape(**frame, line={"color": BORDER, "width": 1})
    return figure


def _draw_circles(figure: go.Figure, marks: Sequence[Row]) -> None:
    """A circle whose area follows the number of sets, the largest at the bottom."""
    rows = sorted(marks, key=lambda mark: -mark["total"])
    look = {
        "symbol": "circle",
        "size": [2 * (MARK + ONE_SET * math.sqrt(mark["total"]) / 1.6) for mark in rows],
        "color": tint(ORANGE, 0.3),
        "line": {"color": ORANGE, "width": 1.5},
    }
    if rows:
        figure.add_trace(_trace(rows, [_at(mark) for mark in rows], look, "sum_id"))


def _draw_marks(figure: go.Figure, marks: Sequence[Row], window: Window) -> None:
    pixels = spread([window.pixel(mark["longitude"], mark["latitude"]) for mark in marks], 2 * MARK + AIR)
    spots = [window.axis_values(pixel) for pixel in pixels]
    leaders = [[_at(mark), spot] for mark, spot in zip(marks, spots, strict=True)]
    line = {"color": MUTED, "width": 1}
    figure.add_trace(go.Scatter(**joined_with_gaps(leaders), mode="lines", line=line, showlegend=False))
    look = {"symbol": "circle", "size": 2 * MARK, "color": NAVY, "line": {"color": PAPER, "width": 1}}
    figure.add_trace(_trace(marks, spots, look, "row_id"))
    for mark, (x, y) in zip(marks, spots, strict=True):
        figure.add_annotation(
            x=x, y=y, text=str(mark["number"]), showarrow=False, font={"size": 11, "color": PAPER}, xanchor="center"
        )


def _at(mark: Row) -> Pixel:
    return float(mark["longitude"]), mercator(mark["latitude"])


def _trace(marks: Sequence[Row], spots: Sequence[Pixel], look: dict[str, Any], row_id: str) -> go.Scatter:
    return go.Scatter(
        x=[x for x, _ in spots],
        y=[y for _, y in spots],
        mode="markers",
        marker=look,
        customdata=[mark[row_id] for mark in marks],
        text=[mark["text"] for mark in marks],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def spread(pixels: Sequence[Pixel], distance: float) -> list[Pixel]:
    """The points moved apart, as little as they must, until no two are nearer than the distance."""
    spots = [(x, y + 0.01 * number) for number, (x, y) in enumerate(pixels)]
    for _ in range(ROUNDS):
        for one in range(len(spots)):
            for other in range(one):
                spots[one], spots[other] = _apart(spots[one], spots[other], distance)
    return spots


def _apart(one: Pixel, other: Pixel, distance: float) -> tuple[Pixel, Pixel]:
    gap = math.dist(one, other)
    if gap >= distance:
        return one, other
    push = (distance - gap) / 2 / gap
    across, up = (one[0] - other[0]) * push, (one[1] - other[1]) * push
    return (one[0] + across, one[1] + up), (other[0] - across, other[1] - up)
