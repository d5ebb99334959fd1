"""Does the copy of a page for paper hold all that the page shows, and nothing that the address smuggles in?"""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace
from html import escape, unescape

import pytest

from components.exports.print_view import (
    HOME_NAME,
    LANDSCAPE,
    LANDSCAPE_PAGES,
    PORTRAIT,
    panels_of_page,
    print_copy,
    rows_on_paper,
)
from components.navigation import PAGES, Page
from components.panels.catalogue import panel_of
from components.panels.panel import Panel
from components.presenter_state import PATH
from components.server.routes import PRINT_ROOT
from components.static.svg import Drawing, cuts_of, svgs_of
from data.files.extract import Extract, sources_of
from data.query.address import read_page
from data.query.disagreements import newest_disagreement
from data.query.params import default_of, parameters_of
from data.query.path import READY, Step, encode_path
from data.query.select import Selection
from data.query.views import LIST, VIEWS
from data.record.load import Library
from tests.choices import choices_of_each_view

SHOWN = [page for page in PAGES if page.path == "sources-and-data" or any(view.page == page.path for view in LIST)]
SCRIPT = "<script>alert(1)</script>"
# Pixels of the smaller sheet of Letter and A4 within its margins, across and down, and points in one of them.
SHEETS = {False: (733, 980), True: (995, 718)}
POINTS = 0.75


def page_at(path: str) -> Page:
    return next(page for page in PAGES if page.path == path)


def ids_in(html: str) -> set[str]:
    """The ids of all rows, which are the last of their cells; the first cells of a table without ids."""
    ids = re.findall(r'<span class="technical"><b>[^<]*</b> ([^<]*)</span>', html)
    first = re.findall(r"<tbody><tr><td[^>]*>([^<]*)</td>", html)
    return {unescape(cell) for cell in (ids or first)}


def drawings(panel: Panel) -> list[str]:
    figure = panel.picture()
    width, room = LANDSCAPE if panel.view.page in LANDSCAPE_PAGES else PORTRAIT
    return svgs_of(figure, panel.alt, width, room) if figure is not None else []


def with_defaults(page: str, library: Library, **more: object) -> Selection:
    return Selection(page, {chosen.name: default_of(chosen, library) for chosen in parameters_of(page)} | more)


@pytest.mark.slow
@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.path or HOME_NAME)
def test_a_copy_holds_each_short_table_and_of_a_long_one_the_address_with_sources_cautions_and_its_own_address(
    page: Page,
) -> None:
    html = print_copy(page, (), "http://localhost:8501")
    library, chosen = read_page(page.path, ())
    text = unescape(re.sub(r"<[^>]*>", " ", html))
    assert f"<h1>{page.question}</h1>" in html
    assert f"http://localhost:8501/{page.path}<" in html and library.version in html
    for panel in panels_of_page(page.path, library, chosen):
        rows = rows_on_paper(panel)
        assert set(rows.iloc[:, 0].astype(str)) <= ids_in(html), panel.key
        assert len(rows) or panel.is_drawn, panel.key
        asked = Extract(panel.view, library, panel.selection, "http://localhost:8501").address("xlsx")
        assert len(rows) == len(panel.frame) or f'<a href="{escape(asked)}">' in html, panel.key
        assert panel.title in text and panel.showing in text and panel.drawn.summary in text
        assert all(title in text for title in sources_of(library, rows)["title"])
        assert html.count("<figure>") >= len(drawings(panel)) - (panel.key == "headlines")


def test_a_reader_who_chose_among_the_rows_of_a_table_has_more_of_them_on_paper(library: Library) -> None:
    whole = panel_of("all-operations", library, Selection("recovery-map"))
    chosen = panel_of("all-operations", library, Selection("recovery-map", {"country": ("South Korea",)}))
    first, more = rows_on_paper(whole), rows_on_paper(chosen)
    assert 5 < len(first) < len(more) <= len(chosen.frame) < len(whole.frame)
    assert list(first.index) == list(whole.frame.index[: len(first)])


def test_a_copy_shows_the_rows_that_the_choices_of_its_address_leave(library: Library) -> None:
    pairs = (("lane", "talks"), ("years", "2005"), ("years", "1990"))
    html = print_copy(page_at("mission-timeline"), pairs)
    wanted = Selection("mission-timeline", {"lane": ("talks",), "years": (1990, 2005)})
    rows = set(panel_of("timeline-panel", library, wanted).frame["event_id"])
    assert ids_in(html) == rows
    assert "Kind of event: talks; Years: 1990 to 2005" in html


def test_a_copy_as_published_by_a_day_says_so_and_what_is_left_out() -> None:
    html = print_copy(page_at("counts-over-time"), (("asof", "2012-07-03"), ("source", "brief only")))
    assert "as published by 3 July 2012, of the brief alone" in html and "rows published later" in html
    assert all(not row.startswith("FIG-") for row in ids_in(html))


def test_no_row_left_is_a_sentence_and_not_an_empty_sheet() -> None:
    html = print_copy(page_at("mission-timeline"), (("q", "nothing at all like this"),))
    assert "No rows match these choices" in html and not ids_in(html)


def test_the_row_that_an_address_opens_is_on_paper_too(library: Library) -> None:
    row = library["figures"].iloc[-1]
    assert str(row["as_printed"]) in unescape(
        print_copy(page_at("sources-and-data"), (("figure", row["figure_id"]), ("table", "glossary")))
    )
    assert "The record that this address names" in print_copy(page_at("recovery-map"), (("place", "THA_BANGKOK"),))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or HOME_NAME)
