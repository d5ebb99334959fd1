"""No two texts of a drawing overlap on a phone: today, as of the brief, on a day between, and from the brief alone."""

import re
from itertools import combinations
from typing import Any

import plotly.graph_objects as go
import pytest

from components.panels.at_a_glance import first_screen
from components.panels.catalogue import panel_of
from components.panels.panel import Panel
from components.static.svg import svgs_of
from data.query.as_of import library_of
from data.query.params import PERIODS, SINCE_2001, default_of, parameter_named
from data.query.select import Selection
from data.record.load import Library, library
from tests.components.static.painted import words_of

# Pixels of a drawing on a phone, and its height on the page where it is as high as the window leaves it.
WIDTH, HEIGHT = 358, 560
# Pixels of a drawing beside a list, in a window of 1,280.
WIDE = 731
# By how many pixels boxes of words may reach into each other: letters do not fill them.
TOUCHING = 2
VIEWS = {
    "today": {},
    "brief": {"asof": "2012-07-03"},
    "2018": {"asof": "2018-12-31"},
    "brief only": {"source": "brief only"},
}
MARKS = default_of(parameter_named("mark"), library())
CHOICES: dict[str, dict[str, Any]] = {
    **{period: {"period": period, "mark": MARKS} for period in PERIODS},
    "events laid over": {"period": SINCE_2001, "mark": MARKS, "overlay": "talks"},
    "all classes": {"period": SINCE_2001, "overlay": "talks"},
}
every_view = pytest.mark.parametrize("view", VIEWS)


def overlapping(svg: str) -> list[tuple[str, str]]:
    return [(one.text, other.text) for one, other in combinations(words_of(svg), 2) if one.overlaps(other, TOUCHING)]


def panel_in(view: str, key: str, page: str, **choices: Any) -> Panel:
    record, _ = library_of({"asof": "", "source": "all", **VIEWS[view]})
    return panel_of(key, record, Selection(page, {**VIEWS[view], **choices}))


def drawn(figure: go.Figure, **size: int) -> str:
    (svg,) = svgs_of(go.Figure(figure).update_layout(**size), "drawing", WIDTH)
    return svg


@every_view
@pytest.mark.parametrize("choices", CHOICES)
def test_no_words_on_the_chart_of_counts_overlap_on_a_phone(view: str, choices: str) -> None:
    figure = panel_in(view, "unaccounted-for", "counts-over-time", **CHOICES[choices]).drawn.figure
    assert figure is None or overlapping(drawn(figure, height=HEIGHT)) == []


@every_view
def test_no_words_on_the_timeline_for_narrow_screens_overlap(view: str) -> None:
    narrow = panel_in(view, "timeline-panel", "mission-timeline").drawn.narrow
    assert narrow is not None and overlapping(drawn(narrow())) == []


@every_view
def test_no_words_on_the_drawings_of_the_first_page_overlap_on_any_screen(view: str) -> None:
    record, _ = library_of({"asof": "", "source": "all", **VIEWS[view]})
    found = re.findall(r"<svg .*?</svg>(?=</div>)", first_screen(record, tuple(VIEWS[view].items())), re.DOTALL)
    assert found and [pairs for svg in found if (pairs := overlapping(plain(svg)))] == []


def test_no_word_on_the_chart_of_a_disagreement_is_cut_by_the_edge_of_the_sheet(library: Library) -> None:
    cut = []
    for disagreement in library["disagreements"]["disagreement_id"]:
        selection = Selection("disagreements", {"disagreement": disagreement})
        figure = panel_of("disagreement-panel", library, selection).drawn.figure
        (svg,) = svgs_of(go.Figure(figure), "drawing", WIDE)
        cut += [words.text for words in words_of(plain(svg)) if words.box[0] < -1 or words.box[2] > WIDE + 1]
    assert cut == []


def plain(svg: str) -> str:
    """An SVG whose marks are links, as XML that can be read."""
    return svg.replace("&nbsp;", " ")


def test_words_that_overlap_are_found_and_others_are_not() -> None:
    line = '<text x="{}" y="{}" font-size="12">As of 28 June</text>'
    upright = '<g transform="rotate(-90 50 50)"><text x="50" y="50" font-size="12">No counts</text></g>'
    assert len(overlapping(f"<svg>{line.format(10, 50)}{line.format(60, 52)}</svg>")) == 1
    assert len(overlapping(f"<svg>{line.format(10, 40)}{upright}</svg>")) == 1
    assert overlapping(f"<svg>{line.format(10, 50)}{line.format(100, 50)}{line.format(10, 64)}</svg>") == []
