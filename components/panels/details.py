"""What is known of one place, one event, one table? The parts below a drawing that show a single row in full."""

from html import escape

import pandas as pd
import streamlit as st

from components import filters
from components.charts.limits import newest
from components.map.ground import not_placed
from components.panels import card, disagreements, elements, render, rows
from components.panels.catalogue import panel_of
from components.panels.grids import Grid, grid_of, show_grid
from components.panels.panel import MOST_LISTED, Panel, cached_with_panel
from components.panels.timeline import event_in_full
from components.theme import PLOT_CONFIG
from data.files.extract import fields_in_files
from data.query.names import with_names
from data.query.params import table_in_words, table_of_words, tables_to_choose
from data.query.select import Selection, newest_number_of, rows_of, select
from data.record.changes import Change, changes
from data.record.dates import date_in_words
from data.record.load import Library, allowed_values, cached_with_library
from data.record.tables import SERIES_OF_COUNTS
from data.record.wording import Row, with_article

NO_CHANGES = "The list of changes, CHANGELOG.md, is not part of this installation."
NONE_YET = "Nothing here was known by the day you chose, or comes from the sources you chose."


def places_without_point(library: Library, selection: Selection) -> None:
    """Places that the map cannot show as points, and why."""
    panel = panel_of("map", library, selection)
    frame = _unplaced(panel)
    if frame.empty:
        return
    with st.container(key="unplaced"):
        st.subheader(f"Places without a point on the map ({len(frame)})", anchor=False)
        alt = f"{with_article(len(frame), 'place').capitalize()} without a point on the map"
        rows.show_rows_as(_grid_of_unplaced(panel), frame, "unplaced-rows", alt)


@cached_with_panel
def _unplaced(panel: Panel) -> pd.DataFrame:
    return not_placed(panel.frame)


@cached_with_panel
def _grid_of_unplaced(panel: Panel) -> Grid:
    columns = ["name", "country", "roles", "coordinate_precision", "note"]
    return rows.grid_in_words(_unplaced(panel), panel.library.fields("places"), columns, panel.library)


def chosen_event(library: Library, selection: Selection) -> None:
    """The head of the list of events: a select box, the chosen one in full, and the timeline for narrow screens.

    An event whose card is asked for, by a press on its mark or in the table, becomes the chosen one.
    """
    panel = panel_of("timeline-panel", library, selection)
    rows_by_id = _events_by_id(panel)
    requested = st.session_state.get(card.REQUESTED)
    if requested in rows_by_id:
        filters.choose_row("event", requested)
    event_id = filters.row_selectbox("event", library, {row_id: row["title"] for row_id, row in rows_by_id.items()})
    if event_id in rows_by_id:
        with st.container(key="event-card"):
            st.html(event_in_full(rows_by_id[event_id]))
            st.button(
                "Open its card", key="event-card-open", type="tertiary", on_click=card.request_card, args=(event_id,)
            )
    elif event_id != "none":
        st.info("The event you chose is not shown. Change the filters, or press Reset.")
    narrow_drawing(panel)


@cached_with_panel
def _events_by_id(panel: Panel) -> dict[str, Row]:
    return {str(row["event_id"]): row for row in newest(panel.frame, MOST_LISTED).to_dict("records")}


def narrow_drawing(panel: Panel) -> None:
    """The drawing for narrow screens, where a panel has one; the style sheet shows it there, and the other nowhere else."""
    if panel.narrow_payload is not None:
        with st.container(key=f"{panel.key}-narrow"):
            key = f"{panel.key}-small"
            st.plotly_chart(panel.narrow_payload, theme=None, config=PLOT_CONFIG, key=key, **rows.card_on_click(key))


def table_tabs(library: Library, selection: Selection) -> str:
    """The tables as tabs with how many of their rows the choices leave, and the one that is open.

    Where words are searched for, only tables that hold them are there, and if the chosen one does not, the first is open.
    """
    counts = {table: len(select(library, table, selection)) for table in library.tables}
    is_search = bool(selection.get("q", library))
    tables = [table for word in tables_to_choose(library) if counts[table := table_of_words(word)] or not is_search]
    if not tables:
        st.text(f"“{selection.get('q', library)}” was not found in any table. Try fewer words, or press Reset.")
        return table_of_words(str(selection.get("table", library)))
    labels = {table_in_words(table): f"{library.describe(table)['title']} ({counts[table]:,})" for table in tables}
    with st.container(key="table-tabs"):
        chosen = filters.row_pills("table", library, labels, next(iter(labels)))
    return table_of_words(chosen if chosen in labels else next(iter(labels)))


