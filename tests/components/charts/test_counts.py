"""The chart of counts: joined only where it may be, hollow where it must be, every row drawn, in words that are true."""

import itertools
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components import theme
from components.charts.counts import MARKS, Reading, counts_over_time
from components.charts.flags import numbered
from components.charts.overlay import with_own_figures
from components.panels import summaries
from components.panels.catalogue import panel_of
from components.panels.counts import MOST_COUNTS
from components.panels.panel import Panel
from components.static.svg import svgs_of
from data.query.as_of import as_published
from data.query.joins import joined_pairs, official_ids
from data.query.params import PERIODS, SINCE_1950, SINCE_2001, SINCE_THE_BRIEF, options_of, parameter_named
from data.query.select import Selection, events_laid_over, rows_of
from data.record.dates import span_of
from data.record.load import Library
from data.record.wording import as_of_in_words, value_in_words
from tests.components.charts.test_drawings import each_of

SHOWN = ("counts", "before 2001")


def in_september_2024() -> Library:
    """The record as published when 7,456 was the newest exact count, which no newer row changes."""
    return as_published(date(2024, 9, 30), False)[0]


def panel(library: Library, **values: Any) -> Panel:
    return panel_of("unaccounted-for", library, Selection("counts-over-time", {"mark": SHOWN, **values}))


def figure(library: Library, **values: Any) -> go.Figure:
    drawn = panel(library, **values).drawn.figure
    assert drawn is not None
    return drawn


def fills(drawn: go.Figure) -> dict[str, str]:
    """Color of the inside of each row's mark."""
    found: dict[str, str] = {}
    for trace in drawn.data:
        if trace.customdata is not None and trace.yaxis != "y2":
            colors = each_of(trace.marker.color, trace)
            found |= {row_id: fill for row_id, fill in zip(trace.customdata, colors, strict=True) if row_id}
    return found


def words_of(drawn: go.Figure) -> list[str]:
    labels = [shape.label.text for shape in drawn.layout.shapes if shape.label.text]
    return [*(note.text for note in drawn.layout.annotations), *labels]


