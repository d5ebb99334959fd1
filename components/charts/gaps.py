"""Where does a chart of time hold no figure? Stretches of years, shaded and named; nothing is filled in."""

import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any

import plotly.graph_objects as go

from components.charts.axes import TICK_FONT
from components.theme import SHADE
from data.record.dates import Span

# A space that no renderer swallows: between the axis and the words that are on it.
OFF_AXIS = "\N{EN SPACE}"
# A gap of more years than this is shaded and named; a part of it that is narrower than this part of an axis has no words.
LONGEST_UNSHADED, NARROWEST_NAMED = 5, 0.05


def gaps_between(spans: list[Span | None], longest_unshaded: int = LONGEST_UNSHADED) -> list[Span]:
    """Stretches of more than so many years between two dated figures in which there is none."""
    known = sorted(span for span in spans if span)
    return [
        Span(before.last, after.first)
        for before, after in itertools.pairwise(known)
        if (after.first - before.last).days > longest_unshaded * 365.25
    ]


def words_of_gap(gap: Span, is_whole: bool, what: str = "counts") -> str:
    """The whole years of a gap: "No counts found for 1955-1972"; where choices leave figures out, that none is shown."""
    first = gap.first.year + 1
    last = gap.last.year - 1
    return f"{f'No {what} found for' if is_whole else 'None shown for'} {first}-{last}"


def draw_gap(
    figure: go.Figure,
    gap: Span,
    axes: Mapping[str, tuple[date, date]],
    words: str,
    of: str = "y",
    narrowest: float = NARROWEST_NAMED,
) -> None:
    """A shaded stretch, its words set upright so that they stay inside it on a narrow screen too; cut where it leaves an axis.

    `axes` holds the first and last day of each axis of time, `of` is the axis of numbers that it is beside; a part of the
    axis that is narrower than `narrowest` has no words.
    """
    for axis, (start, end) in axes.items():
        first, last = max(gap.first, start), min(gap.last, end)
        if first >= last:
            continue
        shape: dict[str, Any] = {"x0": first, "x1": last, "y0": 0, "y1": 1, "xref": axis, "yref": f"{of} domain"}
        if (last - first) / (end - start) > narrowest:
            shape["label"] = {
                "text": f"{OFF_AXIS}{words}",
                "textangle": -90,
                "textposition": "bottom center",
                "xanchor": "left",
                "yanchor": "middle",
                "padding": 0,
                "font": TICK_FONT,
            }
        figure.add_shape(type="rect", fillcolor=SHADE, line={"width": 0}, layer="below", **shape)
