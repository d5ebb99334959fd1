"""Where does a chart of time hold no figure? Stretches of years, shaded and named; nothing is filled in."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from components.charts.axes import TICK_FONT
from components.static.letters import width_of_line
from components.theme import SHADE, SMALL_SIZE
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


def words_of_gap(gap: Span, is_whole: bool, what: str = "counts") -> list[str]:
    """The whole years of a gap: "No counts found for 1955-1972"; where choices leave figures out, that none is shown. The
    fullest words first, then fewer, for where there is less room."""
    years = f"{gap.first.year + 1}-{gap.last.year - 1}"
    long, short = (f"No {what} found for", f"No {what}") if is_whole else ("None shown for", "None shown")
    return [f"{long} {years}", f"{short} {years}", years]


def shortened(words: str) -> str:
    """The upright words of a gap without what a low chart has no room for."""
    return words.replace(" found for", "").replace(" shown for", "")


def draw_gap(
    figure: go.Figure,
    gap: Span,
    axes: Mapping[str, tuple[date, date]],
    words: Sequence[str],
    of: str = "y",
    narrowest: float = NARROWEST_NAMED,
    room: Callable[[str, date], float] | None = None,
) -> None:
    """A shaded stretch, its words set upright so that they stay inside it on a narrow screen too; cut where it leaves an axis.

    `axes` holds the first and last day of each axis of time, `of` is the axis of numbers that it is beside; a part of the
    axis that is narrower than `narrowest` has no words. Of the `words` the first stand there that fit into the `room` in
    pixels that is above a day on an axis.
    """
    for axis, (start, end) in axes.items():
        first, last = max(gap.first, start), min(gap.last, end)
        if first >= last:
            continue
        shape: dict[str, Any] = {"x0": first, "x1": last, "y0": 0, "y1": 1, "xref": axis, "yref": f"{of} domain"}
        most = room(axis, first + (last - first) / 2) if room else float("inf")
        texts = [f"{OFF_AXIS}{text}" for text in words]
        fitting = [text for text in texts if width_of_line(text, SMALL_SIZE) <= most]
        if fitting and (last - first) / (end - start) > narrowest:
            shape["label"] = {
                "text": fitting[0],
                "textangle": -90,
                "textposition": "bottom center",
                "xanchor": "left",
                "yanchor": "middle",
                "padding": 0,
                "font": TICK_FONT,
            }
        figure.add_shape(type="rect", fillcolor=SHADE, line={"width": 0}, layer="below", **shape)
