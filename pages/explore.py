"""How do these numbers compare?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import render
from data.query.select import Selection

PAGE = BY_PATH["explore"]
library = filters.library_in_view()


def comparison() -> None:
    chosen = {"series": filters.rows_chosen("series")}
    render.heading(PAGE, library, Selection(PAGE.path, filters.requested_view() | chosen))
    selection = filters.filter_row(PAGE.path, library)
    render.show_views(PAGE.path, library, selection)


render.fragment(comparison)
