"""When, and in what order?"""

from components import filters
from components.panels import details, render

PAGE = "mission-timeline"
tables = filters.tables()

render.heading(
    "When, and in what order?",
    "Each event is as wide as its date is uncertain. The brief's own events are in bold; an event told by several sources stands once, with all of them.",
)


def timeline() -> None:
    chosen = filters.filters(PAGE, tables)
    render.show("timeline-panel", tables, chosen, body=lambda: details.narrow_timeline(tables, chosen))


render.together(timeline)
