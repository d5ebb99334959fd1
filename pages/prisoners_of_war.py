"""Who was held, returned, never returned, and who says so?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render
from components.panels.catalogue import panel_of

PAGE = BY_PATH["prisoners-of-war"]
library = filters.library_in_view()

render.heading(PAGE, library, filters.unfiltered(PAGE.path))


def held_and_returned() -> None:
    selection = filters.filter_row(PAGE.path, library)
    totals = panel_of("prisoner-totals", library, selection)
    render.show_panel(totals, beside=lambda: details.narrow_drawing(totals))
    render.show_view("claims", library, selection)
    render.show_views(PAGE.path, library, selection, without=("prisoner-totals", "claims", "prisoners"))


render.fragment(held_and_returned)
render.show_view("prisoners", library, filters.unfiltered(PAGE.path))
