"""When, and in what order?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render, summaries

PAGE = BY_PATH["mission-timeline"]
library = filters.library_in_view()

render.heading(PAGE.question, summaries.of_pages(library)[PAGE.path])


def timeline() -> None:
    selection = filters.filter_row(PAGE.path, library)
    render.show_view("timeline-panel", library, selection)
    details.narrow_timeline(library, selection)
    render.show_views(PAGE.path, library, selection, without=("timeline-panel",))


render.fragment(timeline)
