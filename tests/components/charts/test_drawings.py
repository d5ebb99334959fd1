"""Charts draw what the rows say: hedges, gaps and spans, tested on what they return."""

from datetime import date
from typing import Any

import pytest

from components import theme
from components.charts.counts import Reading, counts_over_time
from components.charts.gaps import gaps_between
from components.charts.hedged_rows import hedged_rows
from components.charts.time_series import grouped_over_time
from components.charts.timeline import timeline
from data.query.as_of import as_published
from data.query.select import (
    Selection,
    events_laid_over,
    one_row_per_event,
    rows_of,
    rows_of_brief,
    select,
)
from data.record.dates import span_between
from data.record.load import Library
from data.record.wording import OPEN_DOWN, OPEN_UP


def marks(figure: object) -> dict[str, list[float]]:
    """Numbers drawn by each figure id on the horizontal axis."""
    return {trace.customdata[0]: list(trace.x) for trace in figure.data if trace.customdata is not None}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "panel", ["believed to lie", "returned 1950s", "pace month", "prisoner totals", "claims", "by state"]
)
def test_each_row_is_drawn_at_the_number_that_was_printed(library: Library, panel: str) -> None:
    frame = rows_of(library, "figures", panel)
    drawn = marks(hedged_rows(frame))
    assert set(drawn) == set(frame["figure_id"])
    for row in frame.to_dict("records"):
        ends = [row["low"], row["high"]] if row["qualifier"] == "range" else [row["value"]]
        assert drawn[row["figure_id"]] == [float(end) for end in ends]


def test_more_than_has_an_arrow_upwards_and_fewer_than_a_bar_from_zero(library: Library) -> None:
    frame = rows_of(library, "figures", "claims")
    figure = hedged_rows(frame)
    arrows = [note for note in figure.layout.annotations if note.showarrow]
    assert len(arrows) == sum(frame["qualifier"].isin(OPEN_UP)) == 2 and all(
        note.ax < 0 < note.xshift for note in arrows
    )
    bars = [list(trace.x) for trace in figure.data if trace.mode == "lines"]
    below = frame[frame["qualifier"].isin(OPEN_DOWN)]["value"]
    assert [bar for bar in bars if bar[0] == 0] == [[0, float(value)] for value in below] and len(below) == 2


@pytest.mark.parametrize("panel", ["claims", "prisoner totals", "believed to lie"])
def test_nothing_on_a_chart_of_rows_reaches_below_zero(library: Library, panel: str) -> None:
    figure = hedged_rows(rows_of(library, "figures", panel))
    assert figure.layout.xaxis.range[0] == 0
    assert min(end for trace in figure.data for end in trace.x) >= 0
    assert all(note.xshift is None or note.xshift >= 0 for note in figure.layout.annotations)


def test_hedged_marks_are_hollow_and_exact_ones_filled(library: Library) -> None:
    frame = rows_of_brief(library, "by origin").set_index("figure_id")
    for trace in hedged_rows(frame.reset_index()).data:
        if trace.customdata is not None and frame.loc[trace.customdata[0], "qualifier"] in ("exact", "approximately"):
            hollow = frame.loc[trace.customdata[0], "qualifier"] == "approximately"
            assert trace.marker.symbol == ("circle-open" if hollow else "circle")


def brief_only() -> Library:
    return as_published(None, True)[0]


def each_of(look: Any, trace: Any) -> list[Any]:
    """The look of each mark of a trace, which may give one for all."""
    return list(look) if isinstance(look, list | tuple) else [look] * len(trace.x)


def rows_in(figure: Any) -> list[Any]:
    """The traces that stand for rows: arrows and names are apart."""
    return [trace for trace in figure.data if trace.customdata is not None]


def drawn_on_time(figure: Any) -> dict[str, list[Any]]:
    """Days drawn by each row id; a gap stands after each row."""
    found: dict[str, list[Any]] = {}
    for trace in rows_in(figure):
        for row_id, day in zip(trace.customdata, trace.x, strict=True):
            if row_id:
                found.setdefault(row_id, []).append(day)
    return found


def test_no_line_joins_two_figures(library: Library) -> None:
    frame = rows_of(library, "figures", "unaccounted for")
    for figure in (
        counts_over_time(frame, library["events"].iloc[:0], library.years),
        grouped_over_time(frame.assign(stage="returned"), theme.STAGE_COLORS),
    ):
        for trace in rows_in(figure):
            pairs = zip(trace.customdata, trace.customdata[1:], strict=False)
            assert trace.connectgaps is False
            assert all(one is None or other is None or one == other for one, other in pairs)


def test_a_year_is_drawn_as_a_year_and_a_day_as_a_day(library: Library) -> None:
    frame = rows_of(library, "figures", "unaccounted for")
    drawn = drawn_on_time(counts_over_time(frame, library["events"].iloc[:0], library.years))
    assert drawn["BRF-006"] == [date(1954, 1, 1), date(1954, 12, 31)]
    assert drawn["FIG-358"] == [date(2008, 8, 22)]
    assert drawn["FIG-362"] == [date(2010, 7, 1), date(2010, 7, 31)]
    assert set(drawn) == set(frame["figure_id"])


