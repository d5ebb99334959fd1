"""How do rows of words stand in a picture? As a table with as many rows as fit, or as cards with large numbers, as SVG."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from components.static.letters import lines_within, width_of_line, with_glyphs
from components.static.pieces import LEADING, Font, line_piece, text_line
from components.static.sheet import Content, Text, block, height_of
from components.theme import BORDER, INK, MUTED, NAVY, PAPER, SHADE, SMALL_SIZE, TEXT_SIZE

# Pixels: air around the words of a cell, between cards and around their words; height of the edge of a card.
PAD_ACROSS, PAD_DOWN, GAP, INSIDE, EDGE = 8, 4, 14, 14, 4
# Lines of a cell; where it has more, it ends in an ellipsis.
MOST_LINES = 3
# Rows whose words a column makes room for, and the pixels of the longest word that it does so for.
MOST_MEASURED, LONGEST_WORD = 60, 90
NUMBER_SIZES = (36, 30, 26, 22, 18, 15)


class Table(NamedTuple):
    """A table in words: its heads, the share of the width that each column wants, and its rows."""

    heads: list[str]
    shares: list[float]
    rows: list[list[str]]


class Card(NamedTuple):
    """One number on a card: what it counts, its hedge, the number, its unit, and what is said of it; and its color."""

    name: str
    hedge: str
    number: str
    unit: str
    remarks: tuple[str, ...]
    color: str = NAVY


def table(words: Table, width: float, height: float) -> Content:
    """The head and as many rows as fit into the height; the remark says how many of how many."""
    widths = _widths(words, width)
    head, top = _row(words.heads, widths, 0, Font(SMALL_SIZE, PAPER), NAVY)
    svg = [head]
    shown = 0
    for cells in words.rows:
        look = SHADE if shown % 2 else PAPER
        row, foot = _row(cells, widths, top, Font(TEXT_SIZE, INK), look)
        if foot > height and shown:
            break
        svg.append(row)
        top, shown = foot, shown + 1
    svg.append(line_piece((0, top), (width, top), BORDER, 1).svg)
    remark = f"The first {shown:,} of {len(words.rows):,} rows." if shown < len(words.rows) else ""
    return Content("".join(svg), width, top, remark)


def _widths(words: Table, width: float) -> list[float]:
    """The widths of the columns: none narrower than the longest word in it that is not an address, the rest by share."""
    least = []
    for place, head in enumerate(words.heads):
        cells = {word for row in words.rows[:MOST_MEASURED] for word in row[place].split()}
        longest = min(max((width_of_line(word, TEXT_SIZE) for word in cells), default=0), LONGEST_WORD)
        of_head = max((width_of_line(f"<b>{word}</b>", SMALL_SIZE) for word in head.split()), default=0)
        least.append(max(longest, of_head) + 2 * PAD_ACROSS + 1)
    if sum(least) > width:
        return [wide * width / sum(least) for wide in least]
    rest = width - sum(least)
    return [wide + rest * share / sum(words.shares) for wide, share in zip(least, words.shares, strict=True)]


def _row(cells: Sequence[str], widths: Sequence[float], top: float, font: Font, ground: str) -> tuple[str, float]:
    """A row of cells on its ground, and where it ends; a head is bold."""
    is_head = ground == NAVY
    lines = [
        lines_within(with_glyphs(cell), font.size, wide - 2 * PAD_ACROSS, MOST_LINES, is_head)
        for cell, wide in zip(cells, widths, strict=True)
    ]
    high = max([len(cell) for cell in lines] or [1]) * font.size * LEADING + 2 * PAD_DOWN
    svg = [f'<rect x="0" y="{top:.1f}" width="{sum(widths):.1f}" height="{high:.1f}" fill="{ground}"/>']
    left = 0.0
    for cell, wide in zip(lines, widths, strict=True):
        for number, line in enumerate(cell):
            middle = top + PAD_DOWN + (number + 0.5) * font.size * LEADING
            svg.append(text_line(f"<b>{line}</b>" if is_head else line, (left + PAD_ACROSS, middle), font))
        left += wide
    return "".join(svg), top + high


def cards(entries: Sequence[Card], width: float, columns: int) -> Content:
    """Cards in rows of so many, with the same words at the same height, so that the numbers are on one line."""
    wide = (width - GAP * (columns - 1)) / columns
    inner = wide - 2 * INSIDE
    size = _size_of_numbers(entries, inner)
    texts = [_texts_of(card, size) for card in entries]
    highs = [max(height_of([text], inner) for text in same) for same in zip(*texts, strict=True)]
    high = sum(highs) + 2 * INSIDE + EDGE
    svg = []
    for number, (card, each) in enumerate(zip(entries, texts, strict=True)):
        left, top = number % columns * (wide + GAP), number // columns * (high + GAP)
        place = f'x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}"'
        svg.append(f'<rect {place} height="{high:.1f}" fill="{SHADE}"/>')
        svg.append(f'<rect {place} height="{EDGE}" fill="{card.color}"/>')
        tops = accumulate(highs, initial=top + EDGE + INSIDE)
        svg += [block([text], left + INSIDE, at, inner) for text, at in zip(each, tops, strict=False)]
    rows = -(-len(entries) // columns)
    return Content("".join(svg), width, rows * (high + GAP) - GAP)


def _size_of_numbers(entries: Sequence[Card], width: float) -> float:
    """The largest size in which every number has one line."""
    numbers = [card.number for card in entries]
    fits = (
        size for size in NUMBER_SIZES if all(width_of_line(f"<b>{number}</b>", size) <= width for number in numbers)
    )
    return next(fits, NUMBER_SIZES[-1])


def _texts_of(card: Card, size: float) -> list[Text]:
    return [
        Text(card.name, TEXT_SIZE, INK, is_bold=True),
        Text(card.hedge, TEXT_SIZE, MUTED),
        Text(card.number, size, card.color, is_bold=True),
        Text(card.unit, TEXT_SIZE, INK),
        *(Text(remark, SMALL_SIZE, MUTED) for remark in card.remarks),
    ]
