"""How has the number unaccounted for changed?"""

import streamlit as st

from components import filters
from components.panels import render, summaries

PAGE = "counts-over-time"
tables = filters.tables()

render.heading(
    "How has the number unaccounted for changed?",
    "Each figure stands where its date is, with the hedge it was printed with. Exact official counts form the series; nothing is joined, and where there is no figure nothing is drawn.",
    summaries.of_age(tables),
)


def counted() -> None:
    chosen = filters.filters(PAGE, tables)
    render.show("unaccounted-for", tables, chosen)
    render.show("pace-by-period", tables, chosen)


render.together(counted)


def others() -> None:
    unfiltered = filters.unfiltered(PAGE)
    left, right = st.columns(2)
    with left:
        render.show("by-state", tables, unfiltered)
    with right:
        render.show("accounted-by-state", tables, unfiltered)
        render.show("by-status", tables, unfiltered)


render.folded("others", "By home state, and by the status in which they are missing: three more panels", others)
