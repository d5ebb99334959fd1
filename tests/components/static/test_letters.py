"""Letters are measured as the face of pictures sets them, and words are broken where they fit."""

import pytest
from PIL import ImageFont

from components import assets
from components.static.letters import HAS_GLYPH, lines_within, width_of_line, with_glyphs
from components.static.pieces import Font, text_line
from data.query.views import LIST
from data.record.load import Library

SIZE = 100
REGULAR, BOLD = (ImageFont.truetype(path, SIZE) for path in assets.PICTURE_FONTS)


def texts_of(library: Library) -> list[str]:
    columns = [("figures", "label"), ("events", "title"), ("sources", "title"), ("disagreements", "title")]
    texts = [str(cell) for table, name in columns for cell in library[table][name]]
    return [with_glyphs(text) for text in [*texts, *(view.title for view in LIST)] if len(text) > 12]


def test_no_line_of_the_record_is_wider_than_it_is_measured(library: Library) -> None:
    wider = [
        text
        for text in texts_of(library)
        if REGULAR.getlength(text) > 1.01 * width_of_line(text, SIZE)
        or BOLD.getlength(text) > 1.01 * width_of_line(f"<b>{text}</b>", SIZE)
    ]
    assert wider == []


def test_every_letter_that_is_kept_has_a_glyph() -> None:
    missing = REGULAR.getmask("\uac00")
    nothing = (bytes(missing), missing.size)
    kept = [chr(code) for code in range(0x21, 0x2600) if HAS_GLYPH.match(chr(code)) and code not in (0xA0, 0xAD)]
    assert len(kept) > 400
    assert [
        letter for letter in kept if (bytes(REGULAR.getmask(letter)), REGULAR.getmask(letter).size) == nothing
    ] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Unsan (운산)", "Unsan"),
        ("“실종” (Korean: “missing”)", "(Korean: “missing”)"),
        ("Гулаг – “more than 4,000”", "Гулаг – “more than 4,000”"),
        ("three  spaces", "three spaces"),
        ("한국 전쟁: 1950", "(not in Latin letters)"),
        ("", ""),
    ],
)
def test_letters_without_a_glyph_are_left_out_with_what_stands_around_them(text: str, left: str) -> None:
    assert with_glyphs(text) == left


def test_a_text_is_broken_between_words_and_a_word_that_is_too_long_within_it() -> None:
    text = "Where the missing are believed to be https://dashboard.example.org/data/v1/figures.html?panel=map"
    lines = lines_within(text, 10, 120)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(width_of_line(line, 10) for line in lines) <= 120


def test_a_text_that_has_more_lines_than_it_may_ends_in_an_ellipsis() -> None:
    lines = lines_within("one two three four five six seven eight nine ten", 10, 60, most=2)
    assert len(lines) == 2 and lines[1].endswith("…") and width_of_line(lines[1], 10) <= 60


def test_colors_within_a_line_are_colors_of_its_parts() -> None:
    svg = text_line("Captured<br> <span style='color:red'>7 <b>figures</b></span> in all", (0, 0), Font(12))
    assert ' fill="red">7 </tspan>' in svg and 'font-weight="bold" fill="red">figures</tspan>' in svg
    assert "<tspan> in all</tspan>" in svg and "&lt;span" not in svg
