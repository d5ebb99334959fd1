"""Where do things stand?"""

import streamlit as st

from components import charts, controls, panels, parts, summaries
from components.shell_pages import PAGES
from data.compute import unplaced_of, with_computed
from data.select import Selection, headlines, rows_of_brief

tables = controls.tables()
everything = Selection("overview")

panels.heading(
    "Where do things stand?",
    "Americans missing from the Korean War: each number with the hedge it was printed with, its day and who says so. It begins with one issue brief, of the National Committee on North Korea, July 2012 (“the brief”); the rest is the public record around it.",
)
panels.tiles(tables, headlines(tables))
parts.line(summaries.of_age(tables))

in_places = rows_of_brief(tables, "believed_to_lie")
believed = with_computed(in_places, *([unplaced_of(tables)] if len(in_places) else []))
panels.show(
    panels.Panel(
        key="believed-to-lie",
        title="Where the missing are believed to lie, as the brief of July 2012 tells it",
        table="figures",
        frame=believed,
        total=len(believed),
        summary=summaries.of_rows(believed),
        figure=charts.hedged_rows(believed) if len(believed) else None,
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
        parts.line(lines[page.path])
