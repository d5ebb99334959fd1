"""Where do things stand?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import elements, render, summaries

PAGE = BY_PATH[""]
library = filters.library_in_view()
selection = filters.unfiltered(PAGE.path)

render.heading(
    PAGE.question,
    "Americans missing from the Korean War: each number with the hedge it was printed with, its day and who says so. It begins with one issue brief, of the National Committee on North Korea, July 2012 (“the brief”); the rest is the public record around it.",
)
render.tiles(library, selection)
elements.small_line(summaries.of_newest_count(library))
render.show_views(PAGE.path, library, selection, without=("headlines",))
render.other_pages(summaries.of_pages(library))
