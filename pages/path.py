"""What do I show, and in what order?"""

from components.exports.slides.deck import deck_of_path
from components.navigation import BY_PATH
from components.panels import path_editor, render

render.heading(
    BY_PATH["path"].question,
    "A path is a list of views with their choices and your words: keep panels from any page, order them, present them from the first to the last, take them along as slides. It lives in its own address.",
)
path_editor.editor(deck_of_path)
