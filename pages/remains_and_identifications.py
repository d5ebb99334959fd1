"""What came back, from where, and how much of it has a name?"""

import streamlit as st

from components import controls, details, panels
from components.remains_panels import by_area, by_origin, by_series, of_brief
from data.compute import sums_since_1982, years_of
from data.select import Selection

PAGE = "remains-and-identifications"
tables = controls.tables()
everything = Selection(PAGE)

panels.heading(
    "What came back, from where, and how much of it has a name?",
    "Boxes, sets of remains and persons are three different things; returned, estimated and identified are kept apart, and only sums marked as computed add anything up.",
)
chosen = controls.filters(PAGE, tables, hidden=("pace",))
panels.show(by_origin(tables, chosen), tables, chosen)
panels.show(by_area(tables, everything), tables, everything)
panels.show(by_series(tables, "by-year"), tables, everything)
panels.show(by_series(tables, "so-far"), tables, everything)
panels.show(of_brief(tables, "since-1982", sums_since_1982), tables, everything)
left, right = st.columns(2)
with left:
    panels.show(of_brief(tables, "returned-1950s"), tables, everything)
with right:
    panels.show(of_brief(tables, "pace-month", years_of), tables, everything)
details.look_ahead(tables, PAGE)
panels.show(by_series(tables, "money"), tables, everything)
