"""What do I show, and in what order?"""

from components import filters, presenter_state
from components.exports.waiting_line import slides_of_path
from components.navigation import BY_PATH
from components.panels import path_editor, render

PAGE = BY_PATH["path"]

if presenter_state.shows_notes():
    path_editor.notes()
else:
    render.heading(PAGE, filters.library_in_view(), filters.unfiltered(PAGE.path))
    path_editor.editor(slides_of_path)
