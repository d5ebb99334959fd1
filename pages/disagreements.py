"""Where do sources disagree?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render, summaries

PAGE = BY_PATH["disagreements"]
library = filters.library_in_view()

render.heading(PAGE.question, summaries.of_disagreements(library))
render.fragment(lambda: details.disagreement(library, PAGE.path))
render.show_views(PAGE.path, library, filters.unfiltered(PAGE.path), without=("disagreement-panel",))