def contrast(one: str, other: str) -> float:
    """Contrast of two colors as WCAG defines it."""

    def light(color: str) -> float:
        parts = [part / 255 for part in theme.rgb(color)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_line_joins_the_pairs_that_may_be_joined_and_no_others(library: Library) -> None:
    shown = panel(library)
    rows = shown.frame.set_index("figure_id", drop=False).to_dict("index")
    pairs = joined_pairs(shown.frame, library["sources"])
    (line,) = [trace for trace in figure(library).data if trace.name == "joined"]
    ends = list(zip(line.x, line.y, strict=True))
    drawn = [(ends[n], ends[n + 1]) for n in range(0, len(ends), 3)]
    assert ends[2::3] == [(None, None)] * len(pairs) and line.connectgaps is False
    assert drawn == [
        (
            (span_of(rows[one]["date"]).last, rows[one]["value"]),
            (span_of(rows[other]["date"]).first, rows[other]["value"]),
        )
        for one, other in pairs
    ]


def test_hedged_press_and_institutions_are_hollow_and_so_is_the_brief(library: Library) -> None:
    shown = panel(library, mark=())
    official = official_ids(shown.frame, library["sources"])
    inside = fills(figure(library, mark=()))
    assert set(inside) == set(shown.frame["figure_id"])
    for row in shown.frame.to_dict("records"):
        is_hollow = row["qualifier"] != "exact" or row["mark"] == "outdated or conflicting"
        is_hollow |= row["mark"] == "counts" and row["figure_id"] not in official
        assert (inside[row["figure_id"]] == theme.PAPER) == is_hollow, row["figure_id"]
    assert inside["BRF-001"] == theme.PAPER and official


def test_the_brief_is_in_front_of_its_neighbors(library: Library) -> None:
    order = [row_id for trace in figure(library).data for row_id in trace.customdata or () if row_id]
    assert order.index("BRF-001") > max(order.index(row_id) for row_id in ("FIG-377", "T2-FIG-087", "FIG-369"))


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("mark", [SHOWN, ()])
def test_a_period_draws_every_row_and_leaves_out_none(library: Library, period: str, mark: tuple[str, ...]) -> None:
    shown = panel(library, period=period, mark=mark)
    assert set(shown.frame["figure_id"]) == set(panel(library, mark=mark).frame["figure_id"])
    drawn = figure(library, period=period, mark=mark)
    ranges = {
        axis: drawn.layout[name].range for axis, name in (("x", "xaxis"), ("x2", "xaxis2")) if name in drawn.layout
    }
    assert set(fills(drawn)) == set(shown.frame["figure_id"])
    for trace in drawn.data:
        first, last = ranges[trace.xaxis or "x"]
        assert all(first <= day.isoformat() <= last for day in trace.x if day), trace.name


def test_the_period_sets_the_first_year_of_the_chart_unless_years_are_chosen(library: Library) -> None:
    year = span_of(str(library["figures"].set_index("figure_id").loc["BRF-001", "date"])).first.year
    starts = {SINCE_2001: "2001", SINCE_1950: str(library.years[0]), SINCE_THE_BRIEF: str(year)}
    for period, start in starts.items():
        assert figure(library, period=period).layout.xaxis.range[0].startswith(start)
    chosen = figure(library, period=SINCE_2001, years=(1990, 2012))
    assert list(chosen.layout.xaxis.range) == ["1990-01-01", "2012-12-31"] and "xaxis2" not in chosen.layout


def test_older_years_are_named_on_the_strip_and_in_the_note(library: Library) -> None:
    drawn = panel(library).drawn
    assert drawn.figure is not None
    first = library.years[0]
    assert f"Earlier:<br>{first}-2000" in words_of(drawn.figure)
    assert "Years before 2001" in drawn.note and f"all {len(panel(library).frame)} rows" in drawn.note
    assert "Years before" not in panel(library, period=SINCE_1950).drawn.note


def test_what_had_been_published_long_ago_is_on_one_axis() -> None:
    brief_only = as_published(None, True)[0]
    for period in PERIODS:
        assert "xaxis2" not in figure(brief_only, period=period).layout


def test_the_axis_says_where_it_begins_also_under_own_figures(library: Library) -> None:
    drawn = figure(library)
    start = drawn.layout.yaxis.range[0]
    assert f"The axis begins at {start:,.0f}, not at zero" in words_of(drawn)
    assert start % 100 == 0 and start < min(panel(library).frame["value"])
    own = panel(library).frame.tail(1).assign(value=1200, date="2020")
    copy = with_own_figures(drawn, own)[0]
    lower = round(copy.layout.yaxis.range[0])
    said = [text for text in words_of(copy) if "begins at" in text]
    assert lower < start and said in ([f"The axis begins at {lower:,}, not at zero"], [])


def test_each_pace_is_said_to_be_computed_and_is_that_of_two_counts_shown() -> None:
    library = in_september_2024()
    assert [text for text in words_of(figure(library)) if "a year" in text] == [
        "about 15 a year<br>(computed)",
        "about 41 a year<br>(computed)",
    ]
    assert not [text for text in words_of(figure(library, mark=("before 2001",))) if "a year" in text]
    since = [text for text in words_of(figure(library, period=SINCE_THE_BRIEF)) if "a year" in text]
    assert since == ["about 41 a year<br>(computed)"]


def test_no_mark_and_no_name_reaches_the_words_on_the_pace(library: Library) -> None:
    for values in ({}, {"mark": ()}, {"overlay": "talks"}):
        layout = figure(library, **values).layout
        brackets = [shape.y0 for shape in layout.shapes if shape.type == "line" and shape.yref == "paper"]
        assert min(brackets) > layout.yaxis.domain[1]


def test_gaps_say_none_was_found_only_where_no_choice_leaves_figures_out(library: Library) -> None:
    assert any("No counts found for 2002-2007" in text for text in words_of(figure(library)))
    narrowed = words_of(figure(library, mark=(), hedge=("exact",)))
    assert any("None shown for" in text for text in narrowed)
    assert not any("No counts found" in text for text in narrowed)


def test_every_event_laid_over_is_numbered_in_the_key_with_day_and_title(library: Library) -> None:
    drawn = panel(library, overlay="talks").drawn
    events = events_laid_over(library, Selection("counts-over-time", {"overlay": "talks"}))
    entries = numbered(events)
    assert [number for number, _, _ in entries] == list(range(1, len(entries) + 1))
    for number, row, _ in entries:
        assert f'<li value="{number}">' in drawn.rail and f"={row['event_id']}" in drawn.rail
    assert drawn.figure is not None
    flags = [trace for trace in drawn.figure.data if trace.yaxis == "y2"]
    assert {trace.customdata[0] for trace in flags} == set(events[events["start"] != ""]["event_id"])
    labels = [trace.text[0] for trace in flags if trace.text[0]]
    assert len(labels) == len(set(labels)) and labels[0] == "1"


def ranges_of(drawn: go.Figure) -> tuple[tuple[str, ...], ...]:
    axes = [drawn.layout[name] for name in ("xaxis", "xaxis2") if name in drawn.layout]
    return tuple(tuple(map(str, axis.range)) for axis in axes)


def views_of_all_years_drawn(library: Library) -> list[dict[str, Any]]:
    """For each stretch of years that a choice of classes, period and years draws, one such choice: all classes, or one alone,
    since the years drawn depend on nothing but whether there are earlier figures and later ones."""
    found: dict[tuple[tuple[str, ...], ...], dict[str, Any]] = {}
    for period, mark in itertools.product(PERIODS, [(), tuple(MARKS), *((name,) for name in MARKS)]):
        for years in ({}, {"years": (1990, 2000)}, {"years": (2010, 2012)}) if mark == () else ({},):
            values = {"mark": mark, "period": period, **years}
            drawn = panel(library, **values).drawn.figure  # none where no figure is of these years
            if drawn is not None:
                found.setdefault(ranges_of(drawn), values)
    return list(found.values())


@pytest.mark.slow
def test_every_flag_stands_on_a_day_of_its_own_event_whatever_years_are_drawn(library: Library) -> None:
    views = views_of_all_years_drawn(library)
    assert len(views) >= 6
    for values, lane in itertools.product(views, options_of(parameter_named("overlay"), library)):
        drawn, chosen = figure(library, **values, overlay=lane), {**values, "overlay": lane}
        events = {row["event_id"]: span for _, row, span in numbered(events_of(library, chosen))}
        ranges = dict(zip(("x", "x2"), ranges_of(drawn), strict=False))
        shown = set()
        for trace in [trace for trace in drawn.data if trace.yaxis == "y2"]:
            span, (first, last) = events[trace.customdata[0]], ranges[trace.xaxis]
            assert all(span.first <= day <= span.last for day in trace.x), (chosen, trace.customdata[0])
            assert all(first <= str(day) <= last for day in trace.x) and list(trace.x) == sorted(trace.x)
            shown.add(trace.customdata[0])
        within = {
            event
            for event, span in events.items()
            if any(str(span.last) >= first and str(span.first) <= last for first, last in ranges.values())
        }
        assert shown == within, chosen


def events_of(library: Library, values: Mapping[str, Any]) -> pd.DataFrame:
    return events_laid_over(library, Selection("counts-over-time", dict(values)))


def test_events_of_1954_have_no_flag_where_the_chart_begins_in_2001_and_stay_in_the_list(library: Library) -> None:
    drawn = panel(library, mark=("counts",), overlay="returns").drawn
    assert drawn.figure is not None and ranges_of(drawn.figure)[0][0] == "2001-01-01"
    earlier = [row for _, row, span in numbered(events_of(library, {"overlay": "returns"})) if span.last.year < 2001]
    flags = {trace.customdata[0] for trace in drawn.figure.data if trace.yaxis == "y2"}
    assert earlier and not flags & {row["event_id"] for row in earlier}
    assert all(f"={row['event_id']}" in drawn.rail for row in earlier)


@pytest.mark.parametrize("width", [960, 300])
@pytest.mark.parametrize("values", [{}, {"overlay": "talks"}, {"period": SINCE_1950, "mark": ()}], ids=str)
def test_all_of_it_is_drawn_where_no_script_runs(library: Library, width: float, values: Mapping[str, Any]) -> None:
    drawn = figure(library, **values)
    (svg,) = svgs_of(drawn, "counts", width, link=lambda row_id: f"card/{row_id}")
    for row_id in panel(library, **values).frame["figure_id"]:
        assert f"card/{row_id}" in svg
    assert "The axis begins at" in svg and "(computed)" in svg
    labels = [trace.text[0] for trace in drawn.data if trace.yaxis == "y2" and trace.text[0]]
    assert all(f">{label}</tspan>" in svg for label in labels)


def test_words_in_the_color_of_a_class_can_be_read_on_paper_and_on_shade() -> None:
    for color, _, _ in MARKS.values():
        for ground in (theme.PAPER, theme.SHADE):
            assert contrast(theme.color_of_words(color), ground) >= 4.5, color


def test_the_rail_says_the_newest_count_the_pace_and_what_is_newer(library: Library) -> None:
    rail, later = panel(in_september_2024()).drawn.rail, summaries.newer_statement(library)
    for part in (
        "<b>7,456</b>",
        "September 2024 (Newsis, printed as “missing”; no day printed): about 498 fewer than in the brief (approximately 7,954), computed",
        "<b>About 15, then about 41 a year</b>",
        "computed: from 8,122 (as of 31 January 2001) to approximately 7,954",
    ):
        assert part in rail
    rail = panel(library).drawn.rail
    assert ("the newest statement, rounded: it shows no rise" in rail) == (later is not None)
    assert later is None or (f"<b>{value_in_words(later)}</b>" in rail and later["attributed_to"] in rail)
    assert rail.index(">counts<") < rail.index(">before 2001<"), "the legend is in the order of the classes"


def test_the_rail_lists_the_newest_counts_each_with_its_day_and_who_says_so(library: Library) -> None:
    drawn = panel(library)
    rail = drawn.drawn.rail.split("Newest counts")[1]
    counts = drawn.frame[drawn.frame["mark"] == "counts"].sort_values("date", ascending=False)
    for row in counts.head(MOST_COUNTS).to_dict("records"):
        assert f"figure={row['figure_id']}" in rail and as_of_in_words(row) in rail
    assert rail.count("<li>") == min(MOST_COUNTS, len(counts))


def test_a_record_without_any_figure_of_the_kind_is_no_error(library: Library) -> None:
    frame = rows_of(library, "figures", "unaccounted for").iloc[:0]
    drawn = counts_over_time(frame, library["events"].iloc[:0], library.years, Reading(2001))
    assert json.loads(drawn.to_json())["data"] == []
