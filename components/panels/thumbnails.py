"""What does a step of a presentation look like? A small picture of its drawing, as HTML that is passed over by screen readers."""

from html import escape
from urllib.parse import quote

from components.panels.catalogue import panel_at
from components.panels.panel import Panel
from components.static.svg import svgs_of
from data.query.address import Refusal
from data.query.path import Step
from data.record.single_flight import computed_once

# Pixels that a drawing is laid out for before it is made small, and bytes of a picture that a page can carry many times.
WIDTH, MOST_BYTES = 640, 90_000
FONT = "font-family='Arial, Helvetica, sans-serif'"


@computed_once(128)
def thumbnail(step: Step, version: str) -> str:
    """The picture of a step; where its drawing is a table, or too much for a small picture, its first words.

    `version` is that of the tables: other tables are other pictures.
    """
    panel = panel_of_step(step)
    if panel is None:
        return '<span class="thumbnail words">?</span>'
    svg = _svg_of(panel)
    if not svg or len(svg) > MOST_BYTES:
        return f'<span class="thumbnail words" aria-hidden="true">{escape(panel.sentence[:160])}</span>'
    return f'<img class="thumbnail" alt="" src="data:image/svg+xml,{quote(svg)}">'


def panel_of_step(step: Step) -> Panel | None:
    """The panel that a step shows; None where it names none."""
    try:
        request = step.read()
    except Refusal:
        return None
    return panel_at(request.view, request.library, request.selection)


def _svg_of(panel: Panel) -> str:
    figure = panel.drawn.flat("phone", is_bare=True) if panel.drawn.flat else panel.drawn.figure
    drawings = svgs_of(figure, panel.title, WIDTH) if figure is not None and len(panel.frame) else []
    if not drawings:
        return ""
    return drawings[0].replace("<svg ", f"<svg xmlns='http://www.w3.org/2000/svg' {FONT} ", 1)
