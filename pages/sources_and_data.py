"""Says who? And give me the data."""

from components import controls, details, own, panels
from components.catalogue import panel_of_table

PAGE = "sources-and-data"
tables = controls.tables()

panels.heading(
    "Who says so, and where are the data?",
    "Every row behind this dashboard, with its source: search all of it, read one table, take it away.",
)
details.card_of_address(tables)


def one_table() -> None:
    chosen = controls.filters(PAGE, tables)
    details.found_everywhere(tables, chosen)
    table = str(chosen.get("table", tables))
    panels.show_panel(panel_of_table(table, tables, chosen))
    own.bring(tables)
    details.dictionary_of(tables, table)


panels.together(one_table)
details.all_cautions(tables)
details.glossary(tables)
