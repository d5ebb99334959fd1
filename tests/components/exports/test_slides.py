"""Do the slides tell what the panels tell, can they be edited, and does every word on them fit and reach its reader?"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from PIL import ImageFont
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from components import theme
from components.exports.picture import as_of_line
from components.exports.slides import text as slide_text
from components.exports.slides.bars import value_label
from components.exports.slides.chart import DAY_ZERO
from components.exports.slides.deck import SlideContent, deck_of
from components.panels.catalogue import panel_of, panel_of_table
from components.panels.panel import Drawn, Panel
from data.files import cite
from data.files.extract import sources_of
from data.query.as_of import as_published
from data.query.compute import sum_of_operations
from data.query.joins import joined_pairs, official_ids
from data.query.prisoners import with_questions
from data.query.select import Selection
from data.query.views import LIST
from data.record.dates import span_of
from data.record.load import Library
from data.record.wording import figure_in_words, value_in_words
from tests.grown import grown

pytestmark = pytest.mark.slow

CHOSEN = {"disagreement": "DIS-03", "origin": "joint operations", "pace": 40}
DATED = ("unaccounted-for", "by-origin", "by-year", "so-far", "money", "explore")
BARS = (
    *("believed-to-lie", "by-state", "accounted-by-state", "by-status", "since-1982", "returned-1950s"),
    *("pace-month", "prisoners", "disagreement-panel"),
)
CHARTS = (*DATED, *BARS, "by-area", "timeline-panel")
TABLES = ("claims", "look-ahead", "all-operations", "burial-estimates", "all-disagreements")
KEYS = [view.key for view in LIST]
HOSTILE = "".join(map(chr, range(32))) + "\ud800\ufffe <a:t>&amp; ]]> =HYPERLINK(1) 中文 " + "word " * 2000
LIBERATION = Path("/usr/share/fonts/truetype/liberation")


def slide_of(library: Library, key: str, **choices: Any) -> SlideContent:
    view = next(view for view in LIST if view.key == key)
    panel = panel_of(key, library, Selection(view.page, {**CHOSEN, **choices}))
    return SlideContent(panel, "", "Say this aloud.", f"http://localhost:8501/{view.page}?present=1")


def opened(*slides: SlideContent) -> Any:
    return Presentation(io.BytesIO(deck_of(slides, "The accounting")))


@pytest.fixture(scope="module")
def slides(library: Library) -> dict[str, SlideContent]:
    return {key: slide_of(library, key) for key in KEYS}


@pytest.fixture(scope="module")
def file(slides: dict[str, SlideContent]) -> bytes:
    return deck_of(list(slides.values()), "The accounting")


@pytest.fixture(scope="module")
def deck(file: bytes) -> dict[str, Any]:
    return dict(zip(KEYS, Presentation(io.BytesIO(file)).slides, strict=True))


def every_shape(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from every_shape(shape.shapes)


def texts_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in every_shape(slide.shapes) if shape.has_text_frame)


def chart_of(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.has_chart).chart


def sheet_of(chart: Any) -> list[tuple[Any, ...]]:
    blob = chart.part.chart_workbook.xlsx_part.blob
    return list(load_workbook(io.BytesIO(blob), data_only=True)["Sheet1"].iter_rows(values_only=True))


def numbers_of(chart: Any) -> list[float]:
    return [float(cell) for row in sheet_of(chart) for cell in row if isinstance(cell, int | float)]


def labels_of(chart: Any) -> list[str]:
    found = chart._chartSpace.iter(qn("c:dLbl"))
    return ["\n".join("".join(t.text or "" for t in p.iter(qn("a:t"))) for p in one.iter(qn("a:p"))) for one in found]


def notes_of(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def test_every_panel_becomes_one_slide_with_its_title_in_a_real_title(
    deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    for key, slide in deck.items():
        assert slide.shapes.title.is_placeholder
        assert slide.shapes.title.text_frame.text.rstrip(" …") in slides[key].panel.title


def test_the_deck_is_wide_and_carries_title_author_and_the_day_of_the_data(file: bytes, library: Library) -> None:
    deck = Presentation(io.BytesIO(file))
    assert (round(deck.slide_width.inches, 3), deck.slide_height.inches) == (13.333, 7.5)
    about = deck.core_properties
    assert (about.title, about.author) == ("The accounting", library.dictionary["title"])
    assert about.created.isoformat()[:10] == str(library.dictionary["created"])[:10]


@pytest.mark.parametrize("key", CHARTS)
def test_a_drawing_of_rows_is_a_native_chart_and_its_sheet_says_who_and_how_it_was_printed(
    key: str, deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    chart = chart_of(deck[key])
    kinds = {
        **dict.fromkeys(BARS, XL_CHART_TYPE.BAR_CLUSTERED),
        "by-area": XL_CHART_TYPE.COLUMN_STACKED,
    }
    assert chart.chart_type == kinds.get(key, XL_CHART_TYPE.XY_SCATTER)
    cells = {cell for row in sheet_of(chart) for cell in row}
    if key in DATED:
        rows = slides[key].panel.frame.to_dict("records")
        assert {figure_in_words(row) for row in rows if row["date"]} <= cells
        assert {row["attributed_to"] for row in rows if row["date"]} <= cells


@pytest.mark.parametrize("key", (*DATED, *BARS))
def test_the_sheet_in_a_chart_holds_the_numbers_of_the_rows(
    key: str, deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    rows = slides[key].panel.frame
    wanted = {float(n) for name in ("value", "low", "high") for n in rows[name].dropna()}
    missing = wanted - set(numbers_of(chart_of(deck[key])))
    left = notes_of(deck[key])
    assert all(f"{number:,.0f}" in left for number in missing)
    assert not missing


@pytest.mark.parametrize("key", BARS)
def test_each_bar_says_its_number_with_its_hedge(
    key: str, deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    rows = slides[key].panel.frame
    said, left = labels_of(chart_of(deck[key])), notes_of(deck[key])
    for row in rows.to_dict("records"):
        assert value_label(row) in said or value_label(row) in left


def test_every_number_on_prisoners_stands_on_its_slide_with_its_hedge_and_so_do_the_claims(
    deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    panel = slides["prisoner-totals"].panel
    (table,) = (shape.table for shape in deck["prisoner-totals"].shapes if shape.has_table)
    cells = {row.cells[0].text: row.cells[1].text for row in table.rows}
    asked = with_questions(pd.concat([panel.frame, panel.beside["figures"]]))
    assert set(asked["question"]) < set(cells) and len(asked) > 40
    for row in asked.to_dict("records"):
        assert value_in_words(row) in cells[row["question"]]


def test_exact_bars_are_filled_hedged_ones_hollow_and_open_ones_broken(deck: dict[str, Any], library: Library) -> None:
    chart = chart_of(opened(slide_of(library, "returned-1950s")).slides[0])
    exact, hedged = chart.plots[0].series
    assert exact.points[1].format.fill.fore_color.rgb == slide_text.rgb_and_opacity(theme.NAVY)[0]
    assert hedged.points[0].format.fill.type is not None and hedged.points[0].format.fill.type.name == "BACKGROUND"
    assert hedged.points[0].format.line.dash_style is not None
    assert "▸" in labels_of(chart)[-1]


def test_a_range_reaches_from_its_lower_to_its_upper_end(deck: dict[str, Any], slides: dict[str, SlideContent]) -> None:
    plot = chart_of(deck["since-1982"]).plots[0]
    ends = {series.name: [n for n in series.values if n is not None] for series in plot.series}
    ranges = slides["since-1982"].panel.frame.query("qualifier == 'range'")
    assert ends["range, upper end"] == list(ranges["high"]) and ends["range, lower end"] == list(ranges["low"])
    assert plot.overlap == 100


def joining_series(chart: Any) -> list[Any]:
    """The series of a chart that have a line."""
    every = chart.plots[0].series
    return [one for one in every if one._element.find(qn("c:spPr")).find(f"{qn('a:ln')}/{qn('a:noFill')}") is None]


@pytest.mark.parametrize("key", (*DATED, "timeline-panel"))
def test_a_line_joins_the_pairs_that_it_joins_on_the_page_and_no_others(
    key: str, deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    chart, panel = chart_of(deck[key]), slides[key].panel
    pairs = joined_pairs(panel.frame, panel.library["sources"]) if key == "unaccounted-for" else []
    rows = panel.frame.set_index("figure_id") if pairs else panel.frame
    ends = [[(span_of(rows.at[row_id, "date"]), rows.at[row_id, "value"]) for row_id in pair] for pair in pairs]
    series = joining_series(chart)
    wanted = [[(one.last, number), (other.first, last)] for (one, number), (other, last) in ends]
    assert [[(DAY_ZERO + timedelta(days=x), y) for x, y in points_of(one)] for one in series] == wanted
    assert [tuple(ids_of(chart, one)) for one in series] == pairs
    assert not chart._chartSpace.xpath(".//c:trendline")
    in_legend = chart._chartSpace.xpath(".//c:legendEntry[c:delete/@val='1']/c:idx/@val")
    assert in_legend == [one._element.find(qn("c:idx")).get("val") for one in series]


def points_of(series: Any) -> list[tuple[float, float]]:
    across, up = (series._element.xpath(f"./c:{axis}//c:v/text()") for axis in ("xVal", "yVal"))
    return [(float(x), float(y)) for x, y in zip(across, up, strict=True)]


def ids_of(chart: Any, series: Any) -> list[Any]:
    """The ids that the data sheet holds beside the points of a series."""
    first, last = (int(n) for n in re.findall(r"\d+$|\d+(?=:)", series._element.xpath("./c:yVal//c:f/text()")[0]))
    return [[cell for cell in line if cell][-1] for line in sheet_of(chart)[first - 1 : last]]


def test_axes_are_named_by_numbers_that_the_standard_and_libreoffice_read(deck: dict[str, Any]) -> None:
    for key in CHARTS:
        space = chart_of(deck[key])._chartSpace
        names, crossed = (space.xpath(f".//c:plotArea/*/c:{name}/@val") for name in ("axId", "crossAx"))
        assert len(set(names)) == 2 and set(crossed) == set(names)
        assert all(0 <= int(name) < 2**31 for name in names)


@pytest.mark.parametrize("key", DATED)
def test_a_date_that_is_not_known_to_the_day_is_as_wide_as_it_can_be(key: str, deck: dict[str, Any]) -> None:
    for top in [row for row in sheet_of(chart_of(deck[key])) if row[0] and not isinstance(row[2], str)]:
        middle, first, last, before = (top[place] for place in (0, 2, 3, 4))
        assert (last - first).days == pytest.approx(2 * float(before), abs=1) and first <= middle <= last


def test_hedged_marks_are_hollow_and_more_than_points_upwards(
    deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    chart = chart_of(deck["unaccounted-for"])
    triangles = chart._chartSpace.xpath(".//c:dPt/c:marker/c:symbol[@val='triangle']")
    clear = chart._chartSpace.xpath(".//c:dPt/c:marker/c:spPr/a:solidFill/a:srgbClr/a:alpha[@val='0']")
    panel = slides["unaccounted-for"].panel
    rows = panel.frame
    assert len(triangles) == int(rows["qualifier"].isin(["more than", "at least"]).sum())
    official = official_ids(rows, panel.library["sources"])
    is_second_hand = (rows["mark"] == "counts") & ~rows["figure_id"].isin(official)
    assert len(clear) == int(((rows["qualifier"] != "exact") | is_second_hand).sum())


def test_a_range_on_a_time_axis_is_two_marks_with_a_bar_between(library: Library) -> None:
    one = slide_of(library, "by-origin", origin="208 boxes")
    chart = chart_of(opened(one).slides[0])
    for row in one.panel.frame.query("qualifier == 'range'").to_dict("records"):
        held = [float(n) for line in sheet_of(chart) if row["figure_id"] in line for n in line[1:2]]
        assert held == [row["high"], row["low"]]
    assert chart._chartSpace.xpath(".//c:errBars[c:errDir/@val='y']")


def test_the_brief_the_first_and_the_last_count_are_named_with_their_day(
    deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    rows = slides["unaccounted-for"].panel.frame
    counts = rows[rows["mark"] == "counts"].sort_values("date")
    named = pd.concat([rows[rows["source_id"] == "brief-2012"], counts.head(1), counts.tail(1)])
    said = "\n".join(labels_of(chart_of(deck["unaccounted-for"]))) + texts_of(deck["unaccounted-for"])
    assert all(f"{int(value):,}" in said for value in named["value"])


def test_a_year_without_a_row_has_no_column_and_no_zero(deck: dict[str, Any], slides: dict[str, SlideContent]) -> None:
    sums = sum_of_operations(slides["by-area"].panel.frame)
    plot = chart_of(deck["by-area"]).plots[0]
    years = [int(year) for year in plot.categories]
    assert years == list(range(int(sums["year"].min()), int(sums["year"].max()) + 1))
    drawn = [n for series in plot.series for n in series.values if n is not None]
    assert 0 not in drawn and sum(drawn) == sums["total"].sum() and len(drawn) == len(sums)


def test_events_stand_in_lanes_with_their_spans_and_none_is_lost(
    deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    chart, events = chart_of(deck["timeline-panel"]), slides["timeline-panel"].panel.frame
    cells = {cell for row in sheet_of(chart) for cell in row}
    dated = events[events["start"] != ""]
    assert set(dated["event_id"]) <= cells and chart._chartSpace.xpath(".//c:errBars")
    titled = [label for label in labels_of(chart) if label not in set(events["lane"])]
    notes = notes_of(deck["timeline-panel"])
    untold = [title for title in events["title"] if title not in notes]
    assert len(untold) <= len(titled)
    assert f"{len(titled)} of {len(events)} events" in texts_of(deck["timeline-panel"])


def test_a_few_events_all_carry_their_title(library: Library) -> None:
    one = slide_of(library, "timeline-panel", lane=("war", "prisoners"))
    said = labels_of(chart_of(opened(one).slides[0]))
    dated = one.panel.frame[one.panel.frame["start"] != ""]
    assert len(dated) and all(any(title[:30] in label for label in said) for title in dated["title"])


@pytest.mark.parametrize(
    "key", ["unaccounted-for", "by-origin", "by-year", "so-far", "money", "explore", "timeline-panel"]
)
def test_of_a_large_table_a_slide_draws_the_marks_that_the_page_draws_and_says_so(library: Library, key: str) -> None:
    content = slide_of(grown(library, 60), key)
    slide = opened(content).slides[0]
    sheets = [sheet_of(shape.chart) for shape in slide.shapes if shape.has_chart]
    drawn = {cell for sheet in sheets for line in sheet for cell in line} & set(content.panel.frame.iloc[:, 0])
    meta = content.panel.drawn.figure.layout.meta
    assert 0 < len(drawn) <= meta["drawn"] < len(content.panel.frame) == meta["of"]
    assert f"The chart shows the {meta['drawn']} newest of {meta['of']:,} rows." in notes_of(slide)


@pytest.mark.parametrize("view", ["East Asia", "peninsula", "whole"])
def test_the_map_is_a_group_of_shapes_with_every_figure_of_a_country(library: Library, view: str) -> None:
    one = slide_of(library, "map", view=view, layer="Camps and handovers")
    slide = opened(one).slides[0]
    group = next(shape for shape in slide.shapes if shape.name == "Map")
    assert 20 < len(list(every_shape(slide.shapes))) < 400
    assert not [shape for shape in every_shape(slide.shapes) if shape.shape_type.name == "PICTURE"]
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == slide_text.clean_text(one.panel.alt)
    assert one.panel.drawn.flat is not None
    said = texts_of(slide)
    for note in one.panel.drawn.flat().layout.annotations:
        if note.name == "country":
            assert all(line in said for line in re.sub("</?b>", "", note.text).split("<br>")[1:])


def test_words_on_the_map_do_not_touch_each_other(deck: dict[str, Any]) -> None:
    group = next(shape for shape in deck["map"].shapes if shape.name == "Map")
    boxes = [shape for shape in group.shapes if shape.name.startswith("Name:")]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart_x = one.left >= other.left + other.width or other.left >= one.left + one.width
            assert apart_x or one.top >= other.top + other.height or other.top >= one.top + one.height


@pytest.mark.parametrize("key", TABLES)
def test_what_has_no_drawing_is_a_table_that_says_how_much_of_it_is_shown(
    key: str, deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    table = next(shape for shape in deck[key].shapes if shape.has_table).table
    shown, whole = len(table.rows) - 1, len(slides[key].panel.frame)
    first = f"First {shown} of {whole} rows; "
    rest = ("the file has all.", f"{whole - shown} more in the notes.")
    assert shown == whole or any(first + text in texts_of(deck[key]) for text in rest)


def test_headlines_are_tiles_with_hedge_number_unit_day_speaker_and_source(
    deck: dict[str, Any], slides: dict[str, SlideContent], library: Library
) -> None:
    said = texts_of(deck["headlines"])
    for row in slides["headlines"].panel.frame.to_dict("records"):
        assert f"{int(row['value']):,}" in said and row["attributed_to"].split(",")[0] in said
        if row["qualifier"] != "exact":
            assert row["qualifier"].replace("_", " ") in said


@pytest.mark.parametrize("table", ["sources", "glossary", "coverage", "refused", "places", "series", "cautions"])
def test_a_whole_table_becomes_a_slide_too(library: Library, table: str) -> None:
    panel = panel_of_table(table, library, Selection("sources-and-data"))
    slide = opened(SlideContent(panel, "", "", "")).slides[0]
    assert any(shape.has_table for shape in slide.shapes) and "Source" in texts_of(slide)


def sizes_in(element: Any) -> Iterator[int]:
    for name in ("a:rPr", "a:defRPr", "a:endParaRPr"):
        yield from (int(part.get("sz")) for part in element.iter(qn(name)) if part.get("sz"))


def test_no_text_is_smaller_than_sixteen_points(file: bytes) -> None:
    assert slide_text.SMALLEST_SIZE == 16
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        pages = [name for name in parts.namelist() if name.endswith(".xml") and name.startswith("ppt/")]
        for name in pages:
            if "theme" not in name and "presentation" not in name:
                sizes = [int(size) for size in re.findall(rb' sz="(\d+)"', parts.read(name))]
                assert not sizes or min(sizes) >= Pt(slide_text.SMALLEST_SIZE).centipoints, name
    for slide in Presentation(io.BytesIO(file)).slides:
        for shape in every_shape(slide.shapes):
            if shape.has_text_frame and not shape.is_placeholder:
                runs = [run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
                assert all(run.font.size >= Pt(slide_text.SMALLEST_SIZE) for run in runs)
            if getattr(shape, "has_chart", False):
                assert min(sizes_in(shape.chart._chartSpace)) >= Pt(slide_text.SMALLEST_SIZE).centipoints


@pytest.mark.parametrize("key", KEYS)
def test_every_slide_says_source_day_and_filters(
    key: str, deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    said, panel = texts_of(deck[key]), slides[key].panel
    sources = f"Sources: {len(panel.documents)} documents, in the notes."
    assert "Source" in said and as_of_line(panel) in said
    assert slide_text.clean_text(panel.source)[:40] in said or (sources in said and panel.source in notes_of(deck[key]))
    assert f"Filters: {panel.filters or 'none'}." in said


def test_filters_and_day_are_said_where_they_are_in_force(library: Library) -> None:
    early, _ = as_published(pd.Timestamp("2012-07-03").date(), False)
    one = slide_of(early, "unaccounted-for", mark=("counts",), years=(1990, 2012), asof="2012-07-03")
    said = texts_of(opened(one).slides[0])
    assert "1990 to 2012" in said and "as published by 3 July 2012" in said and "counts" in said


@pytest.mark.parametrize("key", KEYS)
def test_nothing_stands_outside_the_slide(key: str, deck: dict[str, Any], file: bytes) -> None:
    whole = Presentation(io.BytesIO(file))
    for shape in every_shape(deck[key].shapes):
        assert shape.left >= 0 and shape.top >= 0, shape.name
        assert shape.left + shape.width <= whole.slide_width and shape.top + shape.height <= whole.slide_height


@pytest.mark.parametrize("key", KEYS)
def test_parts_of_a_slide_do_not_lie_on_each_other(key: str, deck: dict[str, Any]) -> None:
    wanted = ("Summary", "Chart", "Table", "Map", "How to read it", "Source, days, filters")
    parts = sorted((shape for shape in deck[key].shapes if shape.name in wanted), key=lambda one: one.top)
    for above, below in pairwise(parts):
        assert above.top + above.height <= below.top + Pt(2)


@pytest.mark.parametrize("key", KEYS)
def test_no_text_runs_outside_its_box(key: str, deck: dict[str, Any]) -> None:
    for shape in every_shape(deck[key].shapes):
        if not shape.has_text_frame or not shape.text_frame.text or shape.name == "Slide number":
            continue
        high = sum(height_as_printed(paragraph, shape) for paragraph in shape.text_frame.paragraphs)
        assert high <= shape.height.inches + 0.03, (shape.name, shape.text_frame.text)


def height_as_printed(paragraph: Any, shape: Any) -> float:
    """Lines of a paragraph in the real typeface, as high as a line is, with the air above it."""
    run = paragraph.runs[0]
    wide = shape.width.inches * slide_text.POINTS_PER_INCH if shape.text_frame.word_wrap else 10**6
    lines, at = 1, 0.0
    for word in "".join(run.text for run in paragraph.runs).split():
        long = measure(word + " ", run.font.size.pt, bool(run.font.bold))
        lines, at = (lines, at + long) if at + long <= wide + 4 or not at else (lines + 1, long)
    before = paragraph.space_before.inches if paragraph.space_before else 0
    return lines * run.font.size.inches * 1.15 + float(before)


@cache
def font_of(bold: bool) -> Any:
    assert LIBERATION.exists(), "the typeface that has the measure of Arial is not installed (fonts-liberation)"
    return ImageFont.truetype(str(LIBERATION / f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf"), 1000)


def measure(text: str, size: float, bold: bool) -> float:
    return float(font_of(bold).getlength(text)) * size / 1000


@pytest.mark.parametrize("bold", [False, True])
def test_text_is_never_wider_than_it_is_reckoned_to_be(slides: dict[str, SlideContent], bold: bool) -> None:
    for one in slides.values():
        for text in (one.panel.title, one.panel.drawn.summary, one.panel.drawn.note, one.panel.source):
            said = slide_text.clean_text(text)
            real = measure(said, 14, bold) / slide_text.POINTS_PER_INCH
            assert slide_text.text_width(said, 14, bold) >= 0.995 * real


@pytest.mark.parametrize("key", KEYS)
def test_drawings_have_words_for_those_who_do_not_see_them(
    key: str, deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    drawn = [shape for shape in deck[key].shapes if shape.has_chart or shape.has_table or shape.name == "Map"]
    told = [shape._element._nvXxPr.cNvPr.get("descr") for shape in drawn]
    assert told == [slide_text.clean_text(slides[key].panel.alt)] * (key != "headlines")


@pytest.mark.parametrize("key", KEYS)
def test_the_notes_hold_note_sentence_citations_cautions_and_address(
    key: str, deck: dict[str, Any], slides: dict[str, SlideContent]
) -> None:
    one, said = slides[key], notes_of(deck[key])
    sources = sources_of(one.panel.library, one.panel.frame).to_dict("records")
    cited = cite.styled([cite.reference_of_source(row) for row in sources], "APA")
    wanted = [one.note, one.panel.drawn.summary, one.panel.drawn.note, one.address, *cited]
    assert all(slide_text.clean_text(text) in said for text in wanted)
    assert "How to cite this view:" in said


def test_cautions_on_the_rows_are_in_the_notes(deck: dict[str, Any], library: Library) -> None:
    cautions = library["cautions"]
    touched = cautions[cautions["row_ids"].str.contains("BRF-001")]
    assert len(touched) and all(
        slide_text.clean_text(text) in notes_of(deck["unaccounted-for"]) for text in touched["text"]
    )


def test_what_is_computed_says_so(deck: dict[str, Any]) -> None:
    names = list(chart_of(deck["believed-to-lie"]).plots[0].categories)
    assert "(computed)" in names[-1] and "computed" in texts_of(deck["by-area"]).lower()


def test_the_presenters_title_is_the_title(library: Library) -> None:
    one = slide_of(library, "claims")._replace(title="What they said")
    slide = opened(one).slides[0]
    assert slide.shapes.title.text_frame.text == "What they said" and one.panel.title in notes_of(slide)


def test_the_same_slides_are_the_same_bytes(slides: dict[str, SlideContent], file: bytes) -> None:
    assert deck_of(list(slides.values()), "The accounting") == file


@pytest.mark.parametrize("key", KEYS)
def test_a_panel_without_rows_is_a_slide_with_a_sentence(slides: dict[str, SlideContent], key: str) -> None:
    panel = slides[key].panel
    empty = replace(panel, frame=panel.frame.iloc[:0], drawn=Drawn(""))
    slide = opened(slides[key]._replace(panel=empty)).slides[0]
    assert "No rows match these choices" in texts_of(slide) and "Filters:" in texts_of(slide)


def test_no_slides_are_an_empty_deck() -> None:
    assert not len(opened().slides)


@pytest.mark.parametrize("key", ["claims", "unaccounted-for", "all-operations", "map", "timeline-panel", "headlines"])
def test_hostile_text_does_not_break_the_file(library: Library, key: str) -> None:
    one = slide_of(library, key)
    held = HOSTILE.replace("\ud800", "")  # which no frame can hold
    columns = ("label", "attributed_to", "title", "place_as_named")
    texts = {name: held for name in columns if name in one.panel.frame}
    panel: Panel = replace(
        one.panel, frame=one.panel.frame.assign(**texts), drawn=replace(one.panel.drawn, summary=HOSTILE, note=HOSTILE)
    )
    slide = opened(SlideContent(panel, HOSTILE[:10_000], HOSTILE, HOSTILE)).slides[0]
    assert len(slide.shapes.title.text_frame.text) < 200
    assert "word word" in notes_of(slide) and "=HYPERLINK(1)" in notes_of(slide)
    for shape in every_shape(slide.shapes):
        assert shape.top + shape.height <= Presentation().slide_height * 2


def test_a_deck_asks_no_other_program_for_anything(file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        relations = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
    assert b'TargetMode="External"' not in relations


@pytest.mark.parametrize("key", KEYS)
def test_colours_are_those_of_the_theme(key: str, deck: dict[str, Any]) -> None:
    known = {
        value[1:].upper() for value in vars(theme).values() if isinstance(value, str) and re.fullmatch("#.{6}", value)
    }
    pale = {str(slide_text.rgb_and_opacity(slide_text.blended_with_paper(colour))[0]) for colour in theme.PALETTE}
    for part in [deck[key]._element, *(shape.chart._chartSpace for shape in deck[key].shapes if shape.has_chart)]:
        used = {code.get("val").upper() for code in part.iter(qn("a:srgbClr"))}
        assert used <= known | pale
