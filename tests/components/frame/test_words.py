"""Are the words on a page those of a plain-language editor, without codes, ids and the words that were given up?"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.query.names import name_of_row, names_of_rows, with_names
from data.record.load import Library
from data.record.wording import without_pointers

Open = Callable[..., AppTest]
READY = ("", "counts-over-time", "recovery-map", "mission-timeline")
MARKUP = re.compile(r"<(style|script)[^>]*>.*?</\1>|<svg.*?</svg>|<[^>]+>", re.S)
CODE = re.compile(r"\b[A-Za-z]+_\w+\b|\bNone\b|\bnan\b|<NA>")
LIKE_AN_ID = re.compile(r"[\w-]*\d[\w-]*")
# Words that were given up for better ones, as they stood on pages.
GIVEN_UP = (
    "As published by / today",
    "All sources, today",
    "each number with the hedge it was printed with",
    "Who says so, and who differs",
    "Placed nowhere",
    "What else can be asked",
    "cautions on what is shown here",
    "shown here: cards and table",
    "Download, cite, present",
    "Take it away",
    "How it was printed",
    "stale, outlying",
    "none is drawn",
    "is as wide as its date is uncertain",
    "Nothing is averaged and none is chosen",
    "Open the card of a row",
    "brought yet",
    "was not taken",
    "at addresses for scripts",
    "asks for at least 200",
    "by the pointer",
)
LABELED = ("button", "selectbox", "multiselect", "pills", "segmented_control", "slider", "text_input", "date_input")


def words_of(app: AppTest) -> Iterator[str]:
    """All texts of a page that a reader sees without unfolding a table: text, labels, options, charts, maps."""
    for part in app.get("html"):
        yield MARKUP.sub(" ", part.proto.body)
    for part in (*app.get("markdown"), *app.text, *app.info, *app.caption, *app.header, *app.subheader):
        yield MARKUP.sub(" ", part.value)
    for kind in LABELED:
        for widget in getattr(app, kind, ()):
            yield f"{widget.label} {' '.join(map(str, getattr(widget, 'options', None) or ()))}"
    for chart in app.get("plotly_chart"):
        yield from texts_in(json.loads(chart.proto.spec))
    for deck in app.get("deck_gl_json_chart"):
        yield from (text for layer in json.loads(deck.proto.json)["layers"] for text in texts_in(layer.get("data")))


def texts_in(cell: Any) -> Iterator[str]:
    if isinstance(cell, dict):
        for name, inner in cell.items():
            if name in ("text", "hovertemplate", "name", "told"):
                yield MARKUP.sub(" ", json.dumps(inner, ensure_ascii=False))
            elif name != "customdata":
                yield from texts_in(inner)
    elif isinstance(cell, list):
        for inner in cell:
            yield from texts_in(inner)


@pytest.mark.slow
@pytest.mark.parametrize("day", ["", "2012-07-03"])
@pytest.mark.parametrize("path", READY)
def test_no_word_on_a_page_is_a_code_or_an_id_or_was_given_up(
    opened_page: Open, library: Library, path: str, day: str
) -> None:
    app = opened_page(path, **({"asof": day} if day else {}))
    texts = [text for text in words_of(app) if text.strip()]
    assert len(texts) > 10
    row_ids = set(names_of_rows(library))
    assert {hit[0] for text in texts for hit in CODE.finditer(text)} == set()
    assert {hit[0] for text in texts for hit in LIKE_AN_ID.finditer(text) if hit[0] in row_ids} == set()
    assert [words for words in GIVEN_UP if any(words.lower() in text.lower() for text in texts)] == []


def test_a_row_has_a_name_and_a_note_is_read_without_ids(library: Library) -> None:
    assert name_of_row(library, "BRF-002") == "approximately 5,500 people"
    assert name_of_row(library, "brief-2012").startswith("American POW/MIAs")
    assert with_names(library, "Computed from BRF-001 (see FIG-443).") == "Computed from approximately 7,954 people."
    assert without_pointers("Another unit (FIG-290, T2-FIG-077).") == "Another unit."
    assert without_pointers("Computed from BRF-001, T2-FIG-110.") == "Computed; its card names the parts."
