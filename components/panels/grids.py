"""How does a frame stand as a grid? Each column as wide as its longest cell; what is longer ends in an ellipsis.

A grid is drawn on a canvas that cuts a cell at its edge without a sign, numbers at their left. Numbers stay numbers, so that
they sort as such; their head offers no sums (`components/assets/data.css`), since the numbers of a column are of many kinds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from components.static.letters import ELLIPSIS, HAS_GLYPH, width_of_line
from data.query.readable import WITHOUT_COMMAS

Height = Literal["auto", "stretch", "content"]
Words = Callable[[Any], str]
# Size of the letters of a grid in pixels, what one of another script takes of it, and the room at both sides of a cell.
SIZE, WIDE_LETTER, AIR = 14, 1.0, 20
# Room of the sign that a sorted column has before its title.
SORT_SIGN = "↑ "
# A column of texts is no wider than the window of a phone, so that its end is seen there.
NARROWEST, WIDEST, LONGEST_ID = 60, 320, 64


@dataclass(frozen=True)
class Grid:
    """A frame as a grid, ready to be sent: its cells with how they read, and the heads of the columns that are shown."""

    cells: Styler
    heads: dict[str, Any]


class _Cells(pd.DataFrame):
    """Cells that are given out as they read where they are asked for as texts, as Streamlit asks for them."""

    _metadata = ("texts",)
    texts: pd.DataFrame

    def astype(self, dtype: Any, *args: Any, **named: Any) -> Any:  # type: ignore[misc]  # final by the stubs alone
        return self.texts if dtype is str else super().astype(dtype, *args, **named)


def grid_of(
    frame: pd.DataFrame,
    titles: Mapping[str, str] | None = None,
    order: Iterable[str] | None = None,
    words: Mapping[str, Words] | None = None,
) -> Grid:
    """A frame as a grid: columns under their titles, cells in words where `words` has some for their column.

    What a column sorts by are its cells, whatever they look like.
    """
    frame = frame.reset_index(drop=True)
    shown = list(frame.columns if order is None else order)
    written = {name: _words_for(frame[name], name, words or {}) if name in shown else str for name in map(str, frame)}
    texts = {name: [write(cell) for cell in frame[name].tolist()] for name, write in written.items()}
    heads = {name: _column(texts[name], (titles or {}).get(name, name)) for name in shown}
    return Grid(_written_once(frame, texts), heads)


def show_grid(
    grid: Grid, key: str, alt: str, height: Height = "auto", on_choice: Callable[[], None] | None = None
) -> None:
    """A grid on the page. With `on_choice` a row can be chosen."""
    chosen: dict[str, Any] = {"on_select": on_choice, "selection_mode": "single-row"} if on_choice else {}
    st.dataframe(
        grid.cells,
        column_order=list(grid.heads),
        column_config=grid.heads,
        hide_index=True,
        height=height,
        key=key,
        alt=alt,
        placeholder="",
        **chosen,
    )


def _written_once(frame: pd.DataFrame, texts: Mapping[str, list[str]]) -> Styler:
    """A styler whose cells are written for good: Streamlit has it write them anew whenever it is sent, cell by cell.

    Where another version of Streamlit asks in another way, they are written as pandas writes them.
    """
    styler = frame.style
    cells = _Cells(frame)
    cells.texts = pd.DataFrame(texts, index=frame.index, columns=frame.columns, dtype=str)
    ready: dict[str, Any] = {"data": cells, "_compute": lambda: styler, "_translate": lambda *args: {}}
    vars(styler).update(ready)
    return styler


def _words_for(cells: pd.Series, name: str, words: Mapping[str, Words]) -> Words:
    """How the cells of a column read: a number with commas, a text as far as it fits, nothing where there is none."""
    if name in words:
        return words[name]
    if not pd.api.types.is_numeric_dtype(cells):
        return lambda cell: "" if pd.isna(cell) else fitting(str(cell))
    commas = "" if name in WITHOUT_COMMAS else ","
    return lambda cell: "" if pd.isna(cell) else f"{cell:{commas}}"


def _column(texts: list[str], title: str) -> Any:
    """The head of a column, and its width: that of its longest cell, or of its title."""
    width = max(NARROWEST, width_of(SORT_SIGN + title))
    for text in sorted(set(texts), key=len, reverse=True):
        if len(text) * SIZE + AIR <= width:
            break
        width = max(width, width_of(text))
    return st.column_config.Column(title, width=width)


@lru_cache(maxsize=2**14)
def fitting(text: str) -> str:
    """A text as a column of texts holds it: whole, or with an ellipsis at its end. An id or a number is never cut."""
    if width_of(text) <= WIDEST or (" " not in text and len(text) <= LONGEST_ID):
        return text
    most = len(text)
    while width_of(text[:most].rstrip() + ELLIPSIS) > WIDEST:
        most -= max(1, (most - WIDEST // SIZE) // 8)
    return text[:most].rstrip() + ELLIPSIS


@lru_cache(maxsize=2**14)
def width_of(text: str) -> int:
    """The width in pixels that a text takes in a grid, with the room at its sides."""
    wide = "".join(letter for letter in text if not HAS_GLYPH.match(letter))
    narrow = width_of_line(text, SIZE) - width_of_line(wide, SIZE)
    return round(narrow + len(wide) * SIZE * WIDE_LETTER + 0.5) + AIR
