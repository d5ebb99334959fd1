"""How has the number unaccounted for changed?"""

import streamlit as st

from components import filters
from components.panels import render, summaries

PAGE = "counts-over-time"
tables = filters.library_in_view()

render.heading(
    "How has the number unaccounted for changed?",
    "Each figure stands where its date is, with the hedge it was printed with. Exact official counts form the series; nothing is joined, and where there is no figure nothing is drawn.",
    summaries.of_newest_count(tables),
)


def counted() -> None:
    chosen = filters.filter_row(PAGE, tables)
    render.show_view("unaccounted-for", tables, chosen)
    render.show_view("pace-by-period", tables, chosen)


render.fragment(counted)


def others() -> None:
    unfiltered = filters.unfiltered(PAGE)
    left, right = st.columns(2)
    with left:
        render.show_view("by-state", tables, unfiltered)
    with right:
        render.show_view("accounted-by-state", tables, unfiltered)
        render.show_view("by-status", tables, unfiltered)


render.expander("others", "By home state, and by the status in which they are missing: three more panels", others)
