"""What is on the first page beside its panels? The headline figures, the first screen, the links to the other pages."""

import streamlit as st

from components.navigation import PAGES
from components.panels import at_a_glance, foot, own_figures, render
from components.panels.catalogue import panel_of
from components.panels.panel import Panel, cached_with_panel
from components.panels.tiles import tiles
from components.static.inline import in_this_tab, view_of
from data.query.select import Selection
from data.record.load import Library


def show_headlines(library: Library, selection: Selection) -> None:
    """The headline figures as cards with their numbers on one line, each a link to its row."""
    panel = panel_of("headlines", library, selection)
    with st.container(key="headlines"):
        if panel.frame.empty:
            st.info(panel.sentence)
        else:
            st.html(_tiles(panel))


@cached_with_panel
def _tiles(panel: Panel) -> str:
    return tiles(panel.frame.to_dict("records"), panel.library, panel.selection)


def show_first_screen(library: Library, selection: Selection) -> None:
    """Counts, North Korea, four countries; newest events, the brief and today, the widest disagreements."""
    drawn = at_a_glance.first_screen(library, tuple(view_of(selection).items()))
    with st.container(key="glance"):
        st.markdown(in_this_tab(drawn), unsafe_allow_html=True)  # st.html would drop the drawings


def show_foot(library: Library, selection: Selection) -> None:
    """The rows, notes and sources of the headline figures."""
    panel = panel_of("headlines", library, selection)
    if len(panel.frame):
        foot.show_foot(panel)
    own_figures.show_overlay(panel, own_figures.overlay_of(panel))


def show_panels(library: Library, selection: Selection) -> None:
    """The panels of the page, side by side where there is room."""
    with st.container(key="overview-panels"):
        render.show_views("", library, selection, without=("headlines",))


def other_pages() -> None:
    """The pages after the first as links, each with its question."""
    with st.container(key="pages"):
        st.header("Explore", anchor=False)
        with st.container(key="pages-links", horizontal=True):
            for page in PAGES[1:]:
                st.page_link(f"../../pages/{page.file}.py", label=f"**{page.name}.** {page.question}")
