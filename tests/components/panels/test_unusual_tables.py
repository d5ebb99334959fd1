"""Are tables served that nobody has written yet, but that the check lets pass? Each case changes a few cells.

What cannot be computed is left out, and what cannot be drawn is not drawn: no panel fails, and none makes a number up.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from components import filters
from components.charts.cells import LEAST_HIGH, cells_of, height_of_cell
from components.charts.questions import numbers_of
from components.map.spreading import Mark, spread
from components.panels import at_a_glance, origins, places, prisoners, summaries, year_player
from components.panels.catalogue import panel_of
from components.panels.findings import reading_of, title_of
from components.panels.panel import NOTHING_YET, Panel
from components.static.inline import static_svg
from data.files.described import row_document
from data.query import address, comparing, params
from data.query.address import read_page
from data.query.at_a_glance import marks_in_north_korea
from data.query.compute import computed_by_id, sum_returned, sums_since_1982
from data.query.origins import leading_figures
from data.query.pace import pace_of_record
from data.query.params import default_of, parameter_named, unaccepted
from data.query.prisoners import QUESTIONS, most_printed, with_questions
from data.query.select import Selection, estimates_on_map, joint_recoveries, rows_of
from data.query.views import VIEWS
from data.record.load import Library
from data.record.wording import value_in_words

RANGE = {"qualifier": "range", "value": pd.NA}
RECOVERED, BURIED = {"layer": "Where recovered"}, {"layer": "Where believed buried"}


def with_cells(library: Library, table: str, *row_ids: str, **cells: Any) -> Library:
    """The Library with other cells in these rows of a table."""
    frame = library[table].copy()
    rows = frame.iloc[:, 0].isin(row_ids)
    assert rows.sum() == len(row_ids), f"{table} has no row {row_ids}"
    for name, cell in cells.items():
        frame.loc[rows, name] = cell
    return with_table(library, table, lambda old: frame)


def with_table(library: Library, table: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Library:
    """The Library with another content of a table."""
    return replace(library, tables={**library.tables, table: change(library[table])})


def drawn(library: Library, key: str, **choices: object) -> Panel:
    """The panel of a view, with all that is made of its drawing for a page, a room and a slide."""
    panel = panel_of(key, library, Selection(VIEWS[key].page, choices))
    assert panel.sentence and panel.showing and title_of(panel) and isinstance(reading_of(panel), str)
    for payload in (panel.payload, panel.narrow_payload, panel.stacked_payload):
        assert payload is None or payload.to_dict()["data"]
    figure = panel.picture()
    assert figure is None or "<svg" in static_svg(figure, panel.alt, panel.selection)
    return panel


def test_where_nothing_was_recovered_no_circle_is_drawn_and_no_place_is_said_to_have_one(library: Library) -> None:
    tables = with_cells(library, "operations", "JFA-1998-01", value=0)
    assert not [mark for mark in marks_in_north_korea(tables, Selection("")) if mark["name"] == "Kujang County"]
    assert "Nothing on this" not in at_a_glance.first_screen(tables, ())
    layers = [layer.id for layer in drawn(tables, "map", **RECOVERED).drawn.deck.layers]
    assert "operations-PRK_UNSAN" in layers and "operations-PRK_KUJANG" not in layers


def test_an_estimate_of_none_has_no_circle(library: Library) -> None:
    tables = with_cells(library, "burial_estimates", "EST-006", value=0)
    layers = [layer.id for layer in drawn(tables, "map", **BURIED).drawn.deck.layers]
    assert "estimates-PRK_UNSAN_KUJANG" in layers and "estimates-PRK_SUAN" not in layers


def test_where_all_recoveries_are_of_none_the_map_names_no_place_with_most(library: Library) -> None:
    tables = with_table(
        library, "operations", lambda rows: rows.assign(value=rows["value"].where(rows["value"].isna(), 0))
    )
    assert places.most_recovered(tables, Selection("recovery-map")) == ""
    assert "circles hold" not in drawn(tables, "map", **RECOVERED).drawn.rail


def test_marks_without_a_size_on_one_spot_are_parted() -> None:
    first, second = spread([Mark((0, 0), 0), Mark((0, 0), 0)])
    assert first != second


def test_a_count_that_is_a_range_is_shown_and_nothing_is_computed_from_it(library: Library) -> None:
    tables = with_cells(library, "figures", "FIG-340", **RANGE, low=8100, high=8122)
    assert "8,100 to 8,122 people" in drawn(tables, "unaccounted-for").drawn.summary
    paces = drawn(tables, "pace-by-period").frame
    assert len(paces) and not paces["figure_id"].str.contains("FIG-340").any()


def test_a_look_ahead_starts_at_the_newest_count_of_one_number(library: Library) -> None:
    tables = with_cells(library, "figures", "T2-FIG-110", **RANGE, low=7450, high=7456)
    assert "7,450 to 7,456 people were unaccounted for" in summaries.of_newest_count(tables)
    assert "counted from 7,465 people" in drawn(tables, "look-ahead").sentence


@pytest.mark.parametrize("date", ["", "2024-09"])
def test_without_a_dated_count_of_one_number_there_is_no_pace_and_no_look_ahead(library: Library, date: str) -> None:
    counts = library["figures"].loc[library["figures"]["mark"] == "counts", "figure_id"]
    tables = with_cells(library, "figures", *counts, qualifier="at least", date=date)
    assert len(drawn(tables, "pace-by-period").frame) == len(drawn(tables, "look-ahead").frame) == 0
    assert drawn(tables, "unaccounted-for").frame["figure_id"].isin(counts).sum() == len(counts)
    assert summaries.of_newest_count(tables).startswith("At least ")


def test_a_newest_statement_that_is_a_range_is_said_as_it_is_printed(library: Library) -> None:
    tables = with_cells(library, "figures", "FIG-447", **RANGE, low=7400, high=7500)
    rail = drawn(tables, "unaccounted-for").drawn.rail
    assert "7,400 to 7,500" in rail and "the newest statement, a range" in rail
    assert "7,400 to 7,500 people" in at_a_glance.first_screen(tables, ())


def test_where_every_count_is_stale_no_sentence_is_made_of_a_newest_one(library: Library) -> None:
    figures = library["figures"]
    ids = figures.loc[figures["series_id"] == "unaccounted_for_total", "figure_id"]
    tables = with_cells(library, "figures", *ids, flags="stale")
    assert summaries.newest_count_in_words(tables) == ""
    assert title_of(drawn(tables, "pace-by-period")) == VIEWS["pace-by-period"].title


@pytest.mark.parametrize(
    ("row_id", "cells"),
    [("BRF-002", {"qualifier": "more than"}), ("BRF-002", {"value": 9000}), ("BRF-001", {"mark": ""})],
)
def test_what_the_brief_places_nowhere_is_left_out_where_it_cannot_be_said(
    library: Library, row_id: str, cells: dict[str, object]
) -> None:
    tables = with_cells(library, "figures", row_id, **cells)
    panel = drawn(tables, "believed-to-lie")
    assert len(panel.frame) and "computed" not in set(panel.frame["kind"])
    assert "computed" not in panel.drawn.note
    assert computed_by_id(tables, "computed-placed-nowhere-by-the-source") is None


@pytest.mark.parametrize(("row_id", "left"), [("BRF-015", 1), ("BRF-016", 1), ("BRF-008", 2)])
def test_a_sum_that_lacks_a_part_is_left_out(library: Library, row_id: str, left: int) -> None:
    tables = with_table(library, "figures", lambda rows: rows[rows["figure_id"] != row_id])
    assert len(sums_since_1982(tables)) == left
    assert len(sum_returned(tables)) == (row_id != "BRF-008")
    for key in ("since-1982", "prisoners"):
        assert len(drawn(tables, key).frame)


def test_a_question_on_prisoners_that_ranges_alone_answer_is_said_as_a_range(library: Library) -> None:
    tables = with_cells(library, "figures", "FIG-192", **RANGE, low=3300, high=3320)
    assert prisoners.answer_of_page(tables).startswith("Most sources print the same numbers")
    row, count, total = most_printed(rows_of(tables, "figures", "prisoner totals"))[
        QUESTIONS["pows_released_announced"]
    ]
    assert (value_in_words(row), count, total) == ("3,300 to 3,320", 1, 1)
    assert drawn(tables, "prisoner-totals").is_drawn


def test_ranges_of_one_end_are_two_numbers(library: Library) -> None:
    figures = with_questions(rows_of(library, "figures", "prisoner totals")).head(2)
    rows = figures.assign(**RANGE, low=pd.array([3000, 3300], "Int64"), high=pd.array([3320, 3320], "Int64"))
    assert [number.rows for number in numbers_of(rows)] == [1, 1]


def test_a_chart_of_questions_that_a_filter_leaves_a_zero_of_is_drawn(library: Library) -> None:
    tables = with_cells(library, "figures", "T2-FIG-058", qualifier="nearly", value=0)
    assert drawn(tables, "prisoner-totals", hedge=("nearly",)).is_drawn


@pytest.mark.parametrize("key", ["money", "by-year", "so-far", "by-origin", "origins", "headlines", "explore"])
def test_charts_of_zeros_are_drawn(library: Library, key: str) -> None:
    tables = with_table(library, "figures", lambda rows: rows.assign(qualifier="exact", value=0, low=pd.NA, high=pd.NA))
    assert len(drawn(tables, key).frame)


def test_an_operation_without_a_date_is_in_the_table_and_in_no_year(library: Library) -> None:
    tables = with_cells(library, "operations", "JFA-1997-02", start="", end="", date_precision="undated")
    panel = drawn(tables, "by-area")
    assert panel.is_drawn and "JFA-1997-02" in set(panel.frame["op_id"])
    assert panel.drawn.note.endswith("Not drawn: 1 operation without a date.")
    assert "JFA-1997-02" not in str(panel.drawn.figure.to_dict())
    assert year_player.years_of_operations(tables, Selection("recovery-map"))[0] == 1996


def test_where_no_operation_has_a_date_none_is_drawn(library: Library) -> None:
    tables = with_table(library, "operations", lambda rows: rows.assign(start="", end="", date_precision="undated"))
    panel = drawn(tables, "by-area")
    assert not panel.is_drawn and panel.sentence == "No operation shown here has a date."


def test_hedged_recoveries_are_shown_and_never_added_up(library: Library) -> None:
    ids = joint_recoveries(library, Selection(""))["op_id"]
    tables = with_cells(library, "operations", *ids, **RANGE, low=1, high=2)
    assert drawn(tables, "by-area").sentence == NOTHING_YET
    assert year_player.years_of_operations(tables, Selection("recovery-map")) == []
    assert len(drawn(tables, "all-operations").frame) == len(library["operations"])
    assert not any("operations" in layer.id for layer in drawn(tables, "map", **RECOVERED).drawn.deck.layers)


def test_where_all_recoveries_are_of_none_the_columns_have_no_height(library: Library) -> None:
    ids = joint_recoveries(library, Selection(""))["op_id"]
    assert drawn(with_cells(library, "operations", *ids, value=0), "by-area").is_drawn


def test_bars_by_origin_have_a_length_where_the_others_are_of_none(library: Library) -> None:
    leading = leading_figures(library)
    frame = pd.concat([leading[leading["origin"] == name].head(1) for name in ("208 boxes", "55 boxes")])
    frame = frame.assign(qualifier="exact", low=pd.NA, high=pd.NA, value=pd.array([208, 0], "Int64"))
    assert origins.end_of_bars(frame) == 208
    html = origins.table(frame, Selection("remains-and-identifications"), "208 boxes")
    assert "width:100.0%" in html and "width:0.0%" in html


def test_bars_by_origin_are_left_out_with_their_scale_where_all_are_of_none(library: Library) -> None:
    tables = with_table(library, "figures", lambda rows: rows.assign(qualifier="exact", value=0, low=pd.NA, high=pd.NA))
    panel = drawn(tables, "origins")
    assert "<i style" not in panel.drawn.html and "scale" not in panel.drawn.note


@pytest.mark.parametrize("key", ["by-state", "accounted-by-state", "by-status"])
def test_no_number_is_the_largest_where_a_range_may_hold_a_larger_one(library: Library, key: str) -> None:
    frame = drawn(library, key).frame.assign(low=pd.NA, high=pd.NA)
    first = str(frame["figure_id"].iloc[0])
    assert ", the largest of those found for " in title_of(drawn(library, key))
    tables = with_cells(library, "figures", first, **RANGE, low=1, high=10**6)
    assert title_of(drawn(tables, key)) == VIEWS[key].title


@pytest.mark.parametrize("count", [1, 9, 13, 32, 100])
def test_each_of_many_charts_has_a_height(count: int) -> None:
    cells = cells_of([1.0] * count, [True] * count, [False] * count, is_narrow=False)
    assert all(0 <= low < high <= 1 for low, high in (cell.up for cell in cells))
    assert height_of_cell(count, is_narrow=False) >= LEAST_HIGH


def test_a_row_is_described_where_its_id_is_a_whole_number(library: Library) -> None:
    numbered = library["coverage"].assign(coverage_id=pd.array(range(len(library["coverage"])), "Int64"))
    described = row_document(with_table(library, "coverage", lambda rows: numbered), "coverage", "3", "")
    assert described is not None and described["row"]["coverage_id"] == 3


@pytest.fixture
def fast_fall(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Tables whose newest count is a tenth of what it was, as those that are served."""
    tables = with_cells(library, "figures", "T2-FIG-110", value=745)
    monkeypatch.setattr(params, "whole_library", lambda: tables)
    return tables


