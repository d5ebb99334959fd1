"""When, and in what order?"""

from components import controls, details, panels

PAGE = "mission-timeline"
tables = controls.tables()

panels.heading(
    "When, and in what order?",
    "Each event is as wide as its date is uncertain. The brief's own events are in bold; an event told by several sources stands once, with all of them.",
)


def timeline() -> None:
    chosen = controls.filters(PAGE, tables)
    panels.show("timeline-panel", tables, chosen, body=lambda: details.narrow_timeline(tables, chosen))


panels.together(timeline)
