"""How do figures and sums stand on a slide as bars? Rows and years in, native bar and column charts out, hedges kept."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.util import Pt

from components.charts.labels import OPEN_DOWN, OPEN_UP, largest_of
from components.exports.slides.chart import (
    THOUSANDS,
    Column,
    Told,
    add_chart,
    add_legend,
    columns_about,
    label,
    lay_out,
    number_axis,
    step_of,
    workbook_of,
)
from components.exports.slides.master import made_on
from components.exports.slides.text import (
    SENTENCE,
    SMALLEST,
    Box,
    Words,
    clean,
    line_height,
    lines_of,
    outline,
    paint,
    shortened,
    style,
    width_of,
)
from components.panels.panel import Panel
from components.theme import INK, KIND_COLORS, MUTED, NAVY, PAPER, STACK_COLORS, tint
from data.record.wording import Row, unit_in_words, value_in_words

# Share of the width that the names of the rows take, and how much of a row is bar.
NAMES, THICKEST, FAINT, THIN = (0.36, 0.44, 0.52), 0.42, 0.5, 0.02
# No name of a bar that fits has more words.
MOST_WORDS = 40
OPEN = {**dict.fromkeys(OPEN_UP, " ▸"), **dict.fromkeys(OPEN_DOWN, "◂ ")}
EXACT, HEDGED, HIGH, LOW = "exact", "printed with a hedge", "range, upper end", "range, lower end"


class Bar(NamedTuple):
    """One series of bars: its name, and the number of each row that belongs to it."""

    name: str
    numbers: list[float | None]


class Fit(NamedTuple):
    """The share of the width that names take, the rows that then fit, and their names as they fit."""

    share: float
    rows: list[Row]
    names: list[str]

    @property
    def in_full(self) -> int:
        """How many names are not cut."""
        return sum(name == name_of(row) for row, name in zip(self.rows, self.names, strict=True))


def name_of(row: Row) -> str:
    """What a bar is called: label, unit, and that it is computed where its label does not say so."""
    computed = " (computed)" if row["kind"] == "computed" and "computed" not in row["label"] else ""
    return clean(f"{row['label']}{computed} ({unit_in_words(row)})")


def words_of(row: Row) -> str:
    """The number in words, with a mark on the side on which it is open."""
    said = value_in_words(row)
    mark = OPEN.get(row["qualifier"], "")
    return mark + said if row["qualifier"] in OPEN_DOWN else said + mark


def draw_rows(slide: Any, panel: Panel, frame: pd.DataFrame, box: Box) -> Told:
    """Figures as horizontal bars from zero, each with its number in words at its end."""
    every = frame.to_dict("records")
    share, rows, names = rows_that_fit(every, box)
    bars = _bars_of(rows)
    data = CategoryChartData(number_format=THOUSANDS)
    data.categories = names
    for bar in bars:
        data.add_series(bar.name, bar.numbers)
    about = [Column("row", names), *(Column(bar.name, bar.numbers) for bar in bars)]
    about.append(Column("row in full", [name_of(row) for row in rows]))
    book = workbook_of([(0, [*about, *columns_about(rows)])], made_on(panel.library))
    chart = add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, box, data, book, panel.alt)
    _set_axes(chart, rows, box, share)
    for series, bar in zip(chart.plots[0].series, bars, strict=True):
        _dress(series, bar.name, rows)
    kept = {row["figure_id"] for row in rows}
    left = [f"{name_of(row)}: {words_of(row)}" for row in every if row["figure_id"] not in kept]
    return Told(_reading(rows, len(every)), left)


def rows_that_fit(rows: Sequence[Row], box: Box) -> Fit:
    """As many rows as the height holds, in the order given: of more than fit, some of each series in turn. Names take more
    of the width, and then one line instead of two, where more rows fit so."""
    fits = [_fit(rows, box, share, lines) for lines in (2, 1) for share in NAMES]
    return max(fits, key=lambda fit: (len(fit.rows), fit.in_full, -fit.share))


def _fit(rows: Sequence[Row], box: Box, share: float, lines: int) -> Fit:
    wide, order, most = share * box.width - 0.2, _in_turn(rows), 1
    names = {at: short_name(rows[at], wide, lines) for at in order}
    taken = [lines_of(names[at], SMALLEST, wide) for at in order]
    for count in range(1, len(rows) + 1):
        high = max(max(taken[:count]) * line_height(SMALLEST), 0.25) + 0.06
        if count * high > box.height:
            break
        most = count
    kept = sorted(order[:most])
    return Fit(share, [rows[at] for at in kept], [names[at] for at in kept])


def short_name(row: Row, wide: float, lines: int) -> str:
    """What a bar is called, in so many lines: a long label is cut, its unit never is."""
    name, unit = name_of(row), f" … ({unit_in_words(row)})"
    if lines_of(name, SMALLEST, wide) <= lines:
        return name
    words = clean(row["label"]).split()[:MOST_WORDS]
    count = next(
        (n for n in range(len(words), 0, -1) if lines_of(" ".join(words[:n]) + unit, SMALLEST, wide) <= lines), 0
    )
    return " ".join(words[:count]) + unit if count else shortened(name, SMALLEST, wide, lines)


def _in_turn(rows: Sequence[Row]) -> list[int]:
    """Places of the rows: the first of each series, then the second of each, and so on."""
    seen: dict[str, int] = {}
    order = []
    for at, row in enumerate(rows):
        seen[row["series_id"]] = seen.get(row["series_id"], 0) + 1
        order.append((seen[row["series_id"]], at))
    return [at for _, at in sorted(order)]


def _bars_of(rows: Sequence[Row]) -> list[Bar]:
    """Exact numbers, hedged ones and the two ends of ranges; the upper end lies under the lower one."""

    def take(kinds: Sequence[bool], column: str) -> list[float | None]:
        return [float(row[column]) if kind else None for row, kind in zip(rows, kinds, strict=True)]

    ranges = [row["qualifier"] == "range" for row in rows]
    exact = [row["qualifier"] == "exact" for row in rows]
    hedged = [not one and not two for one, two in zip(ranges, exact, strict=True)]
    bars = [Bar(EXACT, take(exact, "value")), Bar(HEDGED, take(hedged, "value"))]
    bars += [Bar(HIGH, take(ranges, "high")), Bar(LOW, take(ranges, "low"))]
    return [bar for bar in bars if any(number is not None for number in bar.numbers)]


def _set_axes(chart: Any, rows: Sequence[Row], box: Box, names: float) -> None:
    """Names on the left, in the order of the rows, and no scale: each bar says its own number."""
    plot = chart.plots[0]
    row = box.height * 0.98 / len(rows)
    plot.overlap, plot.gap_width = 100, round(100 * min(max(row / THICKEST - 1, 0.5), 5))
    labels, numbers = chart.category_axis, chart.value_axis
    labels.reverse_order, labels.has_major_gridlines = True, False
    labels.major_tick_mark, labels.tick_label_position = XL_TICK_MARK.NONE, XL_TICK_LABEL_POSITION.LOW
    style(labels.tick_labels.font, SMALLEST, INK)
    outline(labels.format.line, MUTED, 1)
    words = max(width_of(words_of(row), SENTENCE, True) for row in rows) + 0.25
    room = (1 - names) * box.width
    top = max(largest_of(row) for row in rows) or 1
    number_axis(numbers, 0, top * room / max(room - words, room * 0.3), top, THOUSANDS, False)
    numbers.visible = False
    lay_out(chart._chartSpace.chart.plotArea, Box(names, 0.01, 1 - names, 0.98), inner=True)


def _dress(series: Any, name: str, rows: Sequence[Row]) -> None:
    """Solid for exact numbers, hollow for hedged ones, broken where they are open; a pale bar from end to end of a range."""
    look = series.format
    if name == LOW:
        # the lower end covers the bar below it up to where the range begins, in whatever colour the slide has
        look.fill.solid()
        look.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
        look.line.width = Pt(0.5)
        look.line.fill.solid()
        look.line.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
        for at in [at for at, row in enumerate(rows) if _is_thin(row, rows)]:
            point = series.points[at].format
            point.fill.solid()
            point.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
            outline(point.line, None)
        return
    for at, number in enumerate(series.values):
        if number is not None:
            _dress_point(series.points[at], name, rows[at], _is_thin(rows[at], rows))


def _is_thin(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a range is so short beside the longest bar that a pale one could not be seen."""
    return row["qualifier"] == "range" and largest_of(row) - float(row["low"]) < max(map(largest_of, rows)) * THIN