def test_a_range_on_a_time_axis_reaches_from_its_low_to_its_high_end(library: Library) -> None:
    frame = rows_of(library, "figures")
    frame = frame[(frame["origin"] == "208 boxes") & (frame["stage"] == "estimated")]
    trace = rows_in(grouped_over_time(frame, theme.STAGE_COLORS))[0]
    for row in frame.to_dict("records"):
        drawn = [value for row_id, value in zip(trace.customdata, trace.y, strict=True) if row_id == row["figure_id"]]
        if row["qualifier"] == "range":
            assert (min(drawn), max(drawn)) == (row["low"], row["high"])
        else:
            assert set(drawn) == {row["value"]}


def test_an_open_figure_on_a_time_axis_has_an_arrow(library: Library) -> None:
    frame = rows_of(library, "figures")
    frame = frame[(frame["origin"] == "joint operations") & (frame["stage"] == "returned")]
    arrows = [trace for trace in grouped_over_time(frame, theme.STAGE_COLORS).data if trace.name == "open"]
    drawn = [
        (day, value, "up" if abs(turn) == 180 else "down")
        for trace in arrows
        if trace.marker.symbol == "arrow-down"
        for day, value, turn in zip(trace.x, trace.y, each_of(trace.marker.angle, trace), strict=True)
    ]
    expected = [
        (span.first + (span.last - span.first) / 2, row["value"], "up" if row["qualifier"] in OPEN_UP else "down")
        for row in frame.to_dict("records")
        if row["qualifier"] in OPEN_UP + OPEN_DOWN and (span := span_between(row["date"], row["date"]))
    ]
    assert sorted(drawn) == sorted(expected) != []


def test_the_series_is_the_spine_of_exact_counts_and_other_marks_are_of_their_own_kind(library: Library) -> None:
    chosen = Selection("counts-over-time", {"mark": ("counts", "before 2001")})
    frame = select(library, "figures", chosen, panel="unaccounted for")
    figure = counts_over_time(frame, library["events"].iloc[:0], library.years)
    classes: dict[str, set[str]] = {}
    for trace in rows_in(figure):
        classes.setdefault(trace.name, set()).update(row_id for row_id in trace.customdata if row_id)
    assert set(classes) == {"counts", "before 2001"}
    own_rows = library["figures"]["flags"].str.split(";").map(lambda flags: "spine" in flags)
    assert classes["counts"] == set(library["figures"][own_rows]["figure_id"])
    spine = {340, 358, 362, 368, 369, 377, 383, 387, 391, 392, 395, 403, 418, 423, 426, 430, 433, 438, 439, 443}
    second = {f"T2-FIG-{number:03}" for number in (87, 91, 94, 95, 102, 105, 110)}
    assert classes["counts"] >= {f"FIG-{number}" for number in spine} | second | {"BRF-001"}
    assert {"BRF-006", "FIG-331", "FIG-334"} <= classes["before 2001"]


def test_the_decades_without_a_figure_are_marked_as_a_gap() -> None:
    frame = rows_of(brief_only(), "figures", "unaccounted for")
    gaps = gaps_between([span_between(day, day) for day in frame["date"]])
    assert [(gap.first.year, gap.last.year) for gap in gaps] == [(1954, 2012)]
    figure = counts_over_time(frame, frame.iloc[:0], (1950, 2015))
    assert [shape.label.text.strip() for shape in figure.layout.shapes] == ["No counts 1955-2011"]
    narrowed = counts_over_time(frame, frame.iloc[:0], (1950, 2015), Reading(is_whole=False))
    assert [shape.label.text.strip() for shape in narrowed.layout.shapes] == ["None shown 1955-2011"]


def test_events_laid_over_are_those_of_the_lane(library: Library) -> None:
    events = events_laid_over(library, Selection("counts-over-time", {"overlay": "talks"}))
    assert set(events["lane"]) == {"talks"}
    figure = counts_over_time(rows_of(library, "figures", "unaccounted for"), events, library.years)
    drawn = {trace.customdata[0] for trace in rows_in(figure) if trace.yaxis == "y2"}
    assert drawn == set(events[events["start"] != ""]["event_id"])
    assert events_laid_over(library, Selection("counts-over-time")).empty


def test_no_chart_text_is_smaller_than_twelve_pixels(library: Library) -> None:
    figures = [
        hedged_rows(rows_of_brief(library, "by origin")),
        timeline(one_row_per_event(library["events"]), library.years),
    ]
    for figure in figures:
        assert figure.layout.font.size >= 12
        assert all(note.font.size is None or note.font.size >= 12 for note in figure.layout.annotations)
