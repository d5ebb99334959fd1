"""Who says so, and where are the data?"""

import streamlit as st

from components import filters
from components.navigation import BY_PATH
from components.panels import details, own_figures, render
from components.panels.catalogue import panel_of_table

PAGE = BY_PATH["sources-and-data"]
library = filters.library_in_view()

render.heading(PAGE, library, filters.unfiltered(PAGE.path))
details.card_of_address(library)


def one_table() -> None:
    selection = filters.filter_row(PAGE.path, library, hidden=("table",))
    table = details.table_tabs(library, selection)
    panel = panel_of_table(table, library, selection)
    render.show_panel(panel, head=render.unseen_title(panel))
    about_the_data(table)


def about_the_data(table: str) -> None:
    cautions = len(library["cautions"])
    names = ("Dictionary", "Glossary", f"Things to know ({cautions})", "What changed", "Your own figures")
    dictionary, glossary, notes, changes, own = st.tabs(names, key="about-the-data")
    with dictionary:
        details.dictionary_of(library, table)
    with glossary:
        details.glossary(library)
    with notes:
        details.all_cautions(library)
    with changes:
        details.all_changes(library)
    with own:
        own_figures.upload_card(library)


render.fragment(one_table)
