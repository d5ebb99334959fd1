"""What do I show, and in what order?"""

from components import presenter_state
from components.exports.slides.deck import deck_of_path
from components.navigation import BY_PATH
from components.panels import path_editor, render

if presenter_state.shows_notes():
    path_editor.notes()
else:
    render.heading(
        BY_PATH["path"].question,
        "Present one of these three, or put panels from any page in order, present them one after another, and download them as slides.",
    )
    path_editor.editor(deck_of_path)
