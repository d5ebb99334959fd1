"""How is a hedged figure drawn, a row a figure? Frames of figures in, a Plotly figure out; pure functions.

A point is drawn where a number was printed. A range is a bar between its two ends; "more than" and "at least" carry an
open arrow upwards; "fewer than" and "up to" are a bar from zero to the number, without an end at zero.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import TICK_FONT
from components.charts.labels import arrow_to_the_right, hover_text, largest_of, middle_of, wrap
from components.charts.limits import MOST_ROWS, newest, note_cut
from components.theme import GRID, INK, KIND_COLORS, MUTED, TEXT_SIZE, color_of_words, layout
from data.record.wording import OPEN_DOWN, OPEN_UP, Row, unit_in_words, value_in_words

# Pixels: height of a row, of a second line of its label, length of an arrow.
ROW_HEIGHT, SECOND_LINE, ARROW = 62, 16, 34
# Pixels of a letter, and of the plot on a narrow screen; letters of a line of a label there.
LETTER, NARROW, LABEL_LETTERS = 7.6, 300, 46
# Numbers are near each other where the smallest is at least this part of the largest; the least that an axis spans beside
# the largest, and the air before the smallest beside what lies between the two.
NEAR, LEAST_SPAN, AIR = 0.6, 0.01, 0.25
SYMBOLS = {"exact": "circle", "range": "line-ns-open"}


def hedged_rows(frame: pd.DataFrame, is_broken: bool = False) -> go.Figure:
    """A row a figure: label and unit above, its mark on an axis from zero, its number in words beside it.

    A broken axis begins below the smallest of numbers that are close to each other, and the figure says where.
    """
    rows = newest(frame, MOST_ROWS).to_dict("records")
    start = start_of_axis(rows) if is_broken else 0
    figure = go.Figure()
    draw_rows(figure, rows, range(len(rows), 0, -1), start)
    note_cut(figure, frame, MOST_ROWS)
    height = ROW_HEIGHT + SECOND_LINE * any("<br>" in label_of(row) for row in rows)
    figure.update_layout(layout(height * len(rows) + 60, margin={"l": 12, "r": 8, "t": 14, "b": 34}))
    figure.update_xaxes(
        range=[start, start + end_of_axis(rows, start)],
        showgrid=True,
        gridcolor=GRID,
        zeroline=True,
        zerolinecolor=MUTED,
        tickformat=",d",
        nticks=5,
        tickfont=TICK_FONT,
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[0.4, len(rows) + 0.75], fixedrange=True)
    if start:
        _note_start(figure, start)
    return figure


def start_of_axis(rows: Sequence[Row]) -> int:
    """Where an axis begins that holds these numbers and little else: at zero unless the smallest is near the largest."""
    ends = [end for row in rows for end in (_ends_of(row)[0], largest_of(row))]
    low, high = min(ends, default=0), max(ends, default=0)
    if not low or low < NEAR * high:
        return 0
    step = 10 ** max(len(str(int(max(high - low, high * LEAST_SPAN)))) - 1, 0)
    return int((low - (high - low) * AIR) // step * step)


def _note_start(figure: go.Figure, start: int) -> None:
    note = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "yshift": -22}
    words = f"The axis begins at {start:,}, not at zero"
    figure.add_annotation(text=words, showarrow=False, font=TICK_FONT, **note)
    figure.update_layout(margin={"b": 56}, height=figure.layout.height + 22)


def label_of(row: Row) -> str:
    """Label and unit of a row, broken to fit a narrow screen."""
    return wrap(f"{row['label']} ({unit_in_words(row)})", LABEL_LETTERS)


def end_of_axis(rows: Sequence[Row], start: float = 0) -> float:
    """Length of an axis from its start that leaves room for the number in words beside each mark, on a narrow screen too."""
    ends = [1.0]
    for row in rows:
        needs = len(value_in_words(row)) * LETTER + (ARROW + 24 if row["qualifier"] in OPEN_UP else 20)
        ends.append((largest_of(row) - start) / (1 - min(needs / NARROW, 0.8)))
    return max(ends)


def draw_rows(figure: go.Figure, rows: Sequence[Row], levels: Sequence[int], start: float = 0) -> None:
    """Adds rows to a figure, each at its level; all at one time, since Plotly looks at all that there is whenever
    something is added."""
    leveled = list(zip(rows, levels, strict=True))
    figure.add_traces([trace for row, level in leveled for trace in _traces_of(row, level, start)])
    layout = figure.layout
    added = {
        "shapes": [_stem_of(row, level, start) for row, level in leveled],
        "annotations": [note for row, level in leveled for note in _annotations_of(row, level, start)],
    }
    figure.update_layout({name: [*(layout[name] or ()), *pieces] for name, pieces in added.items()})


def _ends_of(row: Row) -> list[float]:
    return [float(row["low"]), float(row["high"])] if row["qualifier"] == "range" else [middle_of(row)]


def _stem_of(row: Row, level: int, start: float) -> dict[str, Any]:
    """The line from the start of the axis to the mark of a row."""
    ends = {"x0": start, "x1": _ends_of(row)[0], "y0": level, "y1": level}
    return {"type": "line", **ends, "line": {"color": GRID, "width": 2}, "layer": "below"}


def _traces_of(row: Row, level: int, start: float) -> list[go.Scatter]:
    """The mark of a row, over a bar between the two ends of a range, or from zero to a figure that is open below."""
    ends, color = _ends_of(row), KIND_COLORS[row["kind"]]
    reach = [start, *ends] if row["qualifier"] in OPEN_DOWN else ends
    bar = {"line": {"color": color, "width": 9}, "opacity": 0.45, "hoverinfo": "skip"}
    mark = go.Scatter(
        x=ends,
        y=[level] * len(ends),
        mode="markers",
        marker=_marker(row, color),
        cliponaxis=False,
        customdata=[row["figure_id"]] * len(ends),
        hovertemplate=hover_text(row) + "<extra></extra>",
        name=row["label"],
    )
    return [go.Scatter(x=reach, y=[level, level], mode="lines", **bar), mark] if len(reach) == 2 else [mark]


def _marker(row: Row, color: str) -> dict[str, Any]:
    is_hollow = row["qualifier"] not in ("exact", "range")
    return {
        "symbol": SYMBOLS.get(row["qualifier"], "circle-open"),
        "size": 13 if is_hollow or row["qualifier"] == "exact" else 18,
        "color": color,
        "line": {"color": color, "width": 2.5},
    }


def _annotations_of(row: Row, level: int, start: float) -> list[dict[str, Any]]:
    """The arrow of a figure that is open above, the label of a row above its mark, and its number beside it."""
    end, color = _ends_of(row)[-1], KIND_COLORS[row["kind"]]
    label = {
        "x": start,
        "text": label_of(row),
        "align": "left",
        "yanchor": "bottom",
        "yshift": 9,
        "font": {"size": TEXT_SIZE, "color": INK},
    }
    number = {
        "x": end,
        "text": f"<b>{value_in_words(row)}</b>",
        "xshift": ARROW + 16 if row["qualifier"] in OPEN_UP else 12,
        "font": {"size": TEXT_SIZE, "color": color_of_words(color)},
    }
    shared = {"y": level, "showarrow": False, "xanchor": "left"}
    arrow = [arrow_to_the_right(row, level, color, ARROW)] if row["qualifier"] in OPEN_UP else []
    return [*arrow, label | shared, number | shared]
