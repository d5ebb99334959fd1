"""Explore draws every series, whatever else is chosen with it: each row where it was printed, and never two definitions on a line."""

import random
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import plotly.graph_objects as go
import pytest

from components.charts.cells import NO_YEAR
from components.panels.catalogue import panel_of
from components.panels.explore import LOOKS, why_in_words
from components.panels.panel import Panel
from components.static.svg import svgs_of
from data.files.export import to_csv
from data.files.extract import Extract
from data.query.address import path_of_rows, read_address
from data.query.comparing import IN_ALL, IN_ONE_PERIOD, Measure, by_measure, entries, labels_of_series
from data.query.joins import FURTHEST_YEARS, definition_of, joined_pairs
from data.query.params import DATES, SCALES, parameter_named
from data.query.select import Selection, rows_of
from data.query.views import VIEWS
from data.record.dates import span_of
from data.record.load import Library, allowed_in, library
from data.record.wording import OPEN_DOWN, OPEN_UP
from tests.components.charts.test_drawings import each_of
from tests.conftest import run_page

SERIES_ROWS = library()["series"].to_dict("records")
SERIES = [row["series_id"] for row in SERIES_ROWS]
VIEW = VIEWS["explore"]
Row = dict[str, Any]


def panel(tables: Library, *series: str, **values: Any) -> Panel:
    return panel_of("explore", tables, Selection("explore", {"series": series, **values}))


def figure_of(explored: Panel) -> go.Figure:
    assert explored.drawn.figure is not None
    return explored.drawn.figure


def marks_in(figure: go.Figure) -> list[tuple[str, str, float, str]]:
    """Each point that stands for a row: its id, its day, its number, and the axis of numbers that it is on."""
    return [
        (row_id, str(day), float(value), trace["yaxis"])
        for trace in traces_of(figure)
        if "customdata" in trace
        for row_id, day, value in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
        if row_id
    ]


def traces_of(figure: go.Figure) -> list[dict[str, Any]]:
    """The traces as plain dictionaries, which are read in a tenth of the time."""
    return list(figure.to_plotly_json()["data"])


def rows_by_id(tables: Library) -> dict[str, Row]:
    return {
        str(key): row
        for key, row in rows_of(tables, "figures").set_index("figure_id", drop=False).to_dict("index").items()
    }


@pytest.mark.parametrize("series_id", SERIES)
def test_every_series_is_drawn_with_each_of_its_figures_where_it_was_printed(library: Library, series_id: str) -> None:
    explored = panel(library, series_id)
    rows = explored.frame.set_index("figure_id").to_dict("index")
    marks = marks_in(figure_of(explored))
    assert rows and {row_id for row_id, *_ in marks} == set(rows)
    for row_id, day, value, _ in marks:
        row = rows[row_id]
        assert value in ([row["low"], row["high"]] if row["qualifier"] == "range" else [row["value"]])
        assert day.startswith(row["date"][:4] or str(NO_YEAR))


def test_a_line_joins_two_counts_of_one_definition_as_on_the_page_of_counts_and_no_numbers_of_one_period(
    library: Library,
) -> None:
    by_id = rows_by_id(library)
    joined = []
    for series_id in SERIES:
        explored = panel(library, series_id)
        ends = {(str(day), value): row_id for row_id, day, value, _ in marks_in(figure_of(explored))}
        for trace in [trace for trace in traces_of(figure_of(explored)) if trace["name"] == "joined"]:
            points = [*zip(map(str, trace["x"]), trace["y"], strict=True)]
            for one, other in zip(points[::3], points[1::3], strict=True):
                joined.append((by_id[ends[one]], by_id[ends[other]]))
    assert len({one["series_id"] for one, _ in joined}) > 5
    in_one_period = set(library["series"].query("counted == @IN_ONE_PERIOD")["series_id"])
    for one, other in joined:
        assert one["qualifier"] == other["qualifier"] == "exact" and one["kind"] == "count"
        assert definition_of(one) == definition_of(other) and one["series_id"] not in in_one_period
        assert (span_of(other["date"]).last - span_of(one["date"]).first).days <= FURTHEST_YEARS * 366
    counts = rows_of(library, "figures", "unaccounted for")
    assert len([one for one, _ in joined if one["series_id"] == "unaccounted_for_total"]) == len(
        joined_pairs(counts, library["sources"])
    )


