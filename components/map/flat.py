"""Where, where no WebGL can be had: in a picture, on a slide, on paper?

The facts of the map that moves, as a Plotly figure on plain axes: longitude (shifted as there) across, Mercator degrees
up. Land comes from the caller; nothing is requested from a network. What finds no spot for its name is counted below.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from components.charts.labels import wrap
from components.map.boxes import Pixel
from components.map.circles import moves
from components.map.ground import REPORTED_CAMP, Ground, counts_others, placed
from components.map.label_boxes import SIZES, Label
from components.map.label_placing import place_labels, points_within
from components.map.labels import DISPUTED, mercator, sums_off_map
from components.map.land import draw_land, joined_with_gaps
from components.map.layers import estimate_layers, point_layer, route_layer, sums_layers
from components.map.window import MARK_SIZE, Window, window_in, window_of
from components.theme import (
    BORDER,
    INK,
    MUTED,
    NAVY,
    ORANGE,
    PAPER,
    ROLE_COLORS,
    SMALL_SIZE,
    TEAL,
    layout,
    tint,
)
from data.record.wording import Row

# Symbol of a mark by its color, and pixels added so that all look equally large; a diamond is a camp.
SYMBOLS = {ROLE_COLORS["recovery"]: ("circle", 0), NAVY: ("square", -1), INK: ("triangle-up", 2)}
MARK_RANK, SUM_RANK, ROUTE_RANK = 1, 2, 3
# Pixels: width and height of an entry of the legend, height of a line of the notes, size of their letters.
LEGEND_ENTRY, LEGEND_ROW, NOTE_ROW, NOTE_SIZE = 360, 21, 17, 12


def flat_map(
    ground: Ground,
    land: dict[str, Any],
    view: str,
    layers: tuple[str, ...] = (),
    width: int = 1100,
    is_bare: bool = False,
) -> go.Figure:
    """The map of what stands on the ground, at one of the views of the deck, with these layers; land and borders are
    always there.

    `land` holds two FeatureCollections, "countries" and "provinces", longitudes shifted as `shifted_longitude` does.
    Clicked marks carry their place_id as customdata. `width` in pixels; one that `is_bare` has the width of the room of the
    ground, and its legend and notes stand elsewhere.
    """
    window = window_in(view, ground.room) if is_bare else window_of(view, width)
    ground = replace(ground, layers=layers)
    figure = go.Figure()
    draw_land(figure, land, window)
    if "routes" in layers:
        _draw_routes(figure, ground, window)
    if "operations" in layers:
        _draw_sums(figure, ground, window)
    if "estimates" in layers:
        _draw_estimates(figure, ground, window)
    if "places" in layers:
        _draw_places(figure, ground, window)
    labels = place_labels(ground, window._replace(room=None), layers)
    _draw_labels(figure, labels, window, moves(ground, window, layers))
    _lay_out(figure, window, None if is_bare else _notes_of(ground, window, layers, labels))
    return figure


def _draw_places(figure: go.Figure, ground: Ground, window: Window) -> None:
    """Placed points, a trace for each color, hollow ones apart; the shape of a mark names its kind, too."""
    roles = placed(ground.places).drop_duplicates("place_id").set_index("place_id")["role"]
    rows = [{**row, "role": roles[row["place_id"]]} for row in point_layer(ground, window).data]
    looks = {role: (color, role == REPORTED_CAMP) for role, color in ROLE_COLORS.items()}
    for color, is_hollow in dict.fromkeys(looks.values()):
        group = [row for row in rows if looks[row["role"]] == (color, is_hollow)]
        if group:
            roles_of_group = {row["role"] for row in group}
            names = " or ".join(role for role in ROLE_COLORS if role in roles_of_group)
            name = f"{REPORTED_CAMP} (hollow, “?”)" if is_hollow else names
            figure.add_trace(_marks(group, window, name, _look_of_places(color, is_hollow, window), MARK_RANK))


def _look_of_places(color: str, is_hollow: bool, window: Window) -> dict[str, Any]:
    symbol, added = SYMBOLS.get(color, ("diamond", 0))
    return {
        "symbol": symbol,
        "size": MARK_SIZE[window.view] + added,
        "color": tint(PAPER, 0.65) if is_hollow else color,
        "line": {"color": color if is_hollow else PAPER, "width": 2 if is_hollow else 1},
    }


def _marks(rows: Sequence[Row], window: Window, name: str, look: dict[str, Any], rank: int) -> go.Scatter:
    """Records of a layer of the deck as marks that keep their tooltip and, for a click, their place."""
    return go.Scatter(
        x=[round(row["position"][0], 3) for row in rows],
        y=[round(mercator(row["position"][1]), 3) for row in rows],
        mode="markers",
        marker=look,
        customdata=[row["place_id"] for row in rows],
        text=[f"<b>{row['name']}</b><br>{row['told']}" for row in rows],
        hovertemplate="%{text}<extra></extra>",
        name=name,
        showlegend=any(window.shows(row["position"]) for row in rows),
        legendrank=rank,
    )


def _draw_sums(figure: go.Figure, ground: Ground, window: Window) -> None:
    """Sums of joint operations as circles whose area follows the sum, the largest at the bottom."""
    rows = [row for layer in sums_layers(ground, window) for row in layer.data]
    if rows:
        look = _look_of_circles(rows, ORANGE)
        figure.add_trace(_marks(rows, window, "sets of remains in joint operations (computed sum)", look, SUM_RANK))


def _draw_estimates(figure: go.Figure, ground: Ground, window: Window) -> None:
    """Estimates as circles whose area follows the number; hollow ones, all of one size, count others than Americans too."""
    rows = [row for layer in estimate_layers(ground, window) for row in layer.data]
    hollow = {row["place_id"] for row in ground.estimates.to_dict("records") if counts_others(row)}
    scaled = [row for row in rows if row["place_id"] not in hollow]
    others = [row for row in rows if row["place_id"] in hollow]
    if scaled:
        name = "believed buried there: a larger circle is a larger number"
        figure.add_trace(_marks(scaled, window, name, _look_of_circles(scaled, TEAL), SUM_RANK))
    if others:
        look = _look_of_circles(others, MUTED) | {"color": PAPER}
        name = "counts South Korean and UN dead too; not drawn to scale"
        figure.add_trace(_marks(others, window, name, look, SUM_RANK))


def _look_of_circles(rows: Sequence[Row], color: str) -> dict[str, Any]:
    sizes = [round(2 * row["radius"], 1) for row in rows]
    return {"symbol": "circle", "size": sizes, "color": tint(color, 0.45), "line": {"color": color, "width": 1.5}}


def _draw_routes(figure: go.Figure, ground: Ground, window: Window) -> None:
    """Routes that remains traveled, bowed to one side, with a head where they came; those between the same two places
    share a line."""
    texts_by_ends: dict[tuple[Pixel, Pixel], list[str]] = {}
    for row in route_layer(ground, window).data:
        start, end = [(at[0], mercator(at[1])) for at in (row["start"], row["end"])]
        texts_by_ends.setdefault((start, end), []).append(f"<b>{row['name']}</b><br>{row['told']}")
    curves = [_bowed(*ends) for ends in texts_by_ends]
    texts = ["<br>".join(lines) for lines in texts_by_ends.values()]
    hover_texts = [cell for curve, text in zip(curves, texts, strict=True) for cell in [*[text] * len(curve), ""]]
    if curves:
        figure.add_trace(
            go.Scatter(
                **joined_with_gaps(curves),
                text=hover_texts,
                mode="lines",
                line={"color": tint(NAVY, 0.5), "width": 1.3, "shape": "spline"},
                hovertemplate="%{text}<extra></extra>",
                name="route that remains took",
                showlegend=True,
                legendrank=ROUTE_RANK,
            )
        )
        figure.add_trace(_heads(curves, window))


def _bowed(start: Pixel, end: Pixel, steps: int = 8) -> list[Pixel]:
    """Points of a curve between two points, its middle to the left of the straight line by a sixteenth of its length."""
    across, up = end[0] - start[0], end[1] - start[1]
    bend = (start[0] + end[0]) / 2 - up / 8, (start[1] + end[1]) / 2 + across / 8
    parts = [(step / steps, 1 - step / steps) for step in range(steps + 1)]
    x = [round(rest**2 * start[0] + 2 * part * rest * bend[0] + part**2 * end[0], 3) for part, rest in parts]
    y = [round(rest**2 * start[1] + 2 * part * rest * bend[1] + part**2 * end[1], 3) for part, rest in parts]
    return list(zip(x, y, strict=True))


def _heads(curves: list[list[Pixel]], window: Window) -> go.Scatter:
    steps = [(curve[-1][0] - curve[-2][0], curve[-1][1] - curve[-2][1]) for curve in curves]
    return go.Scatter(
        x=[curve[-1][0] for curve in curves],
        y=[curve[-1][1] for curve in curves],
        mode="markers",
        marker={
            "symbol": "arrow",
            "size": 9,
            "color": NAVY,
            "angle": [round(math.degrees(math.atan2(across, up))) for across, up in steps],
            "standoff": MARK_SIZE[window.view] / 2,
        },
        hoverinfo="skip",
        showlegend=False,
    )


def _draw_labels(
    figure: go.Figure, labels: list[Label], window: Window, moves_drawn: list[tuple[Pixel, Pixel]]
) -> None:
    """Words on a light ground, and the thin lines that lead to them."""
    leaders = [[window.axis_values(pixel) for pixel in label.leader] for label in labels if label.leader]
    leaders += [[(x, mercator(y)) for x, y in ends] for ends in moves_drawn]
    line = {"color": MUTED, "width": 0.8}
    figure.add_trace(
        go.Scatter(**joined_with_gaps(leaders), mode="lines", line=line, hoverinfo="skip", showlegend=False)
    )
    for label in labels:
        left, right, top, bottom = label.box
        x_held = {"left": left + 4, "right": right - 4, "center": (left + right) / 2}[label.side]
        x, y = window.axis_values((x_held, (top + bottom) / 2))
        figure.add_annotation(
            x=x,
            y=y,
            text=label.caption.text,
            name=label.kind,
            showarrow=False,
            xanchor=label.side,
            yanchor="middle",
            align=label.side,
            borderpad=1,
            bgcolor=tint(PAPER, 0.85 if label.kind == "sum" else 0.75),
            font={"size": SIZES[label.kind], "color": INK},
        )


def _notes_of(ground: Ground, window: Window, layers: tuple[str, ...], labels: list[Label]) -> list[str]:
    """What the map leaves out, and whose borders it draws, in lines as long as the window."""
    inside, with_point = len(points_within(ground, window)), len(placed(ground.places))
    words = " ".join(label.caption.text.replace("<br>", " ") for label in labels if label.kind in ("estimate", "list"))
    written = sum(label in words for label in ground.estimates["label"])
    notes = {
        "places": f"{inside} of {with_point} places with a point lie in this window; a mark without a name is in the table of places.",
        "operations": sums_off_map(ground.sums, ground.places),
        "estimates": f"{written:,} of {len(ground.estimates):,} newest estimates are written here, the rest stand in their table; they overlap and are never added up.",
    }
    sentences = [note for name, note in notes.items() if name in layers and note]
    letters = int(window.size[0] / (0.54 * NOTE_SIZE))
    return wrap(" ".join([*sentences, DISPUTED]), letters).split("<br>")


def _lay_out(figure: go.Figure, window: Window, notes: list[str] | None) -> None:
    """The window at its size, the legend and the notes below it, where it has notes; axes are fixed and keep their
    proportion."""
    wide, high = window.size
    entries = sum(bool(trace.showlegend) for trace in figure.data)
    columns = max(1, int(wide // LEGEND_ENTRY))
    legend = 12 + LEGEND_ROW * math.ceil(entries / columns)
    below = 2 if notes is None else legend + NOTE_ROW * len(notes) + 8
    margin = {"l": 2, "r": 2, "t": 2, "b": below, "autoexpand": False}
    more = {
        "width": round(wide) + 4,
        "margin": margin,
        "showlegend": True,
        "legend": _legend(high, wide / columns),
    }
    figure.update_layout(layout(round(high) + below + 2, **more))
    fixed = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_xaxes(range=[window.west, window.east], **fixed)
    figure.update_yaxes(range=[window.south, window.north], scaleanchor="x", **fixed)
    figure.add_shape(
        type="rect", xref="paper", yref="paper", x0=0, x1=1, y0=0, y1=1, line={"color": BORDER, "width": 1}
    )
    if notes is not None:
        _write_notes(figure, notes, legend)


def _write_notes(figure: go.Figure, notes: list[str], below: float) -> None:
    figure.add_annotation(
        x=0,
        y=0,
        xref="paper",
        yref="paper",
        yshift=-below,
        text="<br>".join(notes),
        name="note",
        showarrow=False,
        xanchor="left",
        yanchor="top",
        align="left",
        font={"size": NOTE_SIZE, "color": MUTED},
    )


def _legend(high: float, entry: float) -> dict[str, Any]:
    """Below the window, in columns, as words only: nothing is switched off by a click."""
    return {
        "orientation": "h",
        "x": 0,
        "y": -6 / high,
        "yanchor": "top",
        "entrywidth": round(entry) - 46,
        "entrywidthmode": "pixels",
        "itemsizing": "trace",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": SMALL_SIZE},
    }
