"""A chart of more rows than can be told apart draws the newest and says so."""

from dataclasses import replace

import pandas as pd
import pytest

from components.charts.limits import MOST_MARKS, MOST_ROWS
from components.panels.catalogue import panel_of
from components.panels.summaries import MOST_NAMED
from data.query.select import Selection
from data.query.views import LIST, View
from data.record.load import Library
from tests.grown import grown

COUNTS = Selection("counts-over-time", {})
CUT = "The chart shows the"
# Characters of a sentence that a reader can take in; the longest of the record are shorter.
LONGEST_SENTENCE = 900


@pytest.mark.slow
def test_the_charts_of_the_record_draw_every_row(library: Library) -> None:
    for view in LIST:
        panel = panel_of(view.key, library, Selection(view.page, {}))
        assert CUT not in panel.drawn.note


@pytest.fixture(scope="module")
def large(library: Library) -> Library:
    return grown(library, 80)


@pytest.mark.parametrize("view", LIST, ids=lambda view: view.key)
def test_no_chart_draws_more_marks_than_can_be_told_apart_and_each_that_leaves_some_out_says_so(
    large: Library, view: View
) -> None:
    panel = panel_of(view.key, large, Selection(view.page, {}))
    traces = panel.drawn.figure.data if panel.drawn.figure is not None else ()
    drawn = {row_id for trace in traces if trace.customdata is not None for row_id in trace.customdata if row_id}
    assert len(drawn & set(panel.frame.iloc[:, 0])) <= MOST_MARKS
    is_cut = panel.drawn.figure is not None and "drawn" in (panel.drawn.figure.layout.meta or ())
    assert (CUT in panel.drawn.note) == is_cut


@pytest.mark.parametrize("view", LIST, ids=lambda view: view.key)
def test_neither_sentence_nor_table_of_a_panel_grows_with_the_rows(
    library: Library, large: Library, view: View
) -> None:
    of_record, of_many = (panel_of(view.key, rows, Selection(view.page, {})) for rows in (library, large))
    assert len(of_many.sentence) <= max(LONGEST_SENTENCE, len(of_record.sentence))
    assert of_many.drawn.html.count("<tr>") <= max(MOST_ROWS + 1, of_record.drawn.html.count("<tr>"))


def test_a_sentence_of_many_figures_names_the_newest_and_says_of_how_many(large: Library) -> None:
    states = panel_of("by-state", large, COUNTS)
    claims = panel_of("claims", large, Selection("prisoners-of-war", {}))
    for panel in (states, claims):
        assert f"The newest {MOST_NAMED} of {len(panel.frame):,}: " in panel.sentence
    assert states.sentence.count("; ") == MOST_NAMED - 1
    assert f"Of {len(claims.frame):,} claims, the {MOST_ROWS} newest are shown here." in claims.drawn.note
    assert claims.drawn.html.count('<th scope="row">') == MOST_ROWS


def test_a_chart_of_too_many_rows_draws_the_newest_and_says_so(library: Library, large: Library) -> None:
    counts, rows = (
        panel_of(key, large, Selection(page, {}))
        for key, page in (("unaccounted-for", COUNTS.page), ("pace-month", "remains-and-identifications"))
    )
    events = library["events"]
    told = pd.concat([events.assign(event_group=events["event_group"] + f"-{n}") for n in range(5)], ignore_index=True)
    operations = pd.concat([library["operations"]] * 9, ignore_index=True)
    larger = replace(library, tables={**library.tables, "events": told, "operations": operations})
    lanes = panel_of("timeline-panel", larger, Selection("mission-timeline", {}))
    bars = panel_of("by-area", larger, Selection("remains-and-identifications", {}))
    assert f"The chart shows the {MOST_MARKS} newest of {len(lanes.frame):,} rows" in lanes.drawn.note
    assert len(bars.frame) > MOST_ROWS and CUT not in bars.drawn.note  # bars add up every row
    marks = sum(len([x for x in trace.x if x]) for trace in counts.drawn.figure.data if trace.customdata)
    assert len(counts.frame) == 80 * len(panel_of("unaccounted-for", library, COUNTS).frame) > MOST_MARKS
    assert 0 < marks <= 2 * MOST_MARKS
    assert f"The chart shows the {MOST_MARKS} newest of {len(counts.frame):,} rows" in counts.drawn.note
    assert f"The chart shows the {MOST_ROWS} newest of {len(rows.frame):,} rows" in rows.drawn.note
    assert [trace for trace in counts.drawn.figure.data if trace.name == "names"]
