"""Who was held, returned, never returned, and who says so?"""

from components import charts, controls, panels, summaries
from data.compute import sum_returned, with_computed
from data.load import library
from data.select import rows_of, select

PAGE = "prisoners-of-war"
tables = library()

panels.heading(
    "Who was held, returned, never returned, and who says so?",
    "What was counted stands first; what was only said stands apart, with the name of who said it.",
)
chosen = controls.filters(PAGE, tables)

counted = select(tables, "figures", chosen, panel="prisoners")
whole = len(rows_of(tables, "figures", "prisoners"))
counted = with_computed(counted, *([sum_returned(tables)] if len(counted) == whole else []))
panels.show(
    panels.Panel(
        key="prisoners",
        title="Reported held, and returned",
        table="figures",
        frame=counted,
        total=whole + 1,
        summary=summaries.of_rows(counted),
        figure=charts.hedged_rows(counted) if len(counted) else None,
        note="More came back than the other side had reported holding: see the cautions.",
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
