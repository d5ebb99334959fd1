"""When, and in what order?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render

PAGE = BY_PATH["mission-timeline"]
library = filters.library_in_view()

render.heading(PAGE, library, filters.unfiltered(PAGE.path))


def timeline() -> None:
    selection = filters.filter_row(PAGE.path, library, hidden=("event",))
    render.show_view("timeline-panel", library, selection, beside=lambda: details.chosen_event(library, selection))
    render.show_views(PAGE.path, library, selection, without=("timeline-panel",))


render.fragment(timeline)
