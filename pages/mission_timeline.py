"""When, and in what order?"""

import streamlit as st

from components import controls, panels, summaries
from components.details import event_details
from components.timeline import timeline
from data.load import library
from data.params import year_bounds
from data.select import rows_of, select

PAGE = "mission-timeline"
tables = library()

panels.heading(
    "When, and in what order?",
    "Every dated claim of the brief, each as wide as its date is uncertain. What was only planned or claimed is marked.",
)
chosen = controls.filters(PAGE, tables, hidden=("event",))
events = select(tables, "events", chosen)
years = chosen.values.get("years", year_bounds(tables))


def narrow_chart() -> None:
    with st.container(key="timeline-narrow"):
        st.plotly_chart(timeline(events, years, titled=False), theme=None, key="timeline-small")
    event_details(tables, events, PAGE)


panels.show(
    panels.Panel(
        key="timeline-panel",
        title="The accounting in six lanes",
        table="events",
        frame=events,
        total=len(rows_of(tables, "events")),
        summary=summaries.of_events(events),
        figure=timeline(events, years),
        note="Filled: told as a fact. Open diamond: a claim. Open circle: planned. Cross: planned, and fell through.",
        view_options=controls.picked_on_chart("event", "timeline-panel-chart"),
    ),
    tables,
    chosen,
    body=narrow_chart,
)
