"""Says who? And give me the data."""

from components import controls, details, panels
from data.select import rows_of, select

PAGE = "sources-and-data"
tables = controls.tables()

panels.heading(
    "Who says so, and where are the data?",
    "Every row behind this dashboard, with its source: search all of it, read one table, take it away.",
)
details.card_of_address(tables)
chosen = controls.filters(PAGE, tables)
words, table = str(chosen.get("q", tables)), str(chosen.get("table", tables))
if words:
    details.found_everywhere(tables, words, {name: len(select(tables, name, chosen)) for name in tables.tables})

rows = select(tables, table, chosen)
panels.show(
    panels.Panel(
        key=table,
        title=tables.describe(table)["title"],
        table=table,
        frame=rows,
        total=len(rows_of(tables, table)),
        summary=tables.describe(table)["description"],
    ),
    tables,
    chosen,
)
details.dictionary_of(tables, table)
details.all_cautions(tables)
details.glossary(tables)
