"""How do these numbers compare?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import explore, render

PAGE = BY_PATH["explore"]
library = filters.library_in_view()


def comparison() -> None:
    render.heading(PAGE.question, explore.answer(library, filters.rows_chosen("series")))
    selection = filters.filter_row(PAGE.path, library)
    render.show_views(PAGE.path, library, selection)


render.fragment(comparison)
