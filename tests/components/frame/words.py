"""Which texts does a reader meet? All of a page, a drawing, a map, a card and a copy for print, without their markup."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

MARKUP = re.compile(r"<(style|script)[^>]*>.*?</\1>|<[^>]+>", re.S)
TECHNICAL = re.compile(r'<(\w+)[^>]* class="[^"]*\b(?:technical|address)"[^>]*>.*?</\1>|<code>.*?</code>', re.S)
TITLES = re.compile(r'(?:title|aria-label|alt)="([^"]*)"')
FIELD = re.compile(r"%\{customdata\[(\d+)\]")
LABELED = (
    *("button", "selectbox", "multiselect", "pills", "segmented_control", "slider", "text_input", "date_input"),
    *("toggle", "checkbox", "file_uploader", "expander", "tabs"),
)
# Calls of Streamlit in a card whose texts are addresses.
OF_ADDRESSES = ("code",)


def plain(html: str) -> Iterator[str]:
    """The text of a piece of HTML, and the words of its marks that a pointer or a screen reader finds."""
    html = TECHNICAL.sub(" ", html)
    yield from (unescape(title) for title in TITLES.findall(html))
    yield unescape(MARKUP.sub(" ", html))


def words_of_page(app: AppTest) -> Iterator[str]:
    """All texts of a page: text, labels, help, options, messages, charts, maps, grids."""
    for part in app.get("html"):
        yield from plain(part.proto.body)
    for kind in ("markdown", "text", "info", "warning", "error", "caption", "header", "subheader", "title"):
        for part in getattr(app, kind):
            yield from plain(part.value)
    for kind in LABELED:
        for widget in app.get(kind):
            yield from _labels(widget.proto if hasattr(widget, "proto") else widget)
            yield " ".join(map(str, getattr(widget, "options", None) or ()))
    for chart in app.get("plotly_chart"):
        yield chart.proto.alt
        yield from words_of_figure(json.loads(chart.proto.spec))
    for deck in app.get("deck_gl_json_chart"):
        yield deck.proto.alt
        yield from words_of_deck(json.loads(deck.proto.json), deck.proto.tooltip)
    for grid in app.dataframe:
        yield grid.proto.alt
        yield from words_of_grid(grid)


def _labels(proto: Any) -> Iterator[str]:
    for name in ("label", "help", "placeholder", "caption"):
        text = getattr(proto, name, "")
        if isinstance(text, str) and text:
            yield text


def words_of_grid(grid: Any) -> Iterator[str]:
    """Heads and cells of the columns that a grid shows, as it shows them."""
    config, frame = json.loads(grid.proto.columns or "{}"), grid.value
    for name in list(grid.proto.column_order) or list(frame.columns):
        label = (config.get(name) or {}).get("label") or name
        yield str(label)
        cells = frame[name]
        if cells.dtype.kind in "OU" or str(cells.dtype) in ("str", "string"):
            yield from (str(cell) for cell in cells.unique() if cell is not None)


def words_of_figure(figure: Any) -> Iterator[str]:
    """All words in a Plotly figure: titles, names of marks, notes, ticks, and the tooltips with what fills them."""
    yield from _texts_in(figure)
    for trace in figure.get("data", []):
        templates = trace.get("hovertemplate") or ""
        wanted = {int(at) for at in FIELD.findall(json.dumps(templates))}
        for cells in trace.get("customdata") or []:
            yield from (str(cells[at]) for at in wanted if isinstance(cells, list) and at < len(cells))


def _texts_in(cell: Any) -> Iterator[str]:
    if isinstance(cell, dict):
        for name, inner in cell.items():
            if name in ("text", "hovertemplate", "hovertext", "name", "ticktext", "title") and not isinstance(
                inner, dict
            ):
                yield from plain(json.dumps(inner, ensure_ascii=False))
            elif name not in ("customdata", "template"):
                yield from _texts_in(inner)
    elif isinstance(cell, list):
        for inner in cell:
            yield from _texts_in(inner)


def words_of_deck(deck: Any, tooltip: str = "") -> Iterator[str]:
    """The words of a map: those written on it, and those that a pointer finds."""
    fields = {"text", "label", "words", *re.findall(r"\{(\w+)\}", tooltip)}
    for layer in deck["layers"]:
        data = layer.get("data")
        for mark in data if isinstance(data, list) else []:
            yield from (text for name in fields if name in mark for text in plain(str(mark[name])))


class Recorder:
    """Stands in for Streamlit where a card is shown, and keeps the words that it is given; addresses are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return self if name in OF_ADDRESSES else self._note

    def __call__(self, *arguments: Any, **named: Any) -> "Recorder":
        return self

    def _note(self, *arguments: Any, **named: Any) -> "Recorder":
        texts = [cell for cell in (*arguments[:1], named.get("label"), named.get("help")) if isinstance(cell, str)]
        self.texts += [text for cell in texts for text in plain(cell)]
        return self

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(self, *of: object) -> None:
        return None
