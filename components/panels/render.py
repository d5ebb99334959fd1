"""How is a panel laid out on a page? Title, drawing and rail, the quiet row with rows, notes and sources, always in that order."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from html import escape
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from components import filters
from components.charts.payload import ChartPayload
from components.map.deck import DeckPayload, with_chosen
from components.navigation import Page
from components.panels import card, download_dialog, foot, own_figures, rows, share
from components.panels.catalogue import panel_of
from components.panels.elements import paragraph, paragraph_html
from components.panels.heading import heading_html
from components.panels.panel import Panel, cached_with_panel
from components.static.inline import in_this_tab, static_svg
from components.theme import PLOT_CONFIG
from data.query.select import Selection
from data.query.views import views_of
from data.record.load import Library

# What makes a press on a mark of the map with a key choose its place, as options of the map.
ChooseOn = Callable[[str], dict[str, Any]]
# The rooms that the map of a page is drawn for, and what ends its key in each: the style sheet shows the one that fits.
ROOMS_OF_PAGE = {"page": "map", "phone": "phone"}


def heading(page: Page, library: Library, selection: Selection) -> None:
    """The head of a page."""
    st.html(heading_html(page, library, selection))


def contents(places: Mapping[str, str]) -> None:
    """A list of what the page holds, which stays in sight: the words of each entry, and the key of the panel they lead to."""
    entries = "".join(f'<li><a href="#{key}">{escape(words)}</a></li>' for words, key in places.items())
    with st.container(key="contents"):
        st.html(f'<nav aria-label="On this page"><ul>{entries}</ul></nav>')


def anchor(key: str) -> None:
    """A place that the list of contents leads to, where no panel's title is."""
    st.html(f'<span class="anchor" id="{key}"></span>')


def show_view(
    key: str,
    library: Library,
    selection: Selection,
    beside: Callable[[], None] | None = None,
    choose_on: ChooseOn | None = None,
) -> None:
    """The panel of a view."""
    show_panel(panel_of(key, library, selection), beside, choose_on)


def show_views(page: str, library: Library, selection: Selection, without: tuple[str, ...] = ()) -> None:
    """The panels of a page as cards, in the order of its views, but for those that stand elsewhere on it."""
    for view in views_of(page):
        if view.key not in without:
            show_view(view.key, library, selection)


def show_panel(
    panel: Panel, beside: Callable[[], None] | None = None, choose_on: ChooseOn | None = None, head: str = ""
) -> None:
    """A panel: title, drawing, and the quiet row. One with a rail leads its page.

    `beside` draws more at the head of the rail, `choose_on` makes a map choose places, `head` is HTML in the place of title and sentence. Where no row is left, a sentence with a way
    back takes the place of the drawing.
    """
    overlay = own_figures.overlay_of(panel)
    with st.container(key=panel.key):
        st.html(head or _head(panel, leads=bool(panel.drawn.rail or beside)))
        if panel.frame.empty:
            paragraph("key showing", panel.showing + ".")
            st.info(panel.sentence)
            own_figures.show_overlay(panel, overlay)
            return
        figure = overlay.figure if overlay else panel.drawn.figure
        if panel.drawn.rail or beside:
            _with_rail(panel, beside, lambda: _drawing(panel, choose_on, figure))
        else:
            _drawing(panel, choose_on, figure)
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


def _head(panel: Panel, leads: bool) -> str:
    """Title and sentence; of a panel that leads its page the title alone, unseen: the page's question and answer are above."""
    if leads:
        return unseen_title(panel)
    sentence = paragraph_html("summary", panel.drawn.summary)
    return f'<div class="panel-head"><h2 id="{panel.key}">{escape(panel.title)}</h2>{sentence}</div>'


def unseen_title(panel: Panel) -> str:
    """The title of a panel for those who hear the page or move along its headings; others see it above the panel."""
    return f'<h2 class="panel-title-unseen" id="{panel.key}">{escape(panel.title)}</h2>'


def _stacked(panel: Panel) -> None:
    """The charts of a panel below each other, for narrow screens; the style sheet shows one or the other."""
    if panel.stacked_payload is not None:
        with st.container(key=f"{panel.key}-stacked"):
            key = f"{panel.key}-small"
            press = rows.card_on_click(key)
            st.plotly_chart(panel.stacked_payload, theme=None, config=PLOT_CONFIG, key=key, alt=panel.alt, **press)


def _drawing(panel: Panel, choose_on: ChooseOn | None, figure: go.Figure | None) -> None:
    if figure is not None and panel.drawn.is_static:
        drawing = _static_drawing(panel) if figure is panel.drawn.figure else _in_html(panel, figure)
        st.markdown(drawing, unsafe_allow_html=True)  # st.html would drop the drawing
    elif figure is not None:
        key = f"{panel.key}-chart"
        payload = panel.payload if figure is panel.drawn.figure else ChartPayload(figure)
        height: Literal["content", "stretch"] = "stretch" if panel.drawn.rail or panel.drawn.fills else "content"
        press = rows.card_on_click(key)
        with st.container(key=f"{panel.key}-fills") if panel.drawn.fills else nullcontext():
            st.plotly_chart(payload, theme=None, config=PLOT_CONFIG, key=key, alt=panel.alt, height=height, **press)
        _stacked(panel)
    if panel.drawn.html:
        st.html(panel.drawn.html)
    if not panel.is_drawn and not panel.drawn.html:
        rows.show_leading_rows(panel)
    if panel.drawn.deck_for:
        _maps(panel, choose_on)


@cached_with_panel
def _deck_payload(panel: Panel, room: str) -> DeckPayload:
    assert panel.drawn.deck_for, "a map is drawn"
    return DeckPayload(panel.drawn.deck_for(room))


@cached_with_panel
def _static_drawing(panel: Panel) -> str:
    return _in_html(panel, panel.drawn.figure)


def _in_html(panel: Panel, figure: go.Figure) -> str:
    return in_this_tab(static_svg(figure, panel.alt, panel.selection))


def _maps(panel: Panel, choose_on: ChooseOn | None) -> None:
    """The map for wide and for narrow screens, each with the chosen place ringed."""
    assert panel.drawn.deck_for, "a map is drawn"
    # out of sight: pressed by the browser's own script (webgl.js) where it lost the drawing and can draw again
    st.button("Draw the map again", key=f"{panel.key}-anew", on_click=filters.draw_maps_anew)
    for room, ending in ROOMS_OF_PAGE.items():
        key = f"{panel.key}-{ending}"
        options = choose_on(key) if choose_on else {}
        plain = panel.drawn.deck_for(room)
        ringed = with_chosen(plain, options.pop("chosen", "none"), options.pop("presses", 0))
        deck = _deck_payload(panel, room) if ringed is plain else ringed
        st.pydeck_chart(deck, key=key, alt=panel.alt, **options)
