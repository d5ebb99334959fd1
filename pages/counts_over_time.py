"""How has the number unaccounted for changed?"""

from components import charts, controls, panels, summaries
from data.load import library
from data.params import year_bounds
from data.select import events_laid_over, rows_of, select

PAGE = "counts-over-time"
tables = library()

panels.heading(
    "How has the number unaccounted for changed?",
    "Each figure stands where its date is, with the hedge it was printed with. Where the brief has none, nothing is drawn: a gap stays a gap.",
)
chosen = controls.filters(PAGE, tables)
counts = select(tables, "figures", chosen, panel="unaccounted_for")
years = chosen.values.get("years", year_bounds(tables))
panels.show(
    panels.Panel(
        key="unaccounted-for",
        title="Unaccounted for, as it was printed",
        table="figures",
        frame=counts,
        total=len(rows_of(tables, "figures", "unaccounted_for")),
        summary=summaries.of_counts(counts),
        figure=charts.counts_over_time(counts, events_laid_over(tables, chosen), years),
        note="A filled mark: printed without a hedge. A hollow mark: printed with one. A bar is as wide as its date is uncertain. The axis does not start at zero.",
    ),
    tables,
    chosen,
)
