"""How is a panel laid out on a page? Title, drawing and rail, the quiet row with rows, notes and sources, always in that order."""

from collections.abc import Callable
from html import escape
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from components import filters
from components.charts.payload import ChartPayload
from components.navigation import PAGES
from components.panels import card, download_dialog, elements, foot, own_figures, rows, share
from components.panels.catalogue import panel_of
from components.panels.elements import paragraph, paragraph_html
from components.panels.panel import Panel
from components.static.inline import static_svg
from components.theme import PLOT_CONFIG
from data.query.rows import disagreements_with
from data.query.select import Selection
from data.query.views import views_of
from data.record.load import Library
from data.record.wording import Row, as_of_in_words, hedge_and_number, name_of_series, unit_in_words

# Rows of a table that a page shows whole, and the height in pixels of one that scrolls.
MOST_ROWS_WHOLE, HEIGHT_OF_TABLE = 10, 430


def heading(question: str, answer: str) -> None:
    """The page's question as its title, and the sentence that answers it."""
    st.html(f'<div class="page-head"><h1>{escape(question)}</h1>{paragraph_html("answer", answer)}</div>')


def show_view(
    key: str, library: Library, selection: Selection, beside: Callable[[], None] | None = None, **map_options: Any
) -> None:
    """The panel of a view."""
    show_panel(panel_of(key, library, selection), beside, **map_options)


def show_views(page: str, library: Library, selection: Selection, without: tuple[str, ...] = ()) -> None:
    """The panels of a page as cards, in the order of its views, but for those that stand elsewhere on it."""
    for view in views_of(page):
        if view.key not in without:
            show_view(view.key, library, selection)


def show_panel(panel: Panel, beside: Callable[[], None] | None = None, **map_options: Any) -> None:
    """A panel: title, drawing, and the quiet row. One with a rail leads its page.

    `beside` draws more at the head of the rail, `map_options` go to the map. Where no row is left, a sentence with a way
    back takes the place of the drawing.
    """
    overlay = own_figures.overlay_of(panel)
    with st.container(key=panel.key):
        _head(panel)
        if panel.frame.empty:
            paragraph("key showing", panel.showing + ".")
            st.info(panel.sentence)
            own_figures.show_overlay(panel, overlay)
            return
        figure = overlay.figure if overlay else panel.drawn.figure
        if panel.drawn.rail or beside:
            _with_rail(panel, beside, lambda: _drawing(panel, map_options, figure))
        else:
            _drawing(panel, map_options, figure)
        own_figures.show_overlay(panel, overlay)
        foot.show_foot(panel)


def _with_rail(panel: Panel, beside: Callable[[], None] | None, draw: Callable[[], None]) -> None:
    """The drawing that leads the page, and the rail beside it; the style sheet puts the rail below where it is narrow."""
    with st.container(key=f"lead-body-{panel.key}", horizontal=True):
        with st.container(key=f"lead-drawing-{panel.key}"):
            draw()
        with st.container(key=f"lead-rail-{panel.key}"):
            if beside:
                beside()
            if panel.drawn.rail:
                st.html(panel.drawn.rail)


def fragment(body: Callable[[], None]) -> None:
    """A part of a page that a choice within it runs anew, and nothing else: filters and the panels that obey them."""

    @st.fragment
    def run() -> None:
        body()
        open_requested_dialogs()

    run()


def open_requested_dialogs() -> None:
    """Opens the card or the downloads that a callback has asked for, once what asked has been drawn."""
    library = filters.library_in_view()
    card.open_requested(library)
    download_dialog.open_requested(library)
    share.open_requested()


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


def other_pages(lines: dict[str, str]) -> None:
    """The pages after the first as links, each with its question and its line, by its path, on what it holds."""
    with st.container(key="pages", border=True):
        st.header("What else can be asked", anchor=False)
        for page in PAGES[1:]:
            st.page_link(f"../../pages/{page.file}.py", label=f"**{page.name}.** {page.question}")
            if page.path in lines:
                elements.small_line(lines[page.path])


def _who_says_so(rivals: int) -> str:
    return "Who says so" + (", and who differs" if rivals else "")


def _head(panel: Panel) -> None:
    """Title and sentence; of a panel that leads its page the title alone, unseen: the page's question and answer are above."""
    if panel.drawn.rail:
        st.html(f'<h2 class="panel-title-unseen">{escape(panel.title)}</h2>')
        return
    sentence = paragraph_html("summary", panel.drawn.summary)
    st.html(f'<div class="panel-head"><h2>{escape(panel.title)}</h2>{sentence}</div>')


def _drawing(panel: Panel, map_options: dict[str, Any], figure: go.Figure | None) -> None:
    if figure is not None and panel.drawn.is_static:
        st.markdown(static_svg(figure, panel.alt, panel.selection), unsafe_allow_html=True)
    elif figure is not None:
        key = f"{panel.key}-chart"
        payload = panel.payload if figure is panel.drawn.figure else ChartPayload(figure)
        height: Literal["content", "stretch"] = "stretch" if panel.drawn.rail else "content"
        press = rows.card_on_click(key)
        st.plotly_chart(payload, theme=None, config=PLOT_CONFIG, key=key, alt=panel.alt, height=height, **press)
    if panel.drawn.html:
        st.html(panel.drawn.html)
    if not panel.is_drawn and not panel.drawn.html:
        rows.show_rows(panel, HEIGHT_OF_TABLE if len(panel.frame) > MOST_ROWS_WHOLE else "auto")
    if panel.drawn.deck is not None:
        st.pydeck_chart(panel.drawn.deck, key=f"{panel.key}-map", alt=panel.alt, **map_options)


def _tile(row: Row) -> str:
    hedge, number = hedge_and_number(row)
    lines = [
        as_of_in_words(row),
        str(row["attributed_to"]),
        f"{row['figure_id']}: {row['locator'] or row['as_printed']}",
    ]
    from_lines = "".join(f'<p class="attribution">{escape(line[:1].upper() + line[1:])}</p>' for line in lines)
    return f'<div class="tile {escape(row["kind"])}"><p class="name">{escape(name_of_series(row))}</p><p class="hedge">{escape(hedge)}</p><p class="number">{escape(number)}</p><p class="unit">{escape(unit_in_words(row))}</p>{from_lines}</div>'
