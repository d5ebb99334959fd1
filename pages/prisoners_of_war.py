"""Who was held, returned, never returned, and who says so?"""

from components import charts, controls, panels, summaries
from data.compute import sum_returned, with_computed
from data.select import collapsed, rows_of, rows_of_brief, select

PAGE = "prisoners-of-war"
tables = controls.tables()

panels.heading(
    "Who was held, returned, never returned, and who says so?",
    "What was counted stands first; what was only said stands apart, with the name of who said it.",
)
chosen = controls.filters(PAGE, tables)

brief = rows_of_brief(tables, "prisoner_totals")
brief = with_computed(brief, *([sum_returned(tables)] if len(brief) else []))
panels.show(
    panels.Panel(
        key="prisoners",
        title="Reported held, and returned, as the brief tells it",
        table="figures",
        frame=brief,
        total=len(brief),
        summary=summaries.of_rows(brief),
        figure=charts.hedged_rows(brief) if len(brief) else None,
        note="More came back than the other side had reported holding: see the cautions. The filters above do not apply here.",
    ),
    tables,
    chosen,
)

claimed = select(tables, "figures", chosen, panel="claims")
panels.show(
    panels.Panel(
        key="claims",
        title="What was claimed of those who did not return",
        table="figures",
        frame=claimed,
        total=len(rows_of(tables, "figures", "claims")),
        summary=summaries.of_claims(claimed),
        figure=charts.hedged_rows(claimed) if len(claimed) else None,
        note="Claims, not counts: what witnesses told a Senate hearing, and what declassified documents are reported to show. The table says when, and in which footnote.",
    ),
    tables,
    chosen,
)

printed = select(tables, "figures", chosen, panel="prisoner_totals")
distinct = collapsed(printed)
panels.show(
    panels.Panel(
        key="prisoner-totals",
        title="What all sources print: captured, died, returned, refused",
        table="figures",
        frame=printed,
        total=len(rows_of(tables, "figures", "prisoner_totals")),
        summary=summaries.of_spans(printed),
        figure=charts.hedged_rows(distinct) if len(distinct) else None,
        note="One row for each number that is printed, with one who prints it and how many more do; parts by service are in the table alone. Where sources differ, the card of a row leads to all of them.",
    ),
    tables,
    chosen,
)
