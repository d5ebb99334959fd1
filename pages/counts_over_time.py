"""How has the number unaccounted for changed?"""

import streamlit as st

from components import filters
from components.navigation import BY_PATH
from components.panels import render, summaries

PAGE = BY_PATH["counts-over-time"]
UNFILTERED = ("by-state", "accounted-by-state", "by-status")
library = filters.library_in_view()

render.heading(
    PAGE.question,
    summaries.of_newest_count(library),
)


def counts() -> None:
    selection = filters.filter_row(PAGE.path, library)
    render.show_views(PAGE.path, library, selection, without=UNFILTERED)


render.fragment(counts)


def by_state_and_status() -> None:
    selection = filters.unfiltered(PAGE.path)
    left, right = st.columns(2)
    with left:
        render.show_view("by-state", library, selection)
    with right:
        render.show_view("accounted-by-state", library, selection)
        render.show_view("by-status", library, selection)


by_state_and_status()
