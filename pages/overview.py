"""Where do things stand?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import overview, render

PAGE = BY_PATH[""]
library = filters.library_in_view()
selection = filters.unfiltered(PAGE.path)

render.heading(PAGE, library, selection)
overview.show_headlines(library, selection)
overview.show_first_screen(library, selection)
overview.show_foot(library, selection)
overview.show_panels(library, selection)
overview.other_pages()
