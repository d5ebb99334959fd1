"""What came back, from where, and how much of it has a name?"""

import streamlit as st

from components import controls, details, panels

PAGE = "remains-and-identifications"
tables = controls.tables()

panels.heading(
    "What came back, from where, and how much of it has a name?",
    "Boxes, sets of remains and persons are three different things; returned, estimated and identified are kept apart, and only sums marked as computed add anything up.",
)


def returned_by_origin() -> None:
    chosen = controls.filters(PAGE, tables, hidden=("pace",))
    panels.show("by-origin", tables, chosen)


panels.together(returned_by_origin)

unfiltered = controls.unfiltered(PAGE)
for key in ("by-area", "by-year", "so-far", "since-1982"):
    panels.show(key, tables, unfiltered)
left, right = st.columns(2)
with left:
    panels.show("returned-1950s", tables, unfiltered)
with right:
    panels.show("pace-month", tables, unfiltered)
panels.together(lambda: details.look_ahead(tables, unfiltered))
panels.show("money", tables, unfiltered)
