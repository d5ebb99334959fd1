"""Where do sources disagree?"""

from components import controls, details, panels

PAGE = "disagreements"
tables = controls.tables()

panels.heading(
    "Where do sources disagree?",
    "All sources for one quantity at one time, on one axis, each with its hedge and its name. Nothing is averaged and none is chosen.",
)
panels.together(lambda: details.disagreement(tables, PAGE))
panels.show("all-disagreements", tables, controls.unfiltered(PAGE))
