"""How has the number unaccounted for changed?"""

import streamlit as st

from components import controls, panels, summaries

PAGE = "counts-over-time"
tables = controls.tables()

panels.heading(
    "How has the number unaccounted for changed?",
    "Each figure stands where its date is, with the hedge it was printed with. Exact official counts form the series; nothing is joined, and where there is no figure nothing is drawn.",
    summaries.of_age(tables),
)


def counted() -> None:
    chosen = controls.filters(PAGE, tables)
    panels.show("unaccounted-for", tables, chosen)
    panels.show("pace-by-period", tables, chosen)


panels.together(counted)


def others() -> None:
    unfiltered = controls.unfiltered(PAGE)
    left, right = st.columns(2)
    with left:
        panels.show("by-state", tables, unfiltered)
    with right:
        panels.show("accounted-by-state", tables, unfiltered)
        panels.show("by-status", tables, unfiltered)


panels.folded("others", "By home state, and by the status in which they are missing: three more panels", others)
