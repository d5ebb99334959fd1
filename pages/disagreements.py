"""Where do sources disagree?"""

from components import filters
from components.panels import details, render

PAGE = "disagreements"
tables = filters.library_in_view()

render.heading(
    "Where do sources disagree?",
    "All sources for one quantity at one time, on one axis, each with its hedge and its name. Nothing is averaged and none is chosen.",
)
render.fragment(lambda: details.disagreement(tables, PAGE))
render.show_view("all-disagreements", tables, filters.unfiltered(PAGE))
