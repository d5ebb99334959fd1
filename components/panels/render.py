"""How does a panel stand on a page? Sentence, drawing, note, cautions, sources, rows and the ways out, always in that order."""

from collections.abc import Callable
from html import escape
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import filters
from components.charts.payload import ChartPayload
from components.panels import card, download_dialog, own_figures, parts
from components.panels.catalogue import panel_of
from components.panels.panel import Panel
from components.panels.parts import paragraph, paragraph_html
from components.static.inline import static_svg
from components.theme import PLOT_CONFIG
from data.query.rows import WITH_IDS, disagreements_with
from data.query.select import Selection
from data.record.load import Library
from data.record.wording import Row, as_of_in_words, hedge_and_number, name_of_series, unit_in_words

WIDE = ("note", "text", "summary", "title", "attributed_to")
NOTHING_YET = "Nothing on this had been published by that day, or by these sources. Press “All sources, today” at the top to see what the record holds now."
NO_ROWS = "No row fits these choices. Widen one of them, or press Reset to see everything."


def heading(question: str, lead: str, age: str = "") -> None:
    """The page's question as its title, one lead sentence and, where it says one, how old its figures are."""
    told = paragraph_html("lead", lead) + paragraph_html("key", age)
    st.html(f'<div class="page-head"><h1>{escape(question)}</h1>{told}</div>')


def show_view(
    key: str, library: Library, selection: Selection, body: Callable[[], None] | None = None, **look: Any
) -> None:
    """The panel of a view as a card; `look` goes to its map. Where no row is left, a sentence with a way back stands in
    the place of the drawing."""
    show_panel(panel_of(key, library, selection), body, **look)


def show_panel(panel: Panel, body: Callable[[], None] | None = None, **look: Any) -> None:
    """A panel as a card: title, what is shown, sentence, drawing, note, cautions, sources, rows, ways out."""
    overlay = own_figures.overlay_of(panel)
    with st.container(key=panel.key, border=True):
        _head(panel)
        if panel.frame.empty:
            st.info(NO_ROWS if panel.total else NOTHING_YET)
            own_figures.show_overlay(panel, overlay)
            return
        _draw(panel, look, overlay.figure if overlay else panel.drawn.figure)
        _source(panel)
        own_figures.show_overlay(panel, overlay)
        if body:
            body()
        _foot(panel)


def fragment(body: Callable[[], None]) -> None:
    """A part of a page whose choices run it anew, and nothing else of the page: its filters and the panels that obey them.

    What it asks to be opened is opened at its end, as the frame does for the page.
    """

    @st.fragment
    def run() -> None:
        body()
        card.open_requested(filters.library_in_view())
        download_dialog.open_requested(filters.library_in_view())

    run()


def expander(key: str, said: str, body: Callable[[], None]) -> None:
    """A part of a page that is made once the reader unfolds it, and that no choice elsewhere on the page runs."""

    def part() -> None:
        fold = st.expander(said, key=f"{key}-fold", on_change="rerun")
        if fold.open:
            with fold:
                body()

    fragment(part)


def tiles(library: Library, selection: Selection) -> None:
    """Headline figures: hedge, number, unit, as-of date and who says so; titled by their country or their series."""
    panel = panel_of("headlines", library, selection)
    with st.container(key="headlines", horizontal=True):
        for row in panel.frame.to_dict("records"):
            with st.container(key=f"tile-{row['figure_id']}", border=True, width=238):
                st.html(_tile(row))
                st.button(
                    _who_says_so(len(disagreements_with(library, row["figure_id"]))),
                    key=f"card-{row['figure_id']}",
                    type="tertiary",
                    icon=":material/quick_reference_all:",
                    on_click=card.request_card,
                    args=(row["figure_id"],),
                )
    if len(panel.frame):
        paragraph("source", panel.source)
        download_dialog.button(panel)
    own_figures.show_overlay(panel, own_figures.overlay_of(panel))


def panel_table(panel: Panel, height: int | Literal["auto"] = "auto") -> None:
    """The rows behind a panel, under the names that the dictionary gives their columns."""
    grid(
        panel.frame,
        panel.table,
        panel.columns,
        panel.library,
        f"{panel.key}-rows",
        f"Table of the {len(panel.frame)} {panel.table} shown in “{panel.title}”",
        height,
    )