def random_choices(count: int) -> list[dict[str, Any]]:
    dice = random.Random(15)
    return [
        {
            "series": tuple(name for name in SERIES if name in chosen),
            "scale": dice.choice(SCALES),
            "dates": dice.choice(DATES),
            **({"years": tuple(sorted(dice.sample(range(1950, 2026), 2)))} if dice.random() < 0.3 else {}),
        }
        for chosen in (dice.sample(SERIES, dice.randint(1, 4)) for _ in range(count))
    ]


@pytest.mark.slow
def test_of_200_random_choices_the_rows_drawn_are_those_of_the_file_and_of_the_address(library: Library) -> None:
    by_id = rows_by_id(library)
    charts = 0
    for number, values in enumerate(random_choices(200)):
        selection = Selection("explore", values)
        explored = panel_of("explore", library, selection)
        ids = list(explored.frame["figure_id"])
        address = urlsplit(path_of_rows(VIEW, selection, library, "csv"))
        asked = read_address("figures", parse_qsl(address.query, keep_blank_values=True))
        at_address = Extract(asked.view, asked.library, asked.selection)
        assert ids == list(at_address.rows["figure_id"]), values
        if explored.frame.empty:
            continue
        if number % 10 == 0:  # in every format: test_export
            file = to_csv(at_address).decode("utf-8-sig").splitlines()
            assert [line.split(",", 1)[0] for line in file if line.split(",", 1)[0] in by_id] == ids, values
            assert svgs_of(figure_of(explored), "name", 740)
        figure = figure_of(explored)
        assert {row_id for row_id, *_ in marks_in(figure)} == set(ids), values
        holds_one_measure_an_axis_and_one_definition_a_line(figure, by_id)
        charts += figure.layout.meta["charts"]
    assert charts > 300


def holds_one_measure_an_axis_and_one_definition_a_line(figure: go.Figure, by_id: dict[str, Row]) -> None:
    """No axis has two measures, no mark is joined to that of another row but two counts of one definition."""
    of_series = {row["series_id"]: (row["counted"], row["kind"] == "claim") for row in SERIES_ROWS}
    on_axis: dict[str, set[tuple[Any, ...]]] = {}
    for row_id, _, _, axis in marks_in(figure):
        row = by_id[row_id]
        on_axis.setdefault(axis, set()).add((row["unit"], *of_series[row["series_id"]]))
    assert all(len(measures) == 1 for measures in on_axis.values())
    for trace in traces_of(figure):
        if "customdata" in trace:
            assert trace["connectgaps"] is False
            assert all(one == other or None in (one, other) for one, other in pairwise(trace["customdata"]))
        if trace["name"] == "joined":
            assert set(trace["x"][2::3]) == {None}, "a line has two ends"


def test_hedged_and_press_figures_are_hollow_open_ones_have_an_arrow_or_a_bar_from_the_foot(library: Library) -> None:
    explored = panel(library, "pow_transfer_claims", "korea55_estimated_individuals")
    figure, rows = figure_of(explored), explored.frame
    arrows = [trace for trace in figure.data if trace.name == "open"]
    assert sum(len(trace.x) for trace in arrows) == 2 * rows["qualifier"].isin(OPEN_UP).sum() > 0
    bars = [trace for trace in figure.data if trace.name == "open below"]
    assert sum(len(trace.x) for trace in bars) == 3 * rows["qualifier"].isin(OPEN_DOWN).sum() > 0
    assert all(value == 0 for trace in bars for value in trace.y[::3])
    hollow = {
        row_id
        for trace in figure.data
        if trace.customdata is not None
        for row_id, color in zip(trace.customdata, each_of(trace.marker.color, trace), strict=True)
        if row_id and color != trace.marker.line.color
    }
    assert hollow >= set(rows[rows["qualifier"] != "exact"]["figure_id"])


