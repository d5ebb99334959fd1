"""How has the number unaccounted for changed?"""

import streamlit as st

from components import filters
from components.navigation import BY_PATH
from components.panels import render

PAGE = BY_PATH["counts-over-time"]
library = filters.library_in_view()

render.heading(PAGE, library, filters.unfiltered(PAGE.path))


def counts() -> None:
    selection = filters.filter_row(PAGE.path, library)
    render.show_view("unaccounted-for", library, selection)
    left, right = st.columns(2)
    with left:
        render.show_view("pace-by-period", library, selection)
    with right:
        render.show_view("by-status", library, filters.unfiltered(PAGE.path))


render.fragment(counts)


def by_state() -> None:
    left, right = st.columns(2)
    for column, key in ((left, "by-state"), (right, "accounted-by-state")):
        with column:
            render.show_view(key, library, filters.unfiltered(PAGE.path))


by_state()