def grid(
    frame: pd.DataFrame,
    table: str,
    columns: list[str],
    library: Library,
    key: str,
    alt: str,
    height: int | Literal["auto"] = "auto",
) -> None:
    """A frame as a grid, its columns under the names that the dictionary gives them; choosing a row opens its card."""
    described = [*library.fields(table), *library.describe(table).get("derivedFields", [])]
    titles = {entry["name"]: entry["title"] for entry in described}
    config = {
        name: st.column_config.Column(title, width="large" if name in WIDE else None) for name, title in titles.items()
    }

    def take() -> None:
        chosen = st.session_state[key]["selection"]["rows"]
        if chosen:
            card.request_card(str(frame.iloc[chosen[0], 0]))

    st.dataframe(
        frame,
        column_order=columns,
        column_config=config,
        hide_index=True,
        height=height,
        key=key,
        alt=alt,
        on_select=take,
        selection_mode="single-row",
    )


def _who_says_so(rivals: int) -> str:
    return "Who says so" + (", and who differs" if rivals else "")


def card_list(panel: Panel) -> None:
    """A list of the rows of a panel under their labels, for keyboard and pointer alike; choosing one opens its card."""
    labels, key = panel.labels, f"{panel.key}-card"

    def take() -> None:
        if st.session_state[key]:
            card.request_card(st.session_state[key])
            st.session_state[key] = None

    st.selectbox(
        "Open the card of a row",
        list(labels),
        index=None,
        key=key,
        format_func=lambda row_id: f"{labels.get(row_id, '')} ({row_id})",
        placeholder=f"{len(labels)} row{'' if len(labels) == 1 else 's'}: type to find one",
        on_change=take,
    )


def card_on_click(key: str) -> dict[str, Any]:
    """What makes a click on a mark of the chart with this key open the card of its row."""

    def take() -> None:
        points = st.session_state[key]["selection"]["points"]
        data = points[0].get("customdata") if points else None
        if data:
            card.request_card(data if isinstance(data, str) else data[0])

    return {"on_select": take, "selection_mode": "points"}


def _head(panel: Panel) -> None:
    """Title, what is shown, and the sentence: one element, since a page is as slow as its elements are many."""
    told = paragraph_html("key showing", panel.showing + ".") + paragraph_html("summary", panel.drawn.summary)
    st.html(f'<div class="panel-head"><h2>{escape(panel.title)}</h2>{told}</div>')


def _source(panel: Panel) -> None:
    """Note, cautions and sources: who stands behind what is drawn, right below it."""
    note = paragraph_html("key", f"{panel.drawn.note} {panel.drawn.hint}".strip())
    told = note + parts.folded_cautions(panel.cautions) + paragraph_html("source", panel.source)
    if told:
        st.html(f'<div class="panel-source">{told}</div>')


def _foot(panel: Panel) -> None:
    if panel.is_drawn or panel.drawn.html:
        _folded_rows(panel)
    else:
        _rows(panel, 430 if len(panel.frame) > 10 else "auto")
    download_dialog.button(panel)


def _folded_rows(panel: Panel) -> None:
    """The rows behind a drawing, made once the reader unfolds them: a page is there sooner, and a choice is answered."""
    count = len(panel.frame)
    said = f"The {count} row{'' if count == 1 else 's'} shown here: cards and table"
    fold = st.expander(said, key=f"{panel.key}-fold", on_change="rerun")
    if fold.open:
        with fold:
            _rows(panel)


def _rows(panel: Panel, height: int | Literal["auto"] = "auto") -> None:
    if panel.is_drawn or panel.table in WITH_IDS:
        card_list(panel)
    panel_table(panel, height)


def _draw(panel: Panel, look: dict[str, Any], figure: go.Figure | None) -> None:
    if figure is not None and panel.drawn.still:
        st.markdown(static_svg(figure, panel.alt, panel.selection), unsafe_allow_html=True)
    elif figure is not None:
        key = f"{panel.key}-chart"
        sent = panel.sent if figure is panel.drawn.figure else ChartPayload(figure)
        st.plotly_chart(sent, theme=None, config=PLOT_CONFIG, key=key, alt=panel.alt, **card_on_click(key))
    if panel.drawn.html:
        st.html(panel.drawn.html)
    if panel.drawn.deck is not None:
        st.pydeck_chart(panel.drawn.deck, key=f"{panel.key}-map", alt=panel.alt, **look)


def _tile(row: Row) -> str:
    hedge, number = hedge_and_number(row)
    lines = [
        as_of_in_words(row),
        str(row["attributed_to"]),
        f"{row['figure_id']}: {row['locator'] or row['as_printed']}",
    ]
    told = "".join(f'<p class="attribution">{escape(line[:1].upper() + line[1:])}</p>' for line in lines)
    return f'<div class="tile {escape(row["kind"])}"><p class="name">{escape(name_of_series(row))}</p><p class="hedge">{escape(hedge)}</p><p class="number">{escape(number)}</p><p class="unit">{escape(unit_in_words(row))}</p>{told}</div>'
