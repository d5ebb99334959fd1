"""How has the number unaccounted for changed?"""

import streamlit as st

from components import charts, controls, panels, parts, summaries
from data.select import Selection, events_laid_over, rows_of, select

PAGE = "counts-over-time"
tables = controls.tables()

panels.heading(
    "How has the number unaccounted for changed?",
    "Each figure stands where its date is, with the hedge it was printed with. Exact official counts form the series; nothing is joined, and where there is no figure nothing is drawn.",
)
chosen = controls.filters(PAGE, tables)
counts = select(tables, "figures", chosen, panel="unaccounted_for")
years = chosen.values.get("years", tables.years)
parts.line(summaries.of_age(tables))
panels.show(
    panels.Panel(
        key="unaccounted-for",
        title="Unaccounted for, as it was printed",
        table="figures",
        frame=counts,
        total=len(rows_of(tables, "figures", "unaccounted_for")),
        summary=summaries.of_counts(counts),
        figure=charts.counts_over_time(counts, events_laid_over(tables, chosen), years) if len(counts) else None,
        note="Navy: exact official counts. Hollow: printed with a hedge; an arrow: more than. A bar is as wide as its date is uncertain. Classes that are not shown can be asked for under Show. The axis does not start at zero.",
    ),
    tables,
    chosen,
)

everything = Selection(PAGE)
left, right = st.columns(2)
for column, name, title in (
    (left, "by_state", "Unaccounted for, by home state"),
    (right, "accounted_by_state", "Accounted for or recovered, by home state"),
    (right, "by_status", "Unaccounted for, by the status in which they were lost"),
):
    with column:
        panels.show(panels.small(tables, name, title), tables, everything)
