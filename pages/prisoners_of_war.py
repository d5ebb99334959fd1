"""Who was held, returned, never returned, and who says so?"""

from components import filters
from components.panels import render

PAGE = "prisoners-of-war"
tables = filters.library_in_view()

render.heading(
    "Who was held, returned, never returned, and who says so?",
    "What was counted stands first; what was only said stands apart, with the name of who said it.",
)


def held_and_returned() -> None:
    chosen = filters.filter_row(PAGE, tables)
    render.show_view("prisoners", tables, chosen)
    render.show_view("claims", tables, chosen)
    render.show_view("prisoner-totals", tables, chosen)


render.fragment(held_and_returned)
