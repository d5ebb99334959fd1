"""How do many sources answer a few questions? A row a question, every number a mark on one axis; a pure function."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from components.charts.axes import TICK_FONT, end_of_axis
from components.charts.labels import arrow_to_the_right, hover_text, largest_of, wrap
from components.theme import GRID, INK, KIND_COLORS, MUTED, PAPER, SMALL_SIZE, TEXT_SIZE, color_of_words, layout
from data.record.combinations import for_each_row
from data.record.wording import OPEN_DOWN, OPEN_UP, Row, number_with_noun, value_in_words

# Pixels: from the line of a row to the words above and below it, width of a letter, length of an arrow, reach of a mark.
ABOVE, LETTER, ARROW, REACH = 9, 7.4, 26, 9


# Columns from which the largest number of a row is read.
BOUNDS = ("value", "low", "high", "qualifier")


class Screen(NamedTuple):
    """What a drawing is placed for, in pixels: the width between its axes, the height of a row, the room at the left for
    names; without it they stand above their row."""

    wide: float
    row: int
    names: int


SCREENS = {"wide": Screen(600, 52, 262), "narrow": Screen(310, 80, 0)}
LETTERS_OF_NAME = 42


# Lines of words with the stretches in use on each, in pixels from the axis.
Taken = list[tuple[int, float, float]]


class Number(NamedTuple):
    """A number that one or several rows print for a question: a row that prints it, and how many do."""

    row: Row
    rows: int

    @property
    def words(self) -> str:
        more = f" ({self.rows})" if self.rows > 1 else ""
        return f"<b>{value_in_words(self.row)}</b>{more}"


def numbers_by_question(frame: pd.DataFrame, screen: str = "wide") -> go.Figure:
    """Rows of figures with the column `question`, in order: a line a question, each number once, with how many rows print it.

    `screen` says for which width words are placed: those that would touch others are left to the pointer and the card.
    """
    figure = go.Figure()
    if frame.empty:
        return figure
    seen, questions = SCREENS[screen], list(dict.fromkeys(frame["question"]))
    end = end_of_axis(for_each_row(frame, BOUNDS, largest_of), 1.1)
    notes: list[dict[str, Any]] = []
    taken: Taken = []
    for place, question in enumerate(questions):
        level = len(questions) - place
        numbers = numbers_of(frame[frame["question"] == question])
        figure.add_traces([trace for number in numbers for trace in _traces_of(number, level)])
        notes += [_name(question, numbers, level, seen)]
        notes += _words_of(numbers, level, seen.wide / end, seen.wide, taken if seen.names else [])
        opened = [number.row for number in numbers if number.row["qualifier"] in OPEN_UP]
        notes += [arrow_to_the_right(row, level, KIND_COLORS[row["kind"]], ARROW) for row in opened]
    figure.update_layout(
        layout(
            seen.row * len(questions) + 50,
            margin={"l": 8 + seen.names, "r": 8, "t": 6, "b": 34},
            annotations=notes,
        ),
        shapes=[_line(level, end) for level in range(1, len(questions) + 1)],
    )
    figure.update_xaxes(
        range=[0, end],
        tickformat=",d",
        nticks=6,
        gridcolor=GRID,
        zerolinecolor=MUTED,
        tickfont=TICK_FONT,
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[0.45, len(questions) + (0.55 if seen.names else 0.75)], fixedrange=True)
    return figure


def numbers_of(rows: pd.DataFrame) -> list[Number]:
    """The numbers of a question from the lowest on; an exact one is shown by the row of its first source."""
    places: dict[tuple[float, str], list[int]] = {}
    for place, number in enumerate(for_each_row(rows, BOUNDS, lambda row: (largest_of(row), value_in_words(row)))):
        places.setdefault(number, []).append(place)
    in_order = [places[number] for number in sorted(places, key=lambda number: number[0])]
    first = rows.iloc[[same[0] for same in in_order]].to_dict("records")
    return [Number(row, len(same)) for row, same in zip(first, in_order, strict=True)]


def _traces_of(number: Number, level: int) -> list[go.Scatter]:
    row, color = number.row, KIND_COLORS[number.row["kind"]]
    value, is_hollow = largest_of(row), row["qualifier"] != "exact"
    mark = go.Scatter(
        x=[value],
        y=[level],
        mode="markers",
        marker={
            "symbol": "circle",
            "size": 13,
            "color": PAPER if is_hollow else color,
            "line": {"color": color, "width": 2.5},
        },
        cliponaxis=False,
        customdata=[row["figure_id"]],
        text=[f"{hover_text(row)}<br>{number_with_noun(number.rows, 'row')} with this number"],
        hovertemplate="%{text}<extra></extra>",
        name=row["label"],
    )
    if row["qualifier"] not in OPEN_DOWN:
        return [mark]
    bar = {"line": {"color": color, "width": 7}, "opacity": 0.35, "hoverinfo": "skip"}
    return [go.Scatter(x=[0, value], y=[level, level], mode="lines", **bar), mark]


def _name(question: str, numbers: Sequence[Number], level: int, seen: Screen) -> dict[str, Any]:
    """What is asked in a row and how many figures answer it: at its left or, where no room is there, above it."""
    count = f"<span style='color:{MUTED}'>{number_with_noun(sum(number.rows for number in numbers), 'figure')}</span>"
    look = {"y": level, "xref": "paper", "x": 0, "showarrow": False, "font": {"size": TEXT_SIZE, "color": INK}}
    if seen.names:
        text = f"{wrap(question, LETTERS_OF_NAME)}<br>{count}"
        return {**look, "text": text, "align": "right", "xanchor": "right", "xshift": -14}
    return {**look, "text": f"{question} · {count}", "xanchor": "left", "yanchor": "bottom", "yshift": 28}


def _words_of(numbers: Sequence[Number], level: int, scale: float, width: float, taken: Taken) -> list[dict[str, Any]]:
    """The words of the numbers: to the right of their mark, above or below it, where they touch nothing; most printed first.

    `taken` holds the stretches in use, by the line that they are on: the words above a row share theirs with those below
    the row before.
    """
    notes: list[dict[str, Any]] = []
    lines = {"line": 2 * level, "bottom": 2 * level + 1, "top": 2 * level - 1}
    taken += [(lines["line"], at - REACH, at + REACH) for at in (largest_of(number.row) * scale for number in numbers)]
    for number in sorted(numbers, key=lambda one: -one.rows):
        at = largest_of(number.row) * scale
        wide = len(number.words.replace("<b>", "").replace("</b>", "")) * LETTER + 8
        middle = min(max(at, wide / 2), width - wide / 2)
        off = ARROW + 16 if number.row["qualifier"] in OPEN_UP else REACH + 3
        around = (middle - wide / 2, middle + wide / 2)
        for side, (left, right) in {"line": (at + REACH, at + off + wide), "bottom": around, "top": around}.items():
            line = lines[side]
            is_free = not any(other == line and left < end and start < right for other, start, end in taken)
            if is_free and right <= width:
                taken.append((line, left, right))
                notes.append(_words(number, level, side, off, _edge(middle - at)))
                break
    return notes


def _edge(shift: float) -> str:
    """The edge of the plot that words were moved to; "center" where they were not moved."""
    return "left" if shift > 0 else "right" if shift < 0 else "center"


def _words(number: Number, level: int, side: str, off: float, edge: str) -> dict[str, Any]:
    color = color_of_words(KIND_COLORS[number.row["kind"]])
    look = {"y": level, "text": number.words, "showarrow": False, "font": {"size": SMALL_SIZE, "color": color}}
    if side == "line":
        return {**look, "x": largest_of(number.row), "xanchor": "left", "xshift": off}
    at_edge = {"left": 0, "right": 1}
    place = {"xref": "paper", "x": at_edge[edge]} if edge in at_edge else {"x": largest_of(number.row)}
    return {**look, **place, "xanchor": edge, "yanchor": side, "yshift": ABOVE if side == "bottom" else -ABOVE}


def _line(level: int, end: float) -> dict[str, Any]:
    line = {"color": GRID, "width": 2}
    return {"type": "line", "x0": 0, "x1": end, "y0": level, "y1": level, "line": line, "layer": "below"}
