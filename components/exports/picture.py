"""What does a chart look like once it has left the page? The figure with title, sentence, source and day inside it."""

from itertools import chain

import plotly.graph_objects as go

from components.panels.panel import Panel
from components.theme import INK, MUTED, PICTURE_FONT, SMALL_SIZE
from data.record.dates import date_in_words
from data.record.wording import as_of_days

WIDTH = 1180
# Height to width of a page with its margins: what is taller is drawn wider, so that it still fits the page.
TALLEST = 1.35
TITLE, SENTENCE, LINE = 26, 16, SMALL_SIZE
# Average width of a letter and height of a line, as parts of the size of the type.
LETTER, LEADING = 0.5, 1.4
EDGE, LEGEND = 24, 38


def picture_of(panel: Panel) -> go.Figure | None:
    """The panel's figure on its own: sized for a page, under its title and sentence, above its source and its day.

    None where the panel has no drawing.
    """
    drawing = panel.picture()
    if drawing is None:
        return None
    figure = go.Figure(drawing)
    high = int(figure.layout.height)
    wide = max(WIDTH, round(high / TALLEST))
    head, foot = _head(panel, wide), _foot(panel, wide)
    margin = {side: int(figure.layout.margin[side] or 0) for side in ("t", "b", "l", "r")}
    title = EDGE / 2 + TITLE * LEADING
    above = margin["t"] + title + len(head) * SENTENCE * LEADING + (LEGEND if figure.layout.showlegend else EDGE / 2)
    below = margin["b"] + len(foot) * LINE * LEADING + EDGE
    figure.update_layout(
        width=wide,
        font={"family": PICTURE_FONT},
        height=round(high - margin["t"] - margin["b"] + above + below),
        margin={"t": above, "b": below, "l": max(margin["l"], EDGE), "r": max(margin["r"], EDGE)},
    )
    figure.add_annotation(_words([f"<b>{_plain(panel.title)}</b>"], TITLE, INK, top=above - EDGE / 2))
    figure.add_annotation(_words([_plain(line) for line in head], SENTENCE, INK, top=above - title))
    figure.add_annotation(_words([_plain(line) for line in foot], LINE, MUTED, bottom=below - EDGE / 2))
    return figure


def as_of_line(panel: Panel) -> str:
    """Of which days the rows are, and of which day and version the view is."""
    days = as_of_days(panel.frame)
    rows = (
        f"Rows as of {' to '.join(dict.fromkeys(date_in_words(day) for day in days))}" if days else "Rows without a day"
    )
    asked = panel.library.as_of
    view = f"as published by {date_in_words(asked.isoformat())}" if asked else "all that the record holds"
    created = str(panel.library.dictionary["created"])[:10]
    return f"{rows}; {view}; data version {panel.library.version}, {date_in_words(created)}."


def lines(text: str, size: int, wide: float) -> list[str]:
    """Text in lines that fit a width in pixels at a size of type, by whole words."""
    room, found = int(wide / (size * LETTER)), [""]
    for word in text.split():
        fits = len(found[-1]) + len(word) < room
        found[-1:] = [f"{found[-1]} {word}".strip()] if fits else [found[-1], word]
    return [line for line in found if line]


def _head(panel: Panel, wide: int) -> list[str]:
    said = [panel.drawn.summary, panel.showing + "."]
    return list(chain.from_iterable(lines(text, SENTENCE, wide - 6 * EDGE) for text in said))


def _foot(panel: Panel, wide: int) -> list[str]:
    said = [panel.drawn.note, panel.source, as_of_line(panel)]
    return list(chain.from_iterable(lines(text, LINE, wide - 6 * EDGE) for text in said if text))


def _words(
    text: list[str], size: int, colour: str, top: float | None = None, bottom: float | None = None
) -> dict[str, object]:
    """Lines whose head is so many pixels above the plot, or whose foot so many below it."""
    where = (
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
        **where,
        "align": "left",
        "showarrow": False,
        "font": {"size": size, "color": colour},
    }


def _plain(text: str) -> str:
    """Text that Plotly shows as it is written: it would read signs of markup otherwise."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