def test_by_year_each_figure_is_in_its_year_and_the_series_are_side_by_side(library: Library) -> None:
    explored = panel(library, "accounted_for_fiscal_year", "accounted_for_fiscal_year_all_conflicts", dates="by year")
    rows = explored.frame.set_index("figure_id").to_dict("index")
    places: dict[str, set[str]] = {}
    for row_id, day, _, _ in marks_in(figure_of(explored)):
        assert day[:4] == rows[row_id]["date"][:4]
        places.setdefault(rows[row_id]["series_id"], set()).add(day[5:7])
    first, second = places.values()
    assert not first & second


def test_the_axis_begins_at_zero_or_says_where(library: Library) -> None:
    chosen = ("unaccounted_for_total", "budget_usd")
    assert figure_of(panel(library, *chosen)).layout.yaxis.range[0] == 0
    fitted = figure_of(panel(library, *chosen, scale="fitted"))
    words = " ".join(note.text for note in fitted.layout.annotations)
    assert f"the axis begins at {fitted.layout.yaxis.range[0]:,.0f}" in words


@pytest.mark.parametrize(
    ("measures", "series", "said"),
    [
        ([Measure("people", IN_ALL, "")], 1, "One chart: all figures have the same unit (people)."),
        ([Measure("people", IN_ALL, "")], 2, "no line joins one series to another"),
        ([Measure("people", IN_ALL, ""), Measure("boxes", IN_ALL, "")], 2, "the units differ (people, boxes)"),
        ([Measure("people", IN_ALL, ""), Measure("people", IN_ONE_PERIOD, "")], 2, "a total to date is not"),
        ([Measure("people", IN_ALL, ""), Measure("people", IN_ALL, "claimed")], 2, "claims, plans and rates are not"),
    ],
)
def test_one_sentence_says_why_the_charts_are_one_or_several(measures: list[Measure], series: int, said: str) -> None:
    sentence = why_in_words(measures, series)
    assert said in sentence and sentence.count(".") == 1


def test_a_list_of_series_is_grouped_by_subject_and_says_how_many_figures_of_which_years(library: Library) -> None:
    subjects = [entry.subject for entry in entries(library)]
    assert list(dict.fromkeys(subjects)) == allowed_in(library, "series", "subject")
    assert subjects == sorted(subjects, key=allowed_in(library, "series", "subject").index)
    labels = labels_of_series(library)
    assert labels["pow_transfer_claims"].endswith("· Prisoners of war · 3 figures, no date")
    assert len(labels) == len(SERIES) == len(set(labels.values()))
    assert len(LOOKS) == parameter_named("series").most


def test_the_page_keeps_its_choices_in_the_address_and_a_fifth_series_is_refused(library: Library) -> None:
    app = run_page("explore", series=[*SERIES[:2], "nothing"], scale="fitted")
    assert not app.exception
    assert app.multiselect(key="series").value == SERIES[:2]
    assert app.query_params["series"] == SERIES[:2]
    app.multiselect(key="series").set_value([]).run()
    assert not app.exception and app.query_params["series"] == ""
    assert "No series is chosen" in " ".join(part.proto.body for part in app.get("html"))
    app.button(key="reset").click().run()
    assert "series" not in app.query_params
    assert tuple(app.multiselect(key="series").value) == parameter_named("series").default
    five = run_page("explore", series=SERIES[:5])
    assert five.multiselect(key="series").value == SERIES[:4] and "which is not a choice here" in five.text[0].value


def test_what_shares_an_axis_has_one_unit(library: Library) -> None:
    figures = rows_of(library, "figures")
    for measure, rows in by_measure(figures).items():
        assert set(rows["unit"]) == {measure.unit}
    assert sum(len(rows) for rows in by_measure(figures).values()) == len(figures)
