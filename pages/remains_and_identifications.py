"""What came back, from where, and how much of it has a name?"""

import streamlit as st

from components import controls, details, panels

PAGE = "remains-and-identifications"
tables = controls.tables()

panels.heading(
    "What came back, from where, and how much of it has a name?",
    "Boxes, sets of remains and persons are three different things; returned, estimated and identified are kept apart, and only sums marked as computed add anything up.",
)
chosen = controls.filters(PAGE, tables, hidden=("pace",))
panels.show("by-origin", tables, chosen)
panels.show("by-area", tables, chosen)
panels.show("by-year", tables, chosen)
panels.show("so-far", tables, chosen)
panels.show("since-1982", tables, chosen)
left, right = st.columns(2)
with left:
    panels.show("returned-1950s", tables, chosen)
with right:
    panels.show("pace-month", tables, chosen)
details.look_ahead(tables, chosen)
panels.show("money", tables, chosen)
