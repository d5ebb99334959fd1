"""What came back, from where, and how much of it has a name?"""

import streamlit as st

from components import filters
from components.panels import details, render

PAGE = "remains-and-identifications"
tables = filters.tables()

render.heading(
    "What came back, from where, and how much of it has a name?",
    "Boxes, sets of remains and persons are three different things; returned, estimated and identified are kept apart, and only sums marked as computed add anything up.",
)


def returned_by_origin() -> None:
    chosen = filters.filters(PAGE, tables, hidden=("pace",))
    render.show("by-origin", tables, chosen)


render.together(returned_by_origin)

unfiltered = filters.unfiltered(PAGE)
for key in ("by-area", "by-year", "so-far", "since-1982"):
    render.show(key, tables, unfiltered)
left, right = st.columns(2)
with left:
    render.show("returned-1950s", tables, unfiltered)
with right:
    render.show("pace-month", tables, unfiltered)
render.together(lambda: details.look_ahead(tables, unfiltered))
render.show("money", tables, unfiltered)
