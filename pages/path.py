"""What do I show, and in what order?"""

from components.exports.slides.deck import deck_of_path
from components.navigation import BY_PATH
from components.panels import path_editor, render

render.heading(
    BY_PATH["path"].question,
    "Keep panels from any page, put them in order, present them one after another, or download them as slides. The address of this page holds them all.",
)
path_editor.editor(deck_of_path)
