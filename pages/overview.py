"""Where do things stand?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import render, summaries

PAGE = BY_PATH[""]
library = filters.library_in_view()
selection = filters.unfiltered(PAGE.path)

render.heading(PAGE.question, summaries.of_newest_count(library))
render.tiles(library, selection)
render.show_views(PAGE.path, library, selection, without=("headlines",))
render.other_pages(summaries.of_pages(library))
