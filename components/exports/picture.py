"""What does a chart look like as a picture outside the page? The figure with title, sentence, source and day inside it."""

from itertools import chain

import pandas as pd
import plotly.graph_objects as go

from components.panels.panel import Panel
from components.theme import INK, MUTED, PICTURE_FONT, SMALL_SIZE
from data.record.dates import date_in_words
from data.record.wording import as_of_days, as_published_in_words

WIDTH = 1180
# Height to width of a page with its margins; a taller figure is drawn wider, so that it still fits the page.
MAX_RATIO = 1.35
TITLE_SIZE, SENTENCE_SIZE, LINE_SIZE = 26, 16, SMALL_SIZE
# Average width of a letter and height of a line, as parts of the size of the type.
LETTER_WIDTH, LINE_SPACING = 0.5, 1.4
MARGIN, LEGEND_HEIGHT = 24, 38


def picture_of(panel: Panel) -> go.Figure | None:
    """The panel's figure on its own: sized for a page, under its title and sentence, above its source and its day.

    None where the panel has no drawing.
    """
    panel_figure = panel.picture()
    if panel_figure is None:
        return None
    figure = go.Figure(panel_figure)
    height = int(figure.layout.height)
    width = max(WIDTH, round(height / MAX_RATIO))
    head, foot = _header_lines(panel, width), _footer_lines(panel, width)
    margin = {side: int(figure.layout.margin[side] or 0) for side in ("t", "b", "l", "r")}
    title = MARGIN / 2 + TITLE_SIZE * LINE_SPACING
    above = (
        margin["t"]
        + title
        + len(head) * SENTENCE_SIZE * LINE_SPACING
        + (LEGEND_HEIGHT if figure.layout.showlegend else MARGIN / 2)
    )
    below = margin["b"] + len(foot) * LINE_SIZE * LINE_SPACING + MARGIN
    figure.update_layout(
        width=width,
        font={"family": PICTURE_FONT},
        height=round(height - margin["t"] - margin["b"] + above + below),
        margin={"t": above, "b": below, "l": max(margin["l"], MARGIN), "r": max(margin["r"], MARGIN)},
    )
    figure.add_annotation(_annotation([f"<b>{_escaped(panel.title)}</b>"], TITLE_SIZE, INK, top=above - MARGIN / 2))
    figure.add_annotation(_annotation([_escaped(line) for line in head], SENTENCE_SIZE, INK, top=above - title))
    figure.add_annotation(_annotation([_escaped(line) for line in foot], LINE_SIZE, MUTED, bottom=below - MARGIN / 2))
    return figure


def as_of_line(panel: Panel) -> str:
    """The days of the rows, and the day and version of the view."""
    view = as_published_in_words(panel.library.as_of)
    created = str(panel.library.dictionary["created"])[:10]
    return f"{days_of_rows(panel)}; {view}; data version {panel.library.version}, {date_in_words(created)}."


def short_as_of_line(panel: Panel) -> str:
    """The same in fewer words: the day of the view where one was chosen, and the version."""
    view = f" {as_published_in_words(panel.library.as_of)};" if panel.library.as_of else ""
    return f"{days_of_rows(panel)};{view} data version {panel.library.version}."


def days_of_rows(panel: Panel) -> str:
    """From which day to which the rows of a panel are, in words."""
    days = as_of_days(panel.frame)
    if not days and panel.beside:  # places and lines have no day of their own
        days = as_of_days(pd.concat(panel.beside.values()))
    return (
        f"Rows as of {' to '.join(dict.fromkeys(date_in_words(day) for day in days))}" if days else "Rows without a day"
    )


def wrapped_lines(text: str, size: int, width: float) -> list[str]:
    """Text broken at words into lines that fit a width in pixels at a size of type."""
    max_letters, lines = int(width / (size * LETTER_WIDTH)), [""]
    for word in text.split():
        fits = len(lines[-1]) + len(word) < max_letters
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if fits else [lines[-1], word]
    return [line for line in lines if line]


def _header_lines(panel: Panel, width: int) -> list[str]:
    texts = [panel.drawn.summary, panel.showing + "."]
    return list(chain.from_iterable(wrapped_lines(text, SENTENCE_SIZE, width - 6 * MARGIN) for text in texts))


def _footer_lines(panel: Panel, width: int) -> list[str]:
    texts = [panel.drawn.note, panel.source, as_of_line(panel)]
    return list(chain.from_iterable(wrapped_lines(text, LINE_SIZE, width - 6 * MARGIN) for text in texts if text))


def _annotation(
    text: list[str], size: int, color: str, top: float | None = None, bottom: float | None = None
) -> dict[str, object]:
    """An annotation whose top is `top` pixels above the plot, or whose bottom is `bottom` pixels below it."""
    position = (
        {"y": 1, "yanchor": "top", "yshift": top}
        if bottom is None
        else {"y": 0, "yanchor": "bottom", "yshift": -bottom}
    )
    return {
        "text": "<br>".join(text),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "yref": "paper",
        **position,
        "align": "left",
        "showarrow": False,
        "font": {"size": size, "color": color},
    }


def _escaped(text: str) -> str:
    """Text escaped for Plotly, which reads some HTML in its texts."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
