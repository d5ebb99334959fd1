"""When, and in what order?"""

import streamlit as st

from components import controls, details, panels, summaries
from components.timeline import timeline
from data.select import rows_of, select, tell_once

PAGE = "mission-timeline"
tables = controls.tables()

panels.heading(
    "When, and in what order?",
    "Each event is as wide as its date is uncertain. The brief's own events are in bold; an event told by several sources stands once, with all of them.",
)
chosen = controls.filters(PAGE, tables)
events = tell_once(select(tables, "events", chosen))
years = chosen.values.get("years", tables.years)


def narrow_chart() -> None:
    with st.container(key="timeline-narrow"):
        st.plotly_chart(timeline(events, years, titled=False), theme=None, key="timeline-small")
    details.undated(events)


panels.show(
    panels.Panel(
        key="timeline-panel",
        title="The accounting in lanes",
        table="events",
        frame=events,
        total=len(tell_once(rows_of(tables, "events"))),
        summary=summaries.of_events(events),
        figure=timeline(events, years) if len(events) else None,
        note="Filled: told as a fact. Open diamond: a claim. Open circle: planned. Cross: planned, and fell through. Events without a title beside them tell it to the pointer and in the list.",
    ),
    tables,
    chosen,
    body=narrow_chart,
)
