"""When, and in what order?"""

from components import filters
from components.panels import details, render

PAGE = "mission-timeline"
tables = filters.library_in_view()

render.heading(
    "When, and in what order?",
    "Each event is as wide as its date is uncertain. The brief's own events are in bold; an event told by several sources stands once, with all of them.",
)


def timeline() -> None:
    chosen = filters.filter_row(PAGE, tables)
    render.show_view("timeline-panel", tables, chosen, body=lambda: details.narrow_timeline(tables, chosen))


render.fragment(timeline)
