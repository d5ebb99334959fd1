"""When, and in what order?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render

PAGE = BY_PATH["mission-timeline"]
library = filters.library_in_view()

render.heading(
    PAGE.question,
    "Each event is as wide as its date is uncertain. The brief's own events are in bold; an event told by several sources stands once, with all of them.",
)


def timeline() -> None:
    selection = filters.filter_row(PAGE.path, library)
    render.show_view("timeline-panel", library, selection, below=lambda: details.narrow_timeline(library, selection))
    render.show_views(PAGE.path, library, selection, without=("timeline-panel",))


render.fragment(timeline)
