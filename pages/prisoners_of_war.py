"""Who was held, returned, never returned, and who says so?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import render, summaries

PAGE = BY_PATH["prisoners-of-war"]
library = filters.library_in_view()

render.heading(PAGE.question, summaries.of_pages(library)[PAGE.path])


def held_and_returned() -> None:
    selection = filters.filter_row(PAGE.path, library)
    render.show_views(PAGE.path, library, selection)


render.fragment(held_and_returned)
