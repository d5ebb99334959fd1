"""How is each view drawn? Every panel of every page by its key: rows in, sentence, drawing and note out.

A panel is two entries with one key: its rows in `data.query.views.LIST`, which the files and addresses read too, and its
drawing in `DRAWN` below, since the data know no drawing and have to be of use without one. The page follows from the view.
Tests say that each has the other, and that every view stands on its page.
"""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from components import theme
from components.charts.by_year import COLUMNS, accounted_by_year, sums_by_area
from components.charts.hedged_rows import hedged_rows
from components.charts.limits import MOST_ROWS
from components.charts.money import amounts
from components.charts.time_series import grouped_over_time
from components.panels import counts, disagreements, explore, origins, places, prisoners, summaries, then_and_now
from components.panels.panel import Drawn, Panel
from components.panels.timeline import draw_timeline
from data.query.compute import sums_by_year
from data.query.disagreements import newest_disagreement
from data.query.origins import leading_of_periods
from data.query.params import Value
from data.query.select import (
    Selection,
    joint_recoveries,
    names_of_places,
)
from data.query.then_and_now import lines_summary
from data.query.views import VIEWS, View, claims_beside, parameter_names, rows_shown, view_of_table
from data.record.load import Library
from data.record.single_flight import computed_once
from data.record.wording import name_of_series, number_with_noun

Draw = Callable[[Library, Selection, pd.DataFrame], Drawn]
# Panels in the cache, with their figures and decks: the choices of all readers together.
CACHE_SIZE = 256
TABLES_CACHED = 32
NOT_FILTERED = "The filters above do not apply here."


def panel_of(key: str, library: Library, selection: Selection) -> Panel:
    """The panel of a view, from a cache: nothing in it may be changed. KeyError where no view has the key."""
    view = VIEWS[key]
    names = (*parameter_names(view), *view.looks)
    values = tuple((name, selection.values[name]) for name in names if name in selection.values)
    return _cached_panel(key, library, selection.page, values)


@computed_once(CACHE_SIZE)
def _cached_panel(key: str, library: Library, page: str, values: tuple[tuple[str, Value], ...]) -> Panel:
    view, selection = VIEWS[key], Selection(page, dict(values))
    frame = rows_shown(view, library, selection)
    if frame.empty:
        return Panel(view, library, selection, frame)
    return Panel(view, library, selection, frame, _with_omissions(DRAWN[key](library, selection, frame)))


def _with_omissions(drawn: Drawn) -> Drawn:
    """The drawing, with a line on the rows that it has no room for; charts of the record have room for all."""
    omitted = drawn.figure.layout.meta if drawn.figure is not None else None
    if not omitted or "drawn" not in omitted:
        return drawn
    omission = f"The chart shows the {omitted['drawn']} newest of {omitted['of']:,} rows. The table and the files show all of them."
    return replace(drawn, note=f"{drawn.note} {omission}".strip())


def panel_at(view: View, library: Library, selection: Selection) -> Panel:
    """The panel of a view, be it one of a page or a whole table."""
    if view.key in VIEWS:
        return panel_of(view.key, library, selection)
    return panel_of_table(view.table, library, selection)


def panel_of_table(table: str, library: Library, selection: Selection) -> Panel:
    """The panel of a whole table, which has no drawing: what a row of it is, and its rows. Cached, as those of views."""
    return _cached_table(table, library, selection.page, tuple(selection.values.items()))


@computed_once(TABLES_CACHED)
def _cached_table(table: str, library: Library, page: str, values: tuple[tuple[str, Value], ...]) -> Panel:
    view, selection = view_of_table(library, table), Selection(page, dict(values))
    drawn = Drawn(library.describe(table)["description"])
    return Panel(view, library, selection, rows_shown(view, library, selection), drawn)


