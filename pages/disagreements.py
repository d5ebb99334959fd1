"""Where do sources disagree?"""

from components import filters
from components.panels import details, render

PAGE = "disagreements"
tables = filters.tables()

render.heading(
    "Where do sources disagree?",
    "All sources for one quantity at one time, on one axis, each with its hedge and its name. Nothing is averaged and none is chosen.",
)
render.together(lambda: details.disagreement(tables, PAGE))
render.show("all-disagreements", tables, filters.unfiltered(PAGE))
