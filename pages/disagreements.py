"""Where do sources disagree?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render

PAGE = BY_PATH["disagreements"]
library = filters.library_in_view()

render.heading(
    PAGE.question,
    "All sources for one quantity at one time, on one axis, each with its hedge and its name. Nothing is averaged and none is chosen.",
)
render.fragment(lambda: details.disagreement(library, PAGE.path))
render.show_views(PAGE.path, library, filters.unfiltered(PAGE.path), without=("disagreement-panel",))
