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
    render.show_view("pace-by-period", library, selection)


render.fragment(counts)


def by_state_and_status() -> None:
    left, right = st.columns(2)
    for column, keys in ((left, ("by-state",)), (right, ("accounted-by-state", "by-status"))):
        with column:
            for key in keys:
                render.show_view(key, library, filters.unfiltered(PAGE.path))


by_state_and_status()
