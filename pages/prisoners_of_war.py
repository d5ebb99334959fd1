"""Who was held, returned, never returned, and who says so?"""

from components import filters
from components.panels import render

PAGE = "prisoners-of-war"
tables = filters.tables()

render.heading(
    "Who was held, returned, never returned, and who says so?",
    "What was counted stands first; what was only said stands apart, with the name of who said it.",
)


def held_and_returned() -> None:
    chosen = filters.filters(PAGE, tables)
    render.show("prisoners", tables, chosen)
    render.show("claims", tables, chosen)
    render.show("prisoner-totals", tables, chosen)


render.together(held_and_returned)
