"""Says who? And give me the data."""

from components import filters
from components.panels import details, own_figures, render
from components.panels.catalogue import panel_of_table

PAGE = "sources-and-data"
tables = filters.library_in_view()

render.heading(
    "Who says so, and where are the data?",
    "Every row behind this dashboard, with its source: search all of it, read one table, take it away.",
)
details.card_of_address(tables)


def one_table() -> None:
    chosen = filters.filter_row(PAGE, tables)
    details.found_everywhere(tables, chosen)
    table = str(chosen.get("table", tables))
    render.show_panel(panel_of_table(table, tables, chosen))
    own_figures.upload_card(tables)
    details.dictionary_of(tables, table)


render.fragment(one_table)
details.all_cautions(tables)
details.glossary(tables)
