"""Where do things stand?"""

import streamlit as st

from components import charts, panels, summaries
from components.shell import PAGES
from data.compute import unplaced_row, with_computed
from data.load import library
from data.select import Selection, headlines, newest_of, rows_of

tables = library()
everything = Selection("overview")
figures = headlines(tables)

panels.heading(
    "Where do things stand?",
    "Americans missing from the Korean War, as one issue brief of July 2012 tells it: each number with its hedge, its day and who says so.",
)
panels.tiles(tables, figures)

parts = rows_of(tables, "figures", "believed_to_lie")
believed = with_computed(parts, unplaced_row(newest_of(tables, "unaccounted_for_total"), parts))
panels.show(
    panels.Panel(
        key="believed-to-lie",
        title="Where the missing are believed to lie",
        table="figures",
        frame=believed,
        total=len(believed),
        summary=summaries.of_rows(believed),
        figure=charts.hedged_rows(believed),
        note="The last row is computed: it is what the total leaves once the three places are taken off, not a figure that anybody printed.",
    ),
    tables,
    everything,
)

lines = summaries.of_pages(tables)
with st.container(key="pages", border=True):
    st.header("What else can be asked", anchor=False)
    for page in PAGES[1:]:
        st.page_link(f"../pages/{page.file}.py", label=f"**{page.name}.** {page.question}")
        panels.line(lines[page.path])
