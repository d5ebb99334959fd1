"""What came back of each origin, what is thought to be inside, and how much is identified? A table whose numbers have bars; HTML."""

from collections.abc import Mapping
from html import escape

import pandas as pd

from components.charts.labels import largest_of
from components.panels.tiles import first_who
from components.static.inline import link_to_card, link_to_page
from data.query.origins import ESTIMATED, IDENTIFIED, RETURNED, STAGES, leading_figures, stage_in_table
from data.query.select import Selection
from data.record.load import Library, cached_with_library
from data.record.wording import OPEN_UP, Row, as_of_in_words, figure_in_words, joined_with_and, value_in_words

HEADS = {RETURNED: "Returned or disinterred", ESTIMATED: "Estimated to be inside", IDENTIFIED: "Identified"}
# A bar that is so many times as long as the longest of the other origins is cut, so that theirs can be seen.
MUCH_LONGER = 3
WITHOUT_ARTICLE = ("joint operations", "Operation Glory", "South Korea", "China", "Japan")
# Origins that the sentence of the page names, those with the most people identified first.
MOST_NAMED = 4


def table(frame: pd.DataFrame, selection: Selection, chosen: str) -> str:
    """The leading figures, one row an origin and one column a stage; the name of an origin chooses it."""
    origins: dict[str, dict[str, Row]] = {}
    for row in frame.to_dict("records"):
        origins.setdefault(row["origin"], {})[stage_in_table(row["stage"])] = row
    end = end_of_bars(frame)
    head = "".join(f'<th scope="col">{escape(HEADS[stage])}</th>' for stage in STAGES)
    lines = "".join(_line(name, cells, end, selection, name == chosen) for name, cells in origins.items())
    return (
        '<div class="origins" role="figure" aria-label="Returned, estimated and identified, by origin">'
        f'<table><thead><tr><th scope="col">From</th>{head}</tr></thead><tbody>{lines}</tbody></table></div>'
    )


def end_of_bars(frame: pd.DataFrame) -> float:
    """The number at which the longest bar ends: the largest, or that of the other origins where one is far above them.

    Zero where no number is above it: then no bar is drawn.
    """
    by_origin = frame.assign(most=[largest_of(row) for row in frame.to_dict("records")]).groupby("origin")["most"].max()
    ordered = by_origin.sort_values(ascending=False)
    is_apart = len(ordered) > 1 and ordered.iloc[0] > MUCH_LONGER * ordered.iloc[1] > 0
    return float(ordered.iloc[1 if is_apart else 0])


def note_on_bars(frame: pd.DataFrame) -> str:
    """The scale of the bars, and which of them is cut; empty where none is drawn."""
    end = end_of_bars(frame)
    if not end:
        return ""
    cut = dict.fromkeys(row["origin"] for row in frame.to_dict("records") if largest_of(row) > end)
    names = f" The bar of {joined_with_and(list(cut))} is cut." if cut else ""
    return f"All bars are on one scale, from 0 to {end:,.0f}.{names} Light bars: printed with a hedge, or an estimate."


def answer(frame: pd.DataFrame) -> str:
    """How many people are identified, from the origins with the most, each by its newest count."""
    rows = frame[frame["stage"] == IDENTIFIED].to_dict("records")
    identified = sorted(rows, key=largest_of, reverse=True)
    if not identified:
        return "No count of people identified had been published by that day, or by these sources."
    parts = [
        f"{figure_in_words(row) if not number else value_in_words(row)} from {_named(row['origin'])} ({_until(row)})"
        for number, row in enumerate(identified[:MOST_NAMED])
    ]
    return f"Identified, by the newest count of each: {joined_with_and(parts)}."


@cached_with_library
def answer_of_page(library: Library) -> str:
    """The same of the leading figures of the record."""
    return answer(leading_figures(library))


def _named(origin: str) -> str:
    return origin if origin in WITHOUT_ARTICLE else f"the {origin}"


def _until(row: Row) -> str:
    return as_of_in_words(row).split(" to ")[-1].removeprefix("as of ")


def _line(name: str, cells: Mapping[str, Row], end: float, selection: Selection, is_chosen: bool) -> str:
    shown = "".join(_cell(stage, cells.get(stage), end, selection) for stage in STAGES)
    link = link_to_page(selection.page, selection, origin=name)
    mark = ' aria-current="true"' if is_chosen else ""
    title = f"{name[:1].upper()}{name[1:]}"
    head = f'<th scope="row"><a href="{escape(link)}" data-choice="origin"{mark}>{escape(title)}</a></th>'
    return f"<tr{' class=chosen' * is_chosen}>{head}{shown}</tr>"


def _cell(stage: str, row: Row | None, end: float, selection: Selection) -> str:
    head = f' data-head="{escape(HEADS[stage])}"'
    if row is None:
        return f'<td class="empty"{head}></td>'
    number = f'<a href="{escape(link_to_card(row["figure_id"], selection))}">{escape(figure_in_words(row))}</a>'
    source = f'<span class="key" title="{escape(row["attributed_to"])}">{escape(_source(row))}</span>'
    return f"<td{head}>{number}{_bar(stage, row, end)}{source}</td>"


def _source(row: Row) -> str:
    return f"{as_of_in_words(row)}, {first_who(row['attributed_to'].split(';')[0])}"


def _bar(stage: str, row: Row, end: float) -> str:
    """A bar from zero; light where the number is hedged or an estimate, with a gap where it is cut, open where it is "more than".

    None where no number is above zero.
    """
    if not end:
        return ""
    is_light = row["qualifier"] != "exact" or stage == ESTIMATED
    looks = [stage, "light" * is_light, "cut" * (largest_of(row) > end), "open" * (row["qualifier"] in OPEN_UP)]
    width = 100 * min(largest_of(row) / end, 1.0)
    return f'<span class="bar {" ".join(look for look in looks if look)}"><i style="width:{width:.1f}%"></i></span>'