def _headlines(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    named = frame.assign(label=[f"{name_of_series(row)}: {row['label']}" for row in frame.to_dict("records")])
    return Drawn(summaries.of_rows(named), hedged_rows(named))


def _rows(note: str, hint: str = "", is_static: bool = False, computed: int = 0) -> Draw:
    """Rows with their hedges. A note on so many computed rows is left out where not all of them could be computed."""

    def draw(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
        has_all = int((frame["kind"] == "computed").sum()) >= computed
        return Drawn(summaries.of_rows(frame), hedged_rows(frame), note * has_all, hint=hint, is_static=is_static)

    return draw


def _small(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    note = "This is all that the record holds. It is not complete."
    return Drawn(summaries.of_scopes(frame), hedged_rows(frame), note, hint=NOT_FILTERED)


def _origins(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    note = "Each number is the newest of its kind. Boxes, caskets, sets of remains, and people are different things; each number gives its unit."
    chosen = str(selection.get("origin", library))
    html = origins.table(frame, selection, chosen)
    return Drawn(origins.answer(frame), note=f"{note} {origins.note_on_bars(frame)}".strip(), html=html)


def _by_origin(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    note = "Each mark is one number from one source. Totals to date and numbers for one period have different marks. Boxes, sets of remains, and people share one axis but are not the same thing: each row gives its unit. Hollow marks were printed with a hedge."
    return Drawn(summaries.of_stages(frame), grouped_over_time(frame, theme.STAGE_COLORS, height=360), note)


def _by_area(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    sums, names = sums_by_year(frame), names_of_places(library)
    note = "Computed by adding up single operations. Some sources print soldiers or coffins; these count here as sets of remains. The record does not hold a number for every operation, so the sums are lower than the printed totals. Cumulative, annual, and planned numbers are not added."
    undated = int(((frame["start"] == "") & (frame["end"] == "")).sum())
    note += f" Not drawn: {number_with_noun(undated, 'operation')} without a date." if undated else ""
    figure = sums_by_area(sums, names) if len(sums) else None
    return Drawn(summaries.of_sums(sums, names), figure, note, hint=NOT_FILTERED)


def _by_series(note: str, name_last: bool = True, summary: Callable[[pd.DataFrame], str] = summaries.of_rows) -> Draw:
    """Figures of several series over time, each with a color and a symbol of its own."""

    def draw(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
        colors = theme.colors_of_series(frame["series_id"])
        figure = grouped_over_time(frame, colors, by="series_id", name_last=name_last)
        return Drawn(summary(frame), figure, note, hint=NOT_FILTERED)

    return draw


def _by_year(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    note = "Columns: accounted for from the Korean War, each as wide as its fiscal year, which ends on 30 September. The goal in the law covers all conflicts, not only the Korean War. People accounted for and identifications are two definitions."
    leading = leading_of_periods(library, frame[frame["series_id"] == COLUMNS])
    figure = accounted_by_year(frame, leading, theme.colors_of_series(frame["series_id"]))
    return Drawn(summaries.of_rows(frame), figure, note, hint=NOT_FILTERED)


def _money(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    note = "Hollow: requested or planned, not given. Each row says which agency it is about and whether the amount is actual, estimated, or requested. The list is not complete. The program planned for 2012 did not take place."
    return Drawn(summaries.of_amounts(frame), amounts(frame), note, hint=NOT_FILTERED)


def _look_ahead(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    pace = int(selection.get("pace", library))
    return Drawn(
        summaries.of_look_ahead(library, frame, pace),
        note="The pace has never been steady, and not all of the missing are thought to be recoverable.",
        hint=summaries.of_pace(library),
    )


def _claims(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    note = "These are claims, not counts: testimony at a Senate hearing, and what declassified documents are reported to show."
    if len(frame) > MOST_ROWS:
        note += f" Of {len(frame):,} claims, the {MOST_ROWS} newest are shown here. The files show all of them."
    return Drawn(summaries.of_claims(frame), note=note, html=prisoners.table_of_claims(library, frame, selection))


def _prisoner_totals(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    return prisoners.draw_totals(library, selection, frame, claims_beside(library, selection))


def _operations(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    return Drawn(summaries.of_operations(frame, joint_recoveries(library, selection)))


def _estimates(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    return Drawn(summaries.of_estimates(frame))


def _disagreement(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    return disagreements.draw(library, str(selection.get("disagreement", library)), frame)


def _disagreements(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    summary = f"{number_with_noun(len(frame), 'quantity', 'quantities')} for which sources print different numbers for the same time."
    chosen = str(selection.values.get("disagreement") or newest_disagreement(library))
    return Drawn(summary, html=disagreements.list_of_topics(library, selection, chosen))


def _then_and_now(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    note = "“Same” means that a later source prints the same number; “changed” means that it prints another. “Not read” means that only the beginning of a later version could be read. A change is computed only between two counts with the same definition."
    return Drawn(lines_summary(frame), note=note, html=then_and_now.table(library, frame, selection))


DRAWN: dict[str, Draw] = {
    "then-and-now": _then_and_now,
    "pace-by-period": _rows(
        "Each pace is computed from two counts, which its row names, and rounded to whole people. The brief's count is approximate, so a pace computed from it is approximate too.",
    ),
    "headlines": _headlines,
    "believed-to-lie": _rows(
        "The last row is computed: the total minus the three places. No source prints it.",
        computed=1,
        is_static=True,  # on the first page, which would stand much later if it waited for a library that draws
    ),
    "unaccounted-for": counts.unaccounted_for,
    "by-state": _small,
    "accounted-by-state": _small,
    "by-status": _small,
    "origins": _origins,
    "by-origin": _by_origin,
    "by-area": _by_area,
    "by-year": _by_year,
    "so-far": _by_series("The count from 1982 and the count from 1973 are two separate series."),
    "money": _money,
    "since-1982": _rows(
        "The computed sums leave out disinterments, for which the brief gives no number. With the remains estimated in the boxes, the parts leave no room for disinterments; with the boxes themselves, the parts fall short of the total.",
        NOT_FILTERED,
        computed=2,
    ),
    "returned-1950s": _rows(
        "The sets of remains went to the United Nations Command, a force of many nations. The brief does not say how many were American.",
        NOT_FILTERED,
    ),
    "pace-month": _rows(
        "The brief does not say which conflicts it means. The computed rows are twelve times the monthly rate. They count remains identified, not people accounted for.",
        NOT_FILTERED,
    ),
    "look-ahead": _look_ahead,
    "prisoners": _rows("More came back than the other side had reported holding. See Notes.", NOT_FILTERED),
    "claims": _claims,
    "prisoner-totals": _prisoner_totals,
    "map": places.draw_map,
    "all-operations": _operations,
    "burial-estimates": _estimates,
    "timeline-panel": draw_timeline,
    "disagreement-panel": _disagreement,
    "all-disagreements": _disagreements,
    "explore": explore.draw,
}
