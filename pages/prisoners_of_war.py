"""Who was held, returned, never returned, and who says so?"""

from components import controls, panels

PAGE = "prisoners-of-war"
tables = controls.tables()

panels.heading(
    "Who was held, returned, never returned, and who says so?",
    "What was counted stands first; what was only said stands apart, with the name of who said it.",
)


def held_and_returned() -> None:
    chosen = controls.filters(PAGE, tables)
    panels.show("prisoners", tables, chosen)
    panels.show("claims", tables, chosen)
    panels.show("prisoner-totals", tables, chosen)


panels.together(held_and_returned)