def _dress_point(point: Any, name: str, row: Row, thin: bool) -> None:
    colour = KIND_COLORS[row["kind"]]
    paint(point.format.fill, {EXACT: colour, HIGH: colour if thin else tint(colour, FAINT)}.get(name))
    outline(point.format.line, None if name == HIGH else colour, 2.25)
    if row["qualifier"] in (*OPEN_UP, *OPEN_DOWN):
        point.format.line.dash_style = MSO_LINE.DASH
    label(point, [Words(words_of(row), SENTENCE, colour, True)], XL_LABEL_POSITION.OUTSIDE_END)


def _reading(rows: Sequence[Row], of: int) -> list[str]:
    hedges = {row["qualifier"] for row in rows}
    told = [f"{len(rows)} of {of} rows, some of each series; the notes have the others and the file has all."] * (
        len(rows) < of
    )
    told += ["Filled: printed without a hedge."] * (len(hedges) > 1 and "exact" in hedges)
    told += ["Hollow: printed with a hedge."] * bool(hedges - {"exact", "range"})
    told += ["Broken outline: open on the side of the arrow."] * bool(hedges & {*OPEN_UP, *OPEN_DOWN})
    return told + ["A range: a bar from its lower to its upper end."] * ("range" in hedges)


def draw_sums(slide: Any, panel: Panel, sums: pd.DataFrame, names: dict[str, str], box: Box) -> Told:
    """Computed sums as columns by year, one colour a place; a year without a row stays empty."""
    places = [place for place in names if place in set(sums["place_id"])]
    years = list(range(int(sums["year"].min()), int(sums["year"].max()) + 1))
    totals = {(row["place_id"], int(row["year"])): row for row in sums.to_dict("records")}
    data = CategoryChartData(number_format=THOUSANDS)
    data.categories = [str(year) for year in years]
    columns = [Column("year", [str(year) for year in years])]
    for place in places:
        numbers = [float(totals[place, year]["total"]) if (place, year) in totals else None for year in years]
        data.add_series(clean(names[place]), numbers)
        columns.append(Column(clean(names[place]), numbers))
    parts = [
        "; ".join(str(totals[place, year]["parts"]) for place in places if (place, year) in totals) for year in years
    ]
    columns.append(Column("computed: added up from", parts))
    book = workbook_of([(0, columns)], made_on(panel.library))
    chart = add_chart(slide, XL_CHART_TYPE.COLUMN_STACKED, box, data, book, panel.alt)
    _set_columns(chart, sums)
    left = [
        f"{row['year']}, {names[row['place_id']]}: {row['total']:,} (computed from {row['parts']})"
        for row in totals.values()
    ]
    return Told(["Sets of remains, computed sums; a year without a column has no row with a number."], left)


def _set_columns(chart: Any, sums: pd.DataFrame) -> None:
    highest = float(sums.groupby("year")["total"].sum().max())
    step = step_of(0, highest, 5)
    number_axis(chart.value_axis, 0, step * (int(highest / step) + 1), step, THOUSANDS, True)
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    style(chart.category_axis.tick_labels.font, SMALLEST, MUTED)
    outline(chart.category_axis.format.line, MUTED, 1)
    chart.plots[0].gap_width = 50
    add_legend(chart, XL_LEGEND_POSITION.TOP)
    for number, series in enumerate(chart.plots[0].series):
        colour = STACK_COLORS[number % len(STACK_COLORS)]
        paint(series.format.fill, colour)
        outline(series.format.line, PAPER, 0.75)
        tall = highest * 0.07
        for at, total in enumerate(series.values):
            if total is not None and total >= tall:
                label(
                    series.points[at],
                    [Words(f"{total:,.0f}", SMALLEST, PAPER if colour in (NAVY, INK) else INK, True)],
                    XL_LABEL_POSITION.CENTER,
                )