def test_an_address_without_choices_is_read_as_the_page_shows_itself(page: Page, library: Library) -> None:
    tables, chosen = read_page(page.path, ())
    first = {"disagreement": newest_disagreement(library)} if page.path == "disagreements" else {}
    assert tables.digest == library.digest and tables.as_of is None
    assert chosen == with_defaults(page.path, tables, asof="", source="all", **first)


def test_what_cannot_be_understood_stands_at_its_default_and_the_rest_is_kept(library: Library) -> None:
    asked = [("lane", "talks"), ("lane", "war"), ("lane", "x"), ("status", "x"), ("years", "1800"), ("asof", "soon")]
    tables, chosen = read_page("mission-timeline", [*asked, ("source", "gossip"), ("present", "1"), ("page", "9")])
    kept = {"lane": ("war", "talks"), "asof": "", "source": "all"}
    assert chosen == with_defaults("mission-timeline", tables, **kept)


def test_a_list_that_the_address_empties_is_empty_whatever_its_default() -> None:
    assert read_page("counts-over-time", [("mark", "")])[1].values["mark"] == ()
    assert read_page("counts-over-time", [("mark", "x")])[1].values["mark"] == ("counts", "before 2001")


@pytest.mark.parametrize(
    "query",
    [
        {"q": SCRIPT, "figure": SCRIPT, "place": SCRIPT},
        {"asof": f'"{SCRIPT}', "source": SCRIPT, "lane": SCRIPT, "years": "²", "pace": "٣", SCRIPT: "1"},
        {"table": "no", "disagreement": "DIS-999", "origin": "'", "pace": "9" * 400, "q": "\x00\ud7ff" + "x" * 3000},
    ],
)
def test_a_hostile_address_is_printed_as_text_and_never_breaks_the_copy(server: str, query: dict[str, str]) -> None:
    for page in SHOWN:
        address = f"{server}{PRINT_ROOT}/{page.path or HOME_NAME}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(address, timeout=20) as answer:
            html = answer.read().decode()
        assert answer.status == 200 and page.question in html
        assert "<script" not in html and "alert(1)<" not in html.replace(f"alert(1){unescape('&lt;')}/", "<")


@pytest.mark.slow
def test_a_path_is_printed_step_by_step_with_the_words_of_the_presenter_and_the_address_of_its_rows() -> None:
    steps = (*READY.steps, Step("panel=all-operations", "<b>", SCRIPT), Step("panel=none", "Nothing"))
    html = print_copy(page_at(PATH), (("path", encode_path(replace(READY, steps=steps))),), "http://localhost:8501")
    assert html.count("<section") == len(steps) and "<script" not in html
    assert all(escape(step.note) in html for step in steps)
    assert "http://localhost:8501/data/v1/events.xlsx?panel=timeline-panel" in html
    assert any(row.startswith("JFA-") for row in ids_in(html))
    assert "This step cannot be shown" in html


def test_an_address_without_a_path_that_can_be_read_has_no_copy() -> None:
    assert print_copy(page_at(PATH), ()) == print_copy(page_at(PATH), (("path", "broken"),)) == ""


def test_what_is_no_page_has_no_copy_and_the_answer_says_so(server: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{server}{PRINT_ROOT}/%3Cb%3E", timeout=20)
    assert caught.value.code == 404 and "<b>" not in caught.value.read().decode()


@pytest.mark.slow
def test_every_drawing_under_any_choices_can_be_drawn_on_paper_with_a_name_and_words_that_can_be_read(
    library: Library,
) -> None:
    for view, selection in choices_of_each_view(library, 3):
        if view.key not in VIEWS:
            continue
        panel = panel_of(view.key, library, selection)
        for svg in drawings(panel):
            assert svg.startswith('<svg role="img"') and "<title>" in svg and "NaN" not in svg and " id=" not in svg
            assert smallest_type(svg, view.page in LANDSCAPE_PAGES) >= 7.9, view.key


def smallest_type(svg: str, wide: bool) -> float:
    """Points of the smallest words of a drawing on the sheet."""
    across, down = (float(number) for number in re.search(r'viewBox="0 0 (\S+) (\S+)"', svg).groups())  # type: ignore[union-attr]
    sheet = SHEETS[wide]
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]
    return min(sizes, default=12) * min(sheet[0] / across, sheet[1] / down) * POINTS


def test_the_timeline_is_whole_on_one_sheet(library: Library) -> None:
    figure = panel_of("timeline-panel", library, Selection("mission-timeline")).picture()
    assert figure is not None and len(svgs_of(figure, "The timeline", *LANDSCAPE)) == 1


def test_a_drawing_that_is_taller_than_a_sheet_is_cut_where_nothing_stands(library: Library) -> None:
    selection = Selection("disagreements", {"disagreement": "DIS-09"})
    figure = panel_of("disagreement-panel", library, selection).picture()
    assert figure is not None
    width, room = PORTRAIT
    drawing = Drawing(json.loads(figure.to_json()), width)
    inner = cuts_of(drawing, room)[1:-1]
    assert inner
    for piece in [*drawing.clipped, *drawing.over]:
        assert not any(piece.top < cut < piece.bottom for cut in inner), piece.svg


def test_the_words_of_the_map_reach_the_paper(library: Library) -> None:
    svg = drawings(panel_of("map", library, with_defaults("recovery-map", library)))
    assert len(svg) == 1
    assert "Unsan and Kujang counties" in svg[0] and "Maseong-myeon" in svg[0]
    assert "sets of remains in joint operations (computed sum)" in svg[0]