def test_the_pace_of_the_record_is_accepted_however_fast_it_is(fast_fall: Library) -> None:
    pace = pace_of_record(fast_fall)
    chosen = parameter_named("pace")
    assert pace > chosen.bounds[1] and default_of(chosen, fast_fall) == pace
    assert unaccepted(chosen, [str(pace)], fast_fall) == [] and unaccepted(chosen, [str(pace + 1)], fast_fall)
    assert f"The slider starts at {pace} per year." in summaries.of_pace(fast_fall)


def test_the_pace_of_another_day_is_never_faster_than_what_is_accepted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(params, "whole_library", lambda: library)
    fast = with_cells(library, "figures", "T2-FIG-110", value=745)
    chosen = parameter_named("pace")
    assert unaccepted(chosen, [str(default_of(chosen, fast))], library) == []
    assert f"The slider starts at {chosen.bounds[1]} per year." in summaries.of_pace(fast)


def test_a_record_of_one_year_has_no_slider_of_years(library: Library) -> None:
    tables = replace(library, years=(2012, 2012))
    assert filters._years(parameter_named("years"), tables, {}) == (2012, 2012)


def test_a_series_that_the_record_lacks_is_not_chosen_at_first(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = "accounted_for_since_1982"
    tables = with_table(library, "series", lambda rows: rows[rows["series_id"] != named])
    tables = with_table(tables, "figures", lambda rows: rows[rows["series_id"] != named])
    for module in (params, comparing):
        monkeypatch.setattr(module, "whole_library", lambda: tables)
    monkeypatch.setattr(address, "library", lambda: tables)
    monkeypatch.setattr(address, "library_of", lambda values: (tables, None))
    chosen = read_page("explore", [])[1].values["series"]
    assert chosen == ("unaccounted_for_total",)
    panel = drawn(tables, "explore", series=chosen)
    assert panel.is_drawn and panel.title.startswith("Unaccounted for")


def test_an_estimate_without_a_date_says_that_none_is_printed(library: Library) -> None:
    tables = with_cells(library, "burial_estimates", "EST-006", date="", date_precision="undated")
    assert "225 war dead (no date printed)" in at_a_glance.first_screen(tables, ())
    labels = estimates_on_map(tables, Selection("recovery-map")).set_index("est_id")["label"]
    assert labels["EST-006"] == "up to 225 war dead, no date printed"
