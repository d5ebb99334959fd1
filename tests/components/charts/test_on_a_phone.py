"""Is every word of a chart whole in the room of a phone? On the figure, laid out as wide as that room."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from components.panels.catalogue import panel_of
from components.static.axes import to_number
from components.static.letters import width_of_line
from components.static.pieces import split_lines
from components.static.plot import Plot
from components.theme import SMALL_SIZE
from data.query.select import Selection
from data.query.views import LIST, View
from data.record.load import Library

# Pixels of a chart on a screen of 390, of what is left of a name in its legend, and of a year under an axis with air.
ROOM, BEFORE_NAME, YEAR = 358, 40, 34
MONTHS_OF_YEAR = 12
# Of the words of a note, how much is left of its place.
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


@pytest.fixture(scope="module")
def plots(library: Library) -> dict[str, Plot]:
    """What a phone shows of each panel, by its key, where that is one chart."""
    figures = {view.key: _figure(library, view) for view in LIST}
    return {key: Plot(json.loads(str(figure.to_json())), ROOM) for key, figure in figures.items() if figure is not None}


def _figure(library: Library, view: View) -> go.Figure | None:
    drawn = panel_of(view.key, library, Selection(view.page, {})).drawn
    return drawn.narrow() if drawn.narrow else None if drawn.stacked else drawn.figure


def _wide(text: str, size: float) -> float:
    return max(width_of_line(line, size) for line in split_lines(text))


def test_every_name_of_a_legend_is_whole(plots: dict[str, Plot]) -> None:
    names = [
        (key, str(trace["name"]), plot.margin["l"]) for key, plot in plots.items() for trace in plot.legend_entries
    ]
    assert len(names) > 20
    assert [(key, name) for key, name, left in names if left + BEFORE_NAME + _wide(name, SMALL_SIZE) > ROOM] == []


def test_no_words_at_a_place_of_the_axes_go_over_the_side(plots: dict[str, Plot]) -> None:
    notes = [
        (key, plot, note)
        for key, plot in plots.items()
        for note in plot.layout.get("annotations", [])
        if note.get("xref", "x") == "x" and note.get("text")
    ]
    assert len(notes) > 20
    assert [(key, note["text"]) for key, plot, note in notes if not _is_within(plot, note)] == []


def _is_within(plot: Plot, note: dict[str, Any]) -> bool:
    wide, anchor = _wide(note["text"], note["font"]["size"]), SHARES[note.get("xanchor", "center")]
    left = plot.axis("xaxis").pixel(note["x"]) + note.get("xshift", 0) - anchor * wide
    return left >= 0 and left + wide <= ROOM


def test_years_that_are_asked_for_have_room_beside_each_other(plots: dict[str, Plot]) -> None:
    axes = {key: plot.layout["xaxis"] for key, plot in plots.items() if "xaxis" in plot.layout}
    steps = {key: str(axis.get("dtick") or "") for key, axis in axes.items() if axis.get("type") == "date"}
    labels = {
        key: _years(axes[key]) / (int(step[1:]) / MONTHS_OF_YEAR) for key, step in steps.items() if step.startswith("M")
    }
    assert "so-far" in labels
    assert {key: count for key, count in labels.items() if count * YEAR > plots[key].box[2]} == {}


def _years(axis: dict[str, Any]) -> float:
    first, last = (to_number(day) for day in axis["range"])
    return (last - first) / 365.25


def test_a_number_is_at_the_foot_of_its_column_or_above_one_too_low_for_it(plots: dict[str, Plot]) -> None:
    columns, other = plots["by-year"].figure["data"][:2]
    assert columns["type"] == "bar" and columns["insidetextanchor"] == "start"
    places = dict(zip(columns["text"], columns["textposition"], strict=True))
    assert places == {number: "outside" if number == "17" else "inside" for number in places} and len(places) > 4
    assert other["name"] == "The same, by another source"