def dictionary_of(library: Library, table: str) -> None:
    """What each column of a file of a table means, as the dictionary says it."""
    grid, count = _grid_of_dictionary(library, table)
    alt = f"The {count} columns of a file of the table “{library.describe(table)['title']}” and what they mean"
    show_grid(grid, "dictionary-rows", alt, height="content")


@cached_with_library
def _grid_of_dictionary(library: Library, table: str) -> tuple[Grid, int]:
    entries = [
        {
            "Column": field["name"],
            "Name": field["title"],
            "Type": field["type"],
            "Meaning": field["description"],
            "Allowed": ", ".join(allowed_values(field)),
        }
        for field in fields_in_files(library, table)
    ]
    return grid_of(pd.DataFrame(entries)), len(entries)


def all_cautions(library: Library) -> None:
    """Every caution in full."""
    _show_all(_cautions_in_html(library))


@cached_with_library
def _cautions_in_html(library: Library) -> str:
    return "".join(elements.caution_html(library, row) for row in library["cautions"].to_dict("records"))


def all_changes(library: Library) -> None:
    """What changed in the data with each version, the newest first."""
    st.html(_changes_in_html(library) or f'<p class="key">{NO_CHANGES}</p>')


@cached_with_library
def _changes_in_html(library: Library) -> str:
    return "".join(_change(change, library) for change in changes())


def _change(change: Change, library: Library) -> str:
    head = f"Version {change.version}, {date_in_words(change.day)}"
    return f'<p class="term"><b>{escape(head)}</b>: {escape(with_names(library, change.what))}</p>'


def glossary(library: Library) -> None:
    """The words of the field: what they mean, who defines them, how the brief uses them."""
    _show_all(_glossary_in_html(library))


@cached_with_library
def _glossary_in_html(library: Library) -> str:
    return "".join(_term(row, library) for row in rows_of(library, "glossary").to_dict("records"))


def _show_all(entries: str) -> None:
    """Entries below each other; where a view of an earlier day leaves none, a sentence."""
    st.html(entries or f'<p class="key">{NONE_YET}</p>')


def _term(row: Row, library: Library) -> str:
    source = library["sources"].set_index("source_id").loc[row["source_id"]]
    where = ", ".join(part for part in (row["defined_by"], source["title"], row["locator"]) if part)
    return f'<p class="term"><b>{escape(row["term"])}</b>: {escape(row["meaning"])}<br><span class="key">In the brief: {escape(row["use_in_brief"])}</span><br><span class="source">Defined by: {escape(where)}.</span></p>'


def look_ahead(library: Library, selection: Selection) -> None:
    """How many would remain by when at a pace that the reader chooses: a calculation, in a table, never drawn."""
    if newest_number_of(library, SERIES_OF_COUNTS).empty:
        return
    with st.container(key="look-ahead-choice"):
        pace = filters.number_slider("pace", library)
    render.show_view("look-ahead", library, Selection(selection.page, {**selection.values, "pace": pace}))


def disagreement(library: Library, selection: Selection) -> None:
    """The chosen disagreement: its question, why its numbers differ, every source on one axis."""
    row_id = str(selection.get("disagreement", library))
    if row_id in set(library["disagreements"]["disagreement_id"]):
        render.show_panel(
            panel_of("disagreement-panel", library, selection), head=disagreements.head_of(library, row_id)
        )
    else:
        st.info(
            "This disagreement does not exist, or not all of its sources had been published by the day you chose. Choose one from the list."
        )


def card_of_address(library: Library) -> None:
    """The card of the row that the address names, at the head of the page."""
    row_id = st.query_params.get("figure")
    if row_id:
        with st.container(key="figure-card", border=True):
            st.header("The record that this address names", anchor=False)
            card.show_card(library, row_id)
            st.button("Close this record", key="close-card", on_click=_close_card)


def _close_card() -> None:
    st.query_params.pop("figure", None)
