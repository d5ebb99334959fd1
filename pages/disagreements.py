"""Where do sources disagree?"""

from components import controls, details, panels
from data.select import Selection

PAGE = "disagreements"
tables = controls.tables()

panels.heading(
    "Where do sources disagree?",
    "All sources for one quantity at one time, on one axis, each with its hedge and its name. Nothing is averaged and none is chosen.",
)
details.disagreement(tables, PAGE)
panels.show("all-disagreements", tables, Selection(PAGE, controls.view_asked_for()))
