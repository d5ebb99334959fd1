"""Where do things stand?"""

import streamlit as st

from components import filters
from components.navigation import PAGES
from components.panels import parts, render, summaries

tables = filters.library_in_view()
chosen = filters.unfiltered("")

render.heading(
    "Where do things stand?",
    "Americans missing from the Korean War: each number with the hedge it was printed with, its day and who says so. It begins with one issue brief, of the National Committee on North Korea, July 2012 (“the brief”); the rest is the public record around it.",
)
render.tiles(tables, chosen)
parts.line(summaries.of_newest_count(tables))
render.show_view("believed-to-lie", tables, chosen)
render.show_view("then-and-now", tables, chosen)

lines = summaries.of_pages(tables)
with st.container(key="pages", border=True):
    st.header("What else can be asked", anchor=False)
    for page in PAGES[1:]:
        st.page_link(f"../../pages/{page.file}.py", label=f"**{page.name}.** {page.question}")
        if page.path in lines:
            parts.line(lines[page.path])
