"""Words on and beside the marks of every drawing can be read: 4.5:1 against what is painted under them."""

from functools import cache

import pytest

from components.panels.catalogue import panel_of
from components.static.svg import svgs_of
from components.theme import (
    CONTRAST_OF_WORDS,
    PAPER,
    SHADE,
    SHADES_FOR_WORDS,
    STACK_COLORS,
    color_on,
    contrast,
)
from data.query.select import Selection
from data.query.views import LIST
from data.record.load import library
from tests.components.static.painted import words_of


@cache
def drawing_of(key: str) -> list[str]:
    """The panel's drawing as static SVG; empty where it has none."""
    view = next(view for view in LIST if view.key == key)
    figure = panel_of(key, library(), Selection(view.page)).picture()
    return svgs_of(figure, key, 960) if figure is not None else []


@pytest.mark.slow
@pytest.mark.parametrize("key", [view.key for view in LIST])
def test_the_words_of_a_drawing_can_be_read_on_what_is_under_them(key: str) -> None:
    faint = {
        (words.text, words.color, words.under, round(words.contrast, 2))
        for svg in drawing_of(key)
        for words in words_of(svg)
        if words.contrast < CONTRAST_OF_WORDS
    }
    assert faint == set()


def test_words_are_measured_on_what_is_painted_under_them_and_not_on_what_comes_after() -> None:
    svg = (
        '<svg><rect x="0" y="0" width="50" height="20" fill="#28A197"/>'
        '<text x="10" y="14" font-size="14" fill="#FFFFFF">7</text>'
        '<path transform="translate(80 10)" d="M-8 0A8 8 0 1 0 8 0Z" fill="rgba(0,0,0,0.5)"/>'
        '<text x="80" y="14" font-size="14" text-anchor="middle" fill="#FFFFFF">8</text>'
        '<g transform="rotate(90 25 10)"><text x="25" y="14" font-size="14" text-anchor="middle">9</text></g>'
        '<text x="200" y="14" font-size="14">0</text><rect x="190" y="0" width="50" height="20" fill="#000000"/></svg>'
    )
    assert [words.under for words in words_of(svg)] == ["#28A197", "#808080", "#28A197", PAPER]
    assert [round(words.contrast, 1) for words in words_of(svg)][:2] == [3.2, 3.9]


@pytest.mark.parametrize("shade", SHADES_FOR_WORDS.values())
def test_the_shades_for_words_can_be_read_on_paper_and_on_shade(shade: str) -> None:
    assert min(contrast(shade, PAPER), contrast(shade, SHADE)) >= CONTRAST_OF_WORDS


@pytest.mark.parametrize("color", STACK_COLORS)
def test_numbers_on_bars_can_be_read(color: str) -> None:
    assert contrast(color_on(color), color) >= CONTRAST_OF_WORDS
